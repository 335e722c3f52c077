package io.muster.cli.deployment;

import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Waits for a deployment. */
@Command(name = "watch", description = "Waits until a deployment ends, and shows how far it is.")
public final class DeploymentWatchCommand extends OneDeployment {

    @Option(names = "--timeout", paramLabel = "TIME", description = "Wait no longer than this, such as 90s or 5m.")
    @Nullable
    String timeout;

    public DeploymentWatchCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        var options = new WaitOptions();
        options.timeout = timeout;
        return new DeploymentWatch(shell()).await(id, options.timeout());
    }
}
