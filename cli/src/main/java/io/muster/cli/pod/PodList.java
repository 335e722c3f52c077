package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Table;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Lists the pods. */
@Command(name = "list", description = "Lists the pods.")
public final class PodList extends ApiCommand {

    public PodList(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        switch (shell().format()) {
            case TABLE ->
                shell().print(table(shell().send(Call.get("/v2/pods/::status").with("view", "live"))
                        .json()));
            case JSON -> shell().printJson(shell().send(Call.get("/v2/pods")));
            case ID ->
                shell().send(Call.get("/v2/pods"))
                        .json()
                        .forEach(pod -> shell().print(pod.path("id").asString("")));
        }
        return ExitCode.OK;
    }

    private Table table(JsonNode statuses) {
        var table = new Table("POD", "STATUS", "SINCE", "STABLE", "WANTED", "CONTAINERS", "VERSION");
        for (JsonNode status : statuses) {
            JsonNode spec = status.path("spec");
            long stable = status.path("instances")
                    .valueStream()
                    .filter(instance -> instance.path("status").asString("").equals("STABLE"))
                    .count();
            table.row(
                    status.path("id").asString(""),
                    status.path("status").asString(""),
                    shell().ago(status.path("statusSince").asStringOpt()),
                    stable,
                    spec.path("scaling").path("instances").asInt(0),
                    spec.path("containers").size(),
                    spec.path("version").asString(""));
        }
        return table;
    }
}
