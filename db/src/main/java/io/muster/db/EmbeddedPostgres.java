package io.muster.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own, for this JVM alone: real server programs that keep their data in a directory, listen on
 * loopback only, ask for passwords, and end with this JVM.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The database that exists after each start, with no tables of ours in it at first. */
    public static final String DATABASE = "muster";

    private static final String OWNER = "muster_owner";
    private static final String APP = "muster_app";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int PORT_ATTEMPTS = 3;
    private static final FileAttribute<?> FOR_US_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final DirectoryLock lock;
    private final Postmaster postmaster;
    private final ServerProcess process;
    private final int port;
    private final DatabaseUser administrator;
    private final DatabaseUser owner;
    private final DatabaseUser app;
    private boolean closed;

    private EmbeddedPostgres(
            DirectoryLock lock, Postmaster postmaster, ServerProcess process, int port, DataDirectory data) {
        this.lock = lock;
        this.postmaster = postmaster;
        this.process = process;
        this.port = port;
        this.administrator = data.user(DataDirectory.ADMINISTRATOR);
        this.owner = data.user(OWNER);
        this.app = data.user(APP);
    }

    /**
     * How to run it.
     *
     * @param directory holds all that must survive a restart; made if it does not exist
     * @param binaries where the server's programs are unpacked to; several servers may share it
     * @param durable whether a commit waits for the disk; only throw-away data can do without
     */
    public record Settings(Path directory, Path binaries, boolean durable) {
        /** Durable, and with everything in one directory. */
        public static Settings in(Path directory) {
            return new Settings(directory, directory.resolve("pgbin"), true);
        }
    }

    /**
     * Starts the server and waits until it is ready. A server that a killed JVM left behind in the directory is stopped
     * before.
     *
     * @throws EmbeddedPostgresException if it cannot be started, with the reason and the last lines of the server's log
     */
    public static EmbeddedPostgres start(Settings settings) {
        return start(settings, Host.current());
    }

    static EmbeddedPostgres start(Settings settings, Host host) {
        var archive = ServerBinaries.archiveFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        host.requireUnprivileged();
        try {
            var directory =
                    Files.createDirectories(settings.directory(), FOR_US_ALONE).toRealPath();
            var lock = DirectoryLock.acquire(directory);
            try {
                return start(settings, host, archive, directory, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL cannot use its directory " + settings.directory() + ": " + e, e);
        }
    }

    private static EmbeddedPostgres start(
            Settings settings, Host host, String archive, Path directory, DirectoryLock lock) throws IOException {
        var binaries = ServerBinaries.unpack(archive, settings.binaries().toAbsolutePath());
        var data = DataDirectory.open(directory, binaries, host, settings.durable());
        var postmaster = new Postmaster(binaries, data, host);
        postmaster.stopLeftBehind();
        var log = new ServerLog(directory);
        for (int attempt = 1; ; attempt++) {
            var port = freePort();
            var command = host.server(serverCommand(binaries, data, port, settings.durable()));
            var process = ServerProcess.start(command, data.server(), log);
            var server = new EmbeddedPostgres(lock, postmaster, process, port, data);
            try {
                server.awaitReady();
                process.reportEnd(true);
                Provisioning.provision(server.administratorDataSource(), DATABASE, server.owner, server.app);
                LOG.info("PostgreSQL {} runs in {} on port {}", binaries.major(), directory, port);
                return server;
            } catch (SQLException | EmbeddedPostgresException e) {
                server.stop();
                var lastLines = String.join("\n", log.tail());
                // Between our asking for a free port and the server's taking it, somebody else may have come.
                if (attempt == PORT_ATTEMPTS || !lastLines.contains("Address already in use")) {
                    throw new EmbeddedPostgresException(
                            "The embedded PostgreSQL does not start: " + e.getMessage() + " The end of " + log.file()
                                    + ":\n" + lastLines,
                            e);
                }
            }
        }
    }

    private static List<String> serverCommand(ServerBinaries binaries, DataDirectory data, int port, boolean durable) {
        var command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(), "-D", data.server().toString(), "-p", Integer.toString(port)));
        var configuration = new ArrayList<>(
                List.of("listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", "jit=off"));
        if (!durable) {
            configuration.addAll(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
        }
        configuration.forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() {
        var source = administratorDataSource();
        var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (true) {
            try {
                source.getConnection().close();
                return;
            } catch (SQLException e) {
                // Not listening yet, or replaying its log after a crash.
                if (!process.isAlive()) {
                    throw new EmbeddedPostgresException("It ended at once.", e);
                }
                if (System.nanoTime() > deadline) {
                    throw new EmbeddedPostgresException(
                            "It is not ready after " + START_TIMEOUT.toSeconds() + " s (" + e.getMessage() + ").", e);
                }
            }
            try {
                Thread.sleep(POLL_INTERVAL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedPostgresException("Interrupted while it started.", e);
            }
        }
    }

    private DataSource administratorDataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl("postgres"));
        source.setUser(administrator.name());
        source.setPassword(administrator.password());
        source.setConnectTimeout(5);
        source.setSocketTimeout(30);
        return source;
    }

    /** The address of one of the server's databases, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Whoever may do everything in this server, such as make databases. */
    public DatabaseUser administrator() {
        return administrator;
    }

    /** The owner of {@link #DATABASE}, who migrates it. */
    public DatabaseUser owner() {
        return owner;
    }

    /** Whom Muster works as: has no privilege but to connect, until the migrations give it more. */
    public DatabaseUser app() {
        return app;
    }

    /** The process id of the server. */
    long pid() {
        return process.pid();
    }

    /** Stops the server: open transactions are rolled back, clients disconnected. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.warn("Cannot close the lock file of the embedded PostgreSQL", e);
            }
        }
    }

    private void stop() {
        process.reportEnd(false);
        // An interrupt, though it may be why we stop, must not cut the shutdown short.
        var interrupted = Thread.interrupted();
        try {
            if (process.isAlive()) {
                var result = postmaster.stop();
                if (!result.succeeded()) {
                    LOG.warn(
                            "pg_ctl cannot stop PostgreSQL: {}", result.output().strip());
                }
            }
            process.awaitEnd();
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
