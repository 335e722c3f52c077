package io.muster.cli;

import io.muster.cli.shell.Interrupts;
import io.muster.cli.shell.World;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The program {@code muster}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(thisProcess(), arguments));
    }

    /**
     * Runs one command.
     *
     * @return what the program ends with, see {@link io.muster.cli.shell.ExitCode}
     */
    public static int run(World world, String... arguments) {
        int code = CommandTree.of(world).execute(arguments);
        world.out().flush();
        world.err().flush();
        return code;
    }

    private static World thisProcess() {
        return new World(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.in,
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                isTerminal(),
                InstantSource.system(),
                time -> Thread.sleep(time),
                Main::onInterrupt);
    }

    /** The start script knows it of both outputs; Java alone only of the console as a whole. */
    private static boolean isTerminal() {
        String told = System.getProperty("muster.terminal", "");
        return told.isEmpty()
                ? Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent()
                : Boolean.parseBoolean(told);
    }

    private static Interrupts.Watched onInterrupt(Runnable lastWords) {
        var hook = new Thread(lastWords, "muster-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // then the hook runs, as it should
            }
        };
    }
}
