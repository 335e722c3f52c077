package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program in a language of others that talks to the server, as a process. It is ended when this is closed. */
final class Script implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final Path out;
    private final Path err;

    private Script(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Whether the command is there, and succeeds. */
    static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(PATIENCE) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Starts it in this directory.
     *
     * @param name of the file that the script is written to
     * @param interpreter with its options
     */
    static Script start(Path directory, String name, String script, String... interpreter) {
        try {
            Path file = Files.writeString(directory.resolve(name), script);
            Path out = directory.resolve(name + ".out");
            Path err = directory.resolve(name + ".err");
            var command = new ArrayList<>(List.of(interpreter));
            command.add(file.toString());
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            // The server is on this machine, whatever leads out of it.
            builder.environment().put("no_proxy", "127.0.0.1");
            return new Script(builder.start(), out, err);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** What it has printed up to now. */
    List<String> lines() {
        return read(out).lines().toList();
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** What it has printed when it has succeeded. */
    List<String> await() {
        try {
            assertThat(process.waitFor(PATIENCE)).as("it ends: %s", read(err)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
        assertThat(process.exitValue()).as(read(err)).isZero();
        return lines();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
