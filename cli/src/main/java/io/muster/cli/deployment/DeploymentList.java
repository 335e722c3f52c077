package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import io.muster.cli.text.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists deployments. */
@Command(name = "list", description = "Lists the deployments that run.")
public final class DeploymentList extends ApiCommand {

    @Option(names = "--all", description = "Also those that have ended, the newest first.")
    boolean all;

    @Option(names = "--limit", paramLabel = "N", description = "With --all: at most so many. Default: 100.")
    @Nullable
    Integer limit;

    public DeploymentList(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        if (limit != null && !all) {
            throw new UsageException("--limit is for --all");
        }
        Call call = Call.get("/v2/deployments")
                .with("extended", true)
                .with("state", all ? Optional.of("all") : Optional.empty())
                .with("limit", Optional.ofNullable(limit).map(Object::toString));
        Answer answer = shell().send(call);
        switch (shell().format()) {
            case TABLE -> shell().print(table(answer.json()));
            case JSON -> shell().printJson(answer);
            case ID ->
                answer.json()
                        .forEach(deployment ->
                                shell().print(deployment.path("id").asString("")));
        }
        return ExitCode.OK;
    }

    private Table table(JsonNode deployments) {
        var table = new Table("ID", "POD", "STATE", "READY", "OLD", "AGE", "BY", "REASON");
        for (JsonNode deployment : deployments) {
            JsonNode progress = deployment.path("progress");
            table.row(
                    deployment.path("id").asString(""),
                    deployment.path("affectedPods").path(0).asString(""),
                    deployment.path("state").asString(""),
                    progress.isObject()
                            ? progress.path("ready").asInt(0) + "/"
                                    + progress.path("target").asInt(0)
                            : "",
                    progress.path("oldAlive").asString(""),
                    shell().ago(deployment.path("createdAt").asStringOpt()),
                    deployment.path("submittedBy").asString(""),
                    deployment.path("reason").asString(""));
        }
        return table;
    }
}
