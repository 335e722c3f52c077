package io.muster.cli.server;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import java.time.Duration;
import picocli.CommandLine.Command;

/** Asks whether the server answers. */
@Command(name = "ping", description = "Asks whether the server answers.")
public final class PingCommand extends ApiCommand {

    public PingCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        shell().demandNoIds();
        long begin = System.nanoTime();
        Answer answer = shell().send(Call.get("/ping"));
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        if (shell().format() == Format.JSON) {
            shell().printJson(answer);
        } else {
            shell().print(shell().api().server() + " answers, after " + millis + " ms");
        }
        return ExitCode.OK;
    }
}
