package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Stops a deployment where it is. */
@Command(
        name = "stop",
        description = "Stops a deployment where it is: its target is shown from then on, nothing is replaced any more.")
public final class DeploymentStop extends OneDeployment {

    public DeploymentStop(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.of("DELETE", path()).with("force", true));
        switch (shell().format()) {
            case TABLE -> shell().print("Deployment " + id + " is stopped");
            case JSON -> shell().printJson(answer);
            case ID -> shell().print(id);
        }
        return ExitCode.OK;
    }
}
