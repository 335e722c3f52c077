package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Undoes a deployment. */
@Command(name = "rollback", description = "Undoes a deployment that runs: another one brings back what was before.")
public final class DeploymentRollback extends OneDeployment {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the history.")
    @Nullable
    String reason;

    @Mixin
    WaitOptions waiting = new WaitOptions();

    public DeploymentRollback(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        waiting.check();
        Answer answer = shell().send(Call.of("DELETE", path()).with("reason", Optional.ofNullable(reason)));
        return waiting.finish(shell(), answer, "Undoing " + id);
    }
}
