package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Lets a deployment go on. */
@Command(name = "resume", description = "Lets a paused deployment go on.")
public final class DeploymentResume extends OneDeployment {

    public DeploymentResume(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.of("POST", path() + "::resume"));
        switch (shell().format()) {
            case TABLE ->
                shell().print("Deployment " + id + " "
                        + Progress.of(answer.json()).text());
            case JSON -> shell().printJson(answer);
            case ID -> shell().print(id);
        }
        return ExitCode.OK;
    }
}
