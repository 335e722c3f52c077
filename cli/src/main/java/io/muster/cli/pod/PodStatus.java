package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Plain;
import io.muster.cli.text.Table;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Shows the instances of a pod. */
@Command(name = "status", description = "Shows the instances of a pod and their containers, as they are now.")
public final class PodStatus extends OnePod {

    public PodStatus(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.get(path("::status")).with("view", "live"));
        switch (shell().format()) {
            case TABLE -> print(answer.json());
            case JSON -> shell().printJson(answer);
            case ID -> Instances.ids(answer.json()).forEach(shell()::print);
        }
        return ExitCode.OK;
    }

    private void print(JsonNode status) {
        String message = status.path("message").asString("");
        shell().print(Plain.line(status.path("id").asString("") + " is "
                + status.path("status").asString("")
                + " since " + shell().ago(status.path("statusSince").asStringOpt())
                + ", version " + status.path("spec").path("version").asString("")
                + (message.isEmpty() ? "" : ": " + message)));
        var table = new Table("INSTANCE", "STATUS", "SINCE", "AGENT", "CONTAINER", "STATE", "HEALTHY", "PORTS");
        for (JsonNode instance : status.path("instances")) {
            for (JsonNode container : instance.path("containers")) {
                table.row(
                        instance.path("id").asString(""),
                        instance.path("status").asString(""),
                        shell().ago(instance.path("statusSince").asStringOpt()),
                        instance.path("agentHostname").asString(""),
                        container.path("name").asString(""),
                        container.path("status").asString(""),
                        healthy(container),
                        ports(container));
            }
        }
        if (table.lines().size() > 1) {
            shell().print(table);
        }
        lastFailure(status);
    }

    private void lastFailure(JsonNode status) {
        JsonNode last = status.path("terminationHistory").path(0);
        if (last.isObject()) {
            shell().print(Plain.line(
                    "Last end, " + shell().ago(last.path("terminatedAt").asStringOpt()) + " ago: "
                            + last.path("instanceID").asString("") + ": "
                            + last.path("message").asString("it said nothing")));
        }
    }

    private static String healthy(JsonNode container) {
        return container
                .path("conditions")
                .valueStream()
                .filter(condition -> condition.path("name").asString("").equals("healthy"))
                .map(condition -> condition.path("value").asString(""))
                .findFirst()
                .orElse("");
    }

    private static String ports(JsonNode container) {
        return container
                .path("endpoints")
                .valueStream()
                .filter(endpoint -> endpoint.has("allocatedHostPort"))
                .map(endpoint -> endpoint.path("name").asString("") + ":"
                        + endpoint.path("allocatedHostPort").asInt(0))
                .collect(Collectors.joining(", "));
    }
}
