package io.muster.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the server of a data directory, whoever started it. The caller holds the {@link DirectoryLock}. */
record Postmaster(ServerBinaries binaries, DataDirectory data, Host host) {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

    /**
     * Stops a server whose JVM was killed and which lives on. Nothing happens when there is none.
     *
     * @throws EmbeddedPostgresException if it does not stop
     */
    void stopLeftBehind() throws IOException {
        var pidFile = data.server().resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var process = recordedIn(pidFile);
        if (process.isEmpty()) {
            return; // the server removes the file when it starts
        }
        var pid = process.get().pid();
        var ours = servesOurData(process.get());
        if (ours.isEmpty()) {
            LOG.warn("Cannot see whether process {}, recorded in {}, is a PostgreSQL", pid, pidFile);
            return; // the server decides, and refuses if in doubt
        }
        if (!ours.get()) {
            // After a reboot, or in a new container, the number belongs to a stranger: it must not be signalled, and
            // the
            // server would refuse to start because of it.
            LOG.info("Process {} is not the PostgreSQL that wrote {}, which is removed", pid, pidFile);
            Files.delete(pidFile);
            return;
        }
        LOG.info("Stopping the PostgreSQL (process {}) that was left behind in {}", pid, data.server());
        var stop = stop();
        // The server takes its file away as its last act.
        if (Files.exists(pidFile)) {
            throw new EmbeddedPostgresException("A PostgreSQL (process " + pid + ") was left behind in " + data.server()
                    + " and does not stop: " + stop.output().strip() + ". End that process.");
        }
    }

    /** A fast shutdown: open transactions are rolled back, clients disconnected, and the data is consistent on disk. */
    Program stop() {
        return Program.run(
                host.unprivileged(List.of(
                        binaries.program("pg_ctl").toString(),
                        "stop",
                        "-D",
                        data.server().toString(),
                        "-m",
                        "fast",
                        "-w",
                        "-t",
                        Long.toString(STOP_TIMEOUT.toSeconds()))),
                STOP_TIMEOUT.plusSeconds(5));
    }

    private static Optional<ProcessHandle> recordedIn(Path pidFile) throws IOException {
        try (var lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(first -> first.matches("[1-9][0-9]{0,9}"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
        }
    }

    /** Whether the process is a server on our directory; empty where that cannot be seen. */
    private Optional<Boolean> servesOurData(ProcessHandle process) {
        var command = process.info().command();
        if (command.isEmpty() || !command.get().contains("/postgres")) {
            return command.map(other -> false);
        }
        if (!Files.exists(Path.of("/proc/self/cwd"))) {
            return process.info()
                    .arguments()
                    .map(arguments -> List.of(arguments).contains(data.server().toString()));
        }
        try {
            // A server works in its data directory, whatever name that had when the server started.
            return Optional.of(Files.isSameFile(Path.of("/proc", Long.toString(process.pid()), "cwd"), data.server()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
