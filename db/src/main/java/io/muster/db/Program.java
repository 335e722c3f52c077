package io.muster.db;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** How a short-lived program ended, and the beginning of what it printed. */
record Program(int exitCode, String output) {
    private static final int MAX_OUTPUT_BYTES = 16 * 1024;

    boolean succeeded() {
        return exitCode == 0;
    }

    /**
     * Runs a program to its end, and kills it at the end of the timeout.
     *
     * @throws EmbeddedPostgresException if it cannot be started, or the calling thread is interrupted
     */
    static Program run(List<String> command, Duration timeout) {
        Process process;
        try {
            process = builder(command).start();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("Cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
        var alarm = CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        var watchdog = CompletableFuture.runAsync(process::destroyForcibly, alarm);
        try (var output = process.getInputStream()) {
            var beginning = output.readNBytes(MAX_OUTPUT_BYTES);
            output.transferTo(OutputStream.nullOutputStream());
            return new Program(process.waitFor(), new String(beginning, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new EmbeddedPostgresException("Cannot read the output of " + command.getFirst() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("Interrupted while " + command.getFirst() + " ran.", e);
        } finally {
            watchdog.cancel(false);
            process.destroyForcibly();
        }
    }

    /** The program, without input, with one stream of output, and without the caller's PostgreSQL variables. */
    static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
