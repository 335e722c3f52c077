package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Kills instances of a pod. */
@Command(name = "kill", description = "Kills instances of a pod. Others take their place.")
public final class PodKill extends OnePod {

    @Parameters(index = "1..*", paramLabel = "INSTANCE", description = "Ids of instances, or their last parts.")
    List<String> instances = new ArrayList<>();

    @Option(names = "--all", description = "All instances of the pod.")
    boolean all;

    @Option(names = "--wipe", description = "Also destroy their persistent volumes, and wait until they are gone.")
    boolean wipe;

    public PodKill(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        if (all == !instances.isEmpty()) {
            throw new UsageException("Name the instances to kill, or say --all");
        }
        List<String> known = Instances.ids(
                shell().send(Call.get(path("::status")).with("view", "live")).json());
        List<String> chosen = all
                ? known
                : instances.stream()
                        .map(named -> Instances.choose(named, known))
                        .toList();
        if (chosen.isEmpty()) {
            shell().note(id() + " has no instances");
            return ExitCode.OK;
        }
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        chosen.forEach(body::add);
        Answer answer = shell().send(Call.of("DELETE", path("::instances"))
                .with("wipe", wipe)
                .json(body.toString().getBytes(StandardCharsets.UTF_8)));
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
            return ExitCode.OK;
        }
        for (JsonNode killed : answer.json()) {
            JsonNode id = killed.path("instanceId");
            String text = id.isString() ? id.asString() : id.path("idString").asString("");
            shell().print(shell().format() == Format.ID ? text : "Killing " + text);
        }
        return ExitCode.OK;
    }
}
