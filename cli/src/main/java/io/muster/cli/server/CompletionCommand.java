package io.muster.cli.server;

import io.muster.cli.shell.ExitCode;
import io.muster.cli.shell.Shell;
import io.muster.cli.shell.UsageException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Writes a script that completes commands and options, for bash, zsh or fish.")
public final class CompletionCommand implements Callable<Integer> {

    private final Shell shell;

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    String kind = "";

    @Spec
    @Nullable
    CommandSpec spec;

    public CompletionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        shell.world()
                .out()
                .print(
                        switch (kind) {
                            // The script for bash runs in zsh as well, after bashcompinit, which it calls itself.
                            case "bash", "zsh" -> AutoComplete.bash("muster", root);
                            case "fish" -> FishCompletion.script(root);
                            default -> throw new UsageException("There is completion for bash, zsh and fish");
                        });
        return ExitCode.OK.number();
    }
}
