package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.api.UnreachableException;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Changes how many instances a pod has. */
@Command(name = "scale", description = "Changes how many instances a pod has, and nothing else.")
public final class PodScale extends Change {

    @Parameters(index = "0", paramLabel = "POD", description = "The id of the pod, such as /shop/web.")
    String pod = "";

    @Parameters(index = "1", paramLabel = "N", description = "How many instances.")
    int instances;

    public PodScale(Shell shell) {
        super(shell);
    }

    /** A change that another client makes meanwhile is not undone by this: the server then refuses it. */
    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.get(Call.pod(pod, "")).with("view", "target"));
        if (!(answer.json() instanceof ObjectNode definition)) {
            throw new UnreachableException("The server answered with no definition of " + pod);
        }
        if (definition.path("scaling") instanceof ObjectNode scaling) {
            scaling.put("instances", instances);
        } else {
            definition.putObject("scaling").put("kind", "fixed").put("instances", instances);
        }
        if (change.ifVersion == null) {
            change.ifVersion = definition.path("version").asString("");
        }
        definition.remove("version");
        byte[] body = definition.toString().getBytes(StandardCharsets.UTF_8);
        return send(Call.of("PUT", Call.pod(pod, "")).json(body), pod, "Scaling");
    }
}
