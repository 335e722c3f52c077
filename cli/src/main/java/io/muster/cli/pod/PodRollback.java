package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.deployment.WaitOptions;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Brings an earlier version of a pod back. */
@Command(name = "rollback", description = "Brings an earlier version of a pod back, as a new version.")
public final class PodRollback extends OnePod {

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VERSION",
            description = "Any that was ever accepted. Default: the one that was shown before the current one.")
    @Nullable
    String version;

    @Mixin
    ChangeOptions change = new ChangeOptions();

    @Mixin
    WaitOptions waiting = new WaitOptions();

    public PodRollback(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        waiting.check();
        String wanted = version == null ? previous() : version;
        Answer answer =
                shell().send(change.on(Call.of("POST", path("::rollback")).with("version", wanted)));
        return waiting.finish(shell(), answer, "Rolling " + id() + " back to " + wanted);
    }

    private String previous() throws InterruptedException {
        List<String> versions = PodVersions.shown(shell(), path("::versions"));
        if (versions.size() < 2) {
            throw new UsageException(id() + " has had no version before the current one");
        }
        return versions.get(versions.size() - 2);
    }
}
