package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a pod. */
@Command(name = "remove", description = "Ends all instances of a pod and removes it. Its history stays.")
public final class PodRemove extends Change {

    @Parameters(paramLabel = "POD", description = "The id of the pod, such as /shop/web.")
    String pod = "";

    public PodRemove(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        return send(Call.of("DELETE", Call.pod(pod, "")), pod, "Removing");
    }
}
