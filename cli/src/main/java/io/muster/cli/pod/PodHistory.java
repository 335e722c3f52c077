package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import io.muster.cli.text.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Tells what happened to a pod id. */
@Command(name = "history", description = "Tells what happened to a pod id, in all its lives, the newest first.")
public final class PodHistory extends OnePod {

    @Option(names = "--limit", paramLabel = "N", description = "At most so many entries. Default: 100.")
    @Nullable
    Integer limit;

    public PodHistory(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        shell().demandNoIds();
        Answer answer = shell().send(Call.get(path("::history"))
                .with("limit", Optional.ofNullable(limit).map(Object::toString)));
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
            return ExitCode.OK;
        }
        var table = new Table("AT", "WHAT", "LIFE", "VERSION", "BY", "DEPLOYMENT");
        for (JsonNode entry : answer.json().path("entries")) {
            table.row(
                    entry.path("at").asString(""),
                    entry.path("what").asString(""),
                    entry.path("life").asInt(0),
                    entry.path("version").asString(""),
                    entry.path("who").asString(""),
                    entry.path("deploymentId").asString(""));
        }
        shell().print(table);
        Pages.sayThereIsMore(shell(), answer.json());
        return ExitCode.OK;
    }
}
