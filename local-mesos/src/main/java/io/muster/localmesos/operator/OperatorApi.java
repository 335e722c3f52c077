package io.muster.localmesos.operator;

import io.muster.localmesos.agent.Registration;
import io.muster.localmesos.http.Request;
import io.muster.localmesos.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * {@code GET /slaves} of the master, and {@code /slave(n)/state}, {@code /files/read} and {@code /files/browse} of the
 * agents, which are all in one process and so on one port, as those of {@code mesos-local} are.
 */
public final class OperatorApi {

    private static final Set<String> SLAVES = Set.of("/slaves", "/master/slaves");
    private static final Set<String> READ = Set.of("/files/read", "/files/read.json");
    private static final Set<String> BROWSE = Set.of("/files/browse", "/files/browse.json");
    private static final Pattern STATE = Pattern.compile("/slave\\((\\d{1,6})\\)/state(?:\\.json)?");

    private final Agents agents;
    private final AgentStates states;
    private final SandboxFiles files;

    /** What is asked for the agents there are, on the caller's thread. */
    @FunctionalInterface
    public interface Agents {
        /** In the order in which they came. */
        List<Registration> all() throws InterruptedException;
    }

    public OperatorApi(Agents agents, SandboxFiles files) {
        this.agents = agents;
        this.files = files;
        this.states = new AgentStates(files);
    }

    /** Whether the path is one of these. */
    public boolean serves(String path) {
        return SLAVES.contains(path)
                || READ.contains(path)
                || BROWSE.contains(path)
                || STATE.matcher(path).matches();
    }

    /**
     * Answers a request for a path that this serves.
     *
     * @param port on which it came
     */
    public Response handle(Request request, int port) throws InterruptedException {
        if (!request.method().equals("GET")) {
            return new Response.Whole(405, Map.of("Allow", "GET"), new byte[0]);
        }
        String path = request.path();
        if (SLAVES.contains(path)) {
            return json(states.slaves(agents.all(), port));
        }
        if (READ.contains(path)) {
            return files.read(Query.of(request.query()));
        }
        if (BROWSE.contains(path)) {
            return files.browse(Query.of(request.query()));
        }
        Matcher state = STATE.matcher(path);
        List<Registration> all = agents.all();
        int number = state.matches() ? Integer.parseInt(state.group(1)) : 0;
        return number < 1 || number > all.size()
                ? Response.empty(404)
                : json(states.state(all.get(number - 1), number, port));
    }

    static Response json(JsonNode document) {
        return json(document.toString());
    }

    static Response json(String document) {
        return new Response.Whole(
                200, Map.of("Content-Type", "application/json"), document.getBytes(StandardCharsets.UTF_8));
    }
}
