package io.muster.cli.server;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends the launch delay of a pod. */
@Command(name = "reset", description = "Lets a pod that failed start at once, whatever delay it still had.")
public final class QueueReset extends ApiCommand {

    @Parameters(paramLabel = "POD", description = "The id of the pod, such as /shop/web.")
    String pod = "";

    public QueueReset(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        String id = pod.startsWith("/") ? pod.substring(1) : pod;
        shell().send(Call.of("DELETE", "/v2/queue/" + Call.segment("/" + id) + "/delay"));
        if (shell().format() == Format.TABLE) {
            shell().print("/" + id + " starts with the next offers");
        }
        return ExitCode.OK;
    }
}
