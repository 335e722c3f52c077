package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replaces the instances of a pod. */
@Command(name = "restart", description = "Replaces the instances of a pod by others of the same version.")
public final class PodRestart extends Change {

    @Parameters(paramLabel = "POD", description = "The id of the pod, such as /shop/web.")
    String pod = "";

    public PodRestart(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        return send(Call.of("POST", Call.pod(pod, "::restart")), pod, "Restarting");
    }
}
