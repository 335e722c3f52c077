package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Table;
import io.muster.cli.text.Times;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Lists the versions of a pod. */
@Command(name = "versions", description = "Lists the versions of a pod id, in all its lives, the newest first.")
public final class PodVersions extends OnePod {

    public PodVersions(Shell shell) {
        super(shell);
    }

    /** Those that are or were shown, the oldest first. */
    static List<String> shown(Shell shell, String path) throws InterruptedException {
        return shell.send(Call.get(path))
                .json()
                .valueStream()
                .map(version -> version.asString(""))
                .toList();
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        if (shell().format() == Format.ID) {
            shown(shell(), path("::versions")).reversed().forEach(shell()::print);
            return ExitCode.OK;
        }
        Answer answer = shell().send(Call.get(path("::history")).with("view", "versions"));
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
            return ExitCode.OK;
        }
        var table = new Table("VERSION", "STATE", "LIFE", "AGE", "TOOK", "BY", "DEPLOYMENT");
        for (JsonNode version : answer.json().path("versions")) {
            table.row(
                    version.path("version").asString(""),
                    version.path("state").asString("") + (version.has("purged") ? " (purged)" : ""),
                    version.path("life").asInt(0),
                    shell().ago(version.path("submittedAt").asStringOpt()),
                    version.has("durationMillis")
                            ? Times.brief(Duration.ofMillis(
                                    version.path("durationMillis").asLong(0)))
                            : "",
                    version.path("submittedBy").asString(""),
                    version.path("deploymentId").asString(""));
        }
        shell().print(table);
        Pages.sayThereIsMore(shell(), answer.json());
        return ExitCode.OK;
    }
}
