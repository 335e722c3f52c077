package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import io.muster.cli.text.Times;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a command waits for the deployment that it began. */
public final class WaitOptions {

    @Option(
            names = {"-w", "--wait"},
            description = "Wait until the deployment ends, and show how far it is.")
    boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Wait no longer than this, such as 90s, 5m or 1h30m. The deployment goes on.")
    @Nullable
    String timeout;

    /** @throws UsageException if it is no time */
    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout)
                .map(text -> Times.parse(text)
                        .orElseThrow(() -> new UsageException(
                                "--timeout must be a time such as 90s, 5m or 1h30m, not '" + text + "'")));
    }

    /** Before anything is sent. */
    public void check() {
        if (timeout().isPresent() && !wait) {
            throw new UsageException("--timeout is for --wait");
        }
    }

    /** Shows the answer to a change, and waits if that was asked for. */
    public ExitCode finish(Shell shell, Answer answer, String done) throws InterruptedException {
        Optional<String> id = answer.deployment();
        switch (shell.format()) {
            case TABLE ->
                shell.print(done + id.map(known -> ", deployment " + known).orElse(""));
            case JSON -> shell.printJson(answer);
            case ID -> id.ifPresent(shell::print);
        }
        return wait && id.isPresent() ? new DeploymentWatch(shell).await(id.get(), timeout()) : ExitCode.OK;
    }
}
