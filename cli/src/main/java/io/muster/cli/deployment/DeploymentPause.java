package io.muster.cli.deployment;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Pauses a deployment. */
@Command(name = "pause", description = "Lets nothing move any more for a deployment, until it is resumed.")
public final class DeploymentPause extends OneDeployment {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever looks at it.")
    @Nullable
    String reason;

    public DeploymentPause(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        Answer answer = shell().send(Call.of("POST", path() + "::pause").with("reason", Optional.ofNullable(reason)));
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
