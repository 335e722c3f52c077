package io.muster.db;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server. It lives no longer than the thread that started it (see {@link Host#server}); so a platform thread
 * of its own starts it, copies its log, and ends after it.
 */
final class ServerProcess {
    private static final Duration END_TIMEOUT = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

    private final Process process;
    private final Thread keeper;
    private volatile boolean endIsAccident;

    private ServerProcess(Process process, Thread keeper) {
        this.process = process;
        this.keeper = keeper;
    }

    /**
     * Starts the server, without waiting until it is ready.
     *
     * @throws EmbeddedPostgresException if the program cannot be run
     */
    static ServerProcess start(List<String> command, Path workingDirectory, ServerLog log) {
        var started = new CompletableFuture<Process>();
        var self = new CompletableFuture<ServerProcess>();
        var keeper = Thread.ofPlatform()
                .name("embedded-postgres")
                .daemon()
                .start(() -> keep(command, workingDirectory, log, started, self));
        try {
            var server = new ServerProcess(started.join(), keeper);
            self.complete(server);
            return server;
        } catch (CompletionException e) {
            throw new EmbeddedPostgresException("Cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    private static void keep(
            List<String> command,
            Path workingDirectory,
            ServerLog log,
            CompletableFuture<Process> started,
            CompletableFuture<ServerProcess> self) {
        try {
            var process = Program.builder(command)
                    .directory(workingDirectory.toFile())
                    .start();
            started.complete(process);
            try (var output = process.getInputStream()) {
                log.copy(output);
            }
            var exitCode = process.waitFor();
            if (self.join().endIsAccident) {
                LOG.error("PostgreSQL ended by itself (exit code {}). Its last words: {}", exitCode, log.tail());
            }
        } catch (IOException e) {
            if (!started.completeExceptionally(e)) {
                LOG.error("The log of PostgreSQL cannot be read any more", e);
            }
        } catch (InterruptedException e) {
            LOG.error("The thread that keeps PostgreSQL alive was interrupted, which ends PostgreSQL", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Says whether the end of the server, if it comes from now on, is an accident that must be reported. */
    void reportEnd(boolean accident) {
        endIsAccident = accident;
    }

    /** Waits for the end of a server that was told to stop, and kills it if it does not come. */
    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("PostgreSQL (process {}) did not stop in {} and is killed", process.pid(), END_TIMEOUT);
            process.destroyForcibly().waitFor();
        }
        keeper.join(END_TIMEOUT);
    }
}
