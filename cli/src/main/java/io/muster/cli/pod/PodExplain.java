package io.muster.cli.pod;

import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Format;
import io.muster.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Says why instances of a pod do not run. */
@Command(name = "explain", description = "Says why instances of a pod are not as they should be.")
public final class PodExplain extends OnePod {

    public PodExplain(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        shell().demandNoIds();
        Call call = Call.get(path("::explain"));
        if (shell().format() == Format.JSON) {
            shell().printJson(shell().send(call));
        } else {
            shell().printText(shell().send(call.header("Accept", "text/plain")).text());
        }
        return ExitCode.OK;
    }
}
