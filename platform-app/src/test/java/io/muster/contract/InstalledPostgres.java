package io.muster.contract;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server of the PostgreSQL that is installed on this machine, for tests of the programs that belong to it: they do not talk
 * with servers that are newer than they are. Its administrator is postgres, and it asks for no passwords.
 */
final class InstalledPostgres implements AutoCloseable {

    private static final List<String> NEEDED =
            List.of("initdb", "postgres", "pg_ctl", "pg_dump", "pg_restore", "psql", "createdb", "vacuumdb");
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Pattern SEPARATOR = Pattern.compile(File.pathSeparator);

    private final Path programs;
    private final Path directory;
    private final Path data;
    private final int port;

    private InstalledPostgres(Path programs, Path directory, int port) {
        this.programs = programs;
        this.directory = directory;
        this.data = directory.resolve("data");
        this.port = port;
    }

    /** The directory that has all the programs; empty if there is none. */
    static Optional<Path> programs() throws IOException {
        var directories = new ArrayList<Path>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.sorted(Comparator.reverseOrder())
                        .map(version -> version.resolve("bin"))
                        .forEach(directories::add);
            }
        }
        SEPARATOR.splitAsStream(System.getenv("PATH")).map(Path::of).forEach(directories::add);
        return directories.stream()
                .filter(directory ->
                        NEEDED.stream().allMatch(program -> Files.isExecutable(directory.resolve(program))))
                .findFirst();
    }

    /** Starts one with its data below this directory; it accepts connections when this returns. */
    static InstalledPostgres start(Path programs, Path directory) throws IOException {
        var server = new InstalledPostgres(programs, directory, freePort());
        server.run(
                "initdb",
                "initdb -D " + server.data + " -U postgres -A trust -E UTF8 --locale=C --no-sync",
                server.unprivileged());
        server.run(
                "start",
                "pg_ctl start -w -D " + server.data + " -l " + directory.resolve("server.log")
                        + " -o '-p " + server.port
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off'",
                server.unprivileged());
        return server;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** PostgreSQL refuses to run as root; in a user namespace without a mapping root is nobody, and owns its files. */
    private String unprivileged() {
        return "root".equals(System.getProperty("user.name")) ? "unshare -U " : "";
    }

    /** Runs commands of the shell, with the programs in their path, in the directory of this server, as its administrator. */
    List<String> run(String name, String commands) {
        return run(name, commands, "");
    }

    private List<String> run(String name, String commands, String before) {
        String script = "set -e\nexport PATH=" + programs + ":$PATH PGHOST=127.0.0.1 PGPORT=" + port
                + " PGUSER=postgres\n" + before + commands;
        try (Script running = Script.start(directory, name, script, "sh")) {
            return running.await();
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void close() {
        run("stop", "pg_ctl stop -w -m immediate -D " + data, unprivileged());
    }
}
