package io.muster.cli.logs;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.api.UnreachableException;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The cluster below the server, as far as logs need it. */
final class Mesos {

    private final MesosClient client;
    private final List<URI> masters;
    private final Map<String, AgentAddress> agents = new HashMap<>();
    private final Map<String, JsonNode> states = new HashMap<>();

    private Mesos(MesosClient client, List<URI> masters) {
        this.client = client;
        this.masters = masters;
    }

    /** That of {@code --mesos}, or else that which the server tells of. */
    static Mesos of(Shell shell) throws InterruptedException {
        Optional<String> named = shell.connection().mesos();
        String text = named.isPresent()
                ? named.get()
                : shell.send(Call.get("/v2/info"))
                        .json()
                        .path("marathon_config")
                        .path("master")
                        .asString("");
        List<URI> masters = masters(text);
        if (masters.isEmpty()) {
            throw new UsageException("The server says that its Mesos masters are at '" + text
                    + "', where this client cannot ask; name one by --mesos http://HOST:5050");
        }
        return new Mesos(new MesosClient(shell.authorities()), masters);
    }

    /** Of a list, separated by commas; none of those that are found by ZooKeeper. */
    static List<URI> masters(String text) {
        List<URI> masters = new ArrayList<>();
        if (text.startsWith("zk:")) {
            return masters;
        }
        for (String one : text.split(",", -1)) {
            String master = one.strip();
            try {
                URI uri = new URI(master.contains("://") ? master : "http://" + master);
                if (uri.getHost() != null && String.valueOf(uri.getScheme()).startsWith("http")) {
                    masters.add(URI.create(uri.getScheme() + "://" + uri.getRawAuthority()));
                }
            } catch (URISyntaxException noAddress) {
                return List.of();
            }
        }
        return masters;
    }

    /**
     * A file of a container.
     *
     * @param name {@code stdout} or {@code stderr}
     * @throws UnreachableException if master or agent do not answer, or do not know of it
     */
    LogFile file(Target target, String name) throws InterruptedException {
        AgentAddress agent = agent(target);
        String who = "The agent " + target.agentName();
        JsonNode state = states.get(target.agentId());
        if (state == null) {
            URI where = URI.create(agent.base() + "/" + agent.process() + "/state");
            state = client.get(who, where)
                    .map(Answer::json)
                    .orElseThrow(() -> new UnreachableException(who + " has nothing at " + where));
            states.put(target.agentId(), state);
        }
        String sandbox = Sandboxes.of(state, target.task())
                .orElseThrow(() -> new UnreachableException(
                        who + " at " + agent.base() + " does not know " + target.task() + ", or not any more"));
        return new AgentFile(client, who, agent, sandbox + "/" + name);
    }

    private AgentAddress agent(Target target) throws InterruptedException {
        AgentAddress known = agents.get(target.agentId());
        if (known == null) {
            known = ask(target);
            agents.put(target.agentId(), known);
        }
        return known;
    }

    /** Any master answers, by the one that leads; those that do not answer are passed over while there is another. */
    private AgentAddress ask(Target target) throws InterruptedException {
        UnreachableException last = new UnreachableException("No Mesos master answers");
        for (URI master : masters) {
            try {
                JsonNode slaves = client.get("The Mesos master", URI.create(master + "/slaves"))
                        .map(Answer::json)
                        .orElseThrow(() -> new UnreachableException("There is no Mesos master at " + master));
                return AgentAddress.in(slaves, target.agentId(), String.valueOf(master.getScheme()))
                        .orElseThrow(() -> new UnreachableException("The Mesos master at " + master + " has no agent "
                                + target.agentId() + " (" + target.agentName() + ")"));
            } catch (UnreachableException failed) {
                last = failed;
            }
        }
        throw last;
    }
}
