package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ApiCommand;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Parameters;

/** A command about one pod. */
abstract class OnePod extends ApiCommand {

    @Parameters(index = "0", paramLabel = "POD", description = "The id of the pod, such as /shop/web.")
    String pod = "";

    OnePod(Shell shell) {
        super(shell);
    }

    String id() {
        return pod.startsWith("/") ? pod : "/" + pod;
    }

    /** The path of something of the pod. */
    String path(String suffix) {
        return Call.pod(pod, suffix);
    }
}
