package io.muster.cli.pod;

import io.muster.cli.api.Answer;
import io.muster.cli.api.Call;
import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the definition of a pod. */
@Command(name = "show", description = "Shows the definition of a pod, in short; all of it with -o json.")
public final class PodShow extends OnePod {

    @Option(names = "--target", description = "The version that was accepted last, also before it is deployed.")
    boolean target;

    @Option(names = "--version", paramLabel = "VERSION", description = "Any version that was ever accepted.")
    @Nullable
    String version;

    public PodShow(Shell shell) {
        super(shell);
    }

    @Override
    protected ExitCode run() throws InterruptedException {
        if (target && version != null) {
            throw new UsageException("Either --target or --version, not both");
        }
        Call call = version == null
                ? Call.get(path("")).with("view", target ? Optional.of("target") : Optional.empty())
                : Call.get(path("::versions/" + Call.segment(version)));
        Answer answer = shell().send(call);
        switch (shell().format()) {
            case TABLE -> PodText.lines(answer.json()).forEach(shell()::print);
            case JSON -> shell().printJson(answer);
            case ID -> shell().print(answer.json().path("id").asString(""));
        }
        return ExitCode.OK;
    }
}
