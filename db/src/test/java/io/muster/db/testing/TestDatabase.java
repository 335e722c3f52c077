package io.muster.db.testing;

import io.muster.db.DatabaseUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database for one test, in a PostgreSQL server that all tests of this JVM share and that starts when the first of them
 * asks. The system property {@code muster.test.postgres} says where the server comes from: {@code embedded} (also when it
 * is not set) or {@code testcontainers}.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final TestServer server;
    private final String name;

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * A new database with all migrations applied and no rows but theirs.
     *
     * @throws IllegalStateException if there is no server to make it in
     */
    public static TestDatabase create() {
        return copyOf(TestServer.MIGRATED);
    }

    /**
     * A new database with nothing in it, for those who test the migrating itself.
     *
     * @throws IllegalStateException if there is no server to make it in
     */
    public static TestDatabase createEmpty() {
        return copyOf("template1");
    }

    private static TestDatabase copyOf(String template) {
        var server = TestServer.shared();
        var name = "test_" + COUNT.incrementAndGet();
        // Copying files takes half as long as writing them through the log, where nothing waits for the disk.
        server.execute("create database " + name + " strategy file_copy template " + template + " owner "
                + server.owner().name());
        return new TestDatabase(server, name);
    }

    /** Where the programs of the embedded server are unpacked to, once for the tests of all modules. */
    public static Path binaries() {
        var directory = Path.of("").toAbsolutePath();
        for (var parent = directory.getParent();
                parent != null && Files.exists(parent.resolve("pom.xml"));
                parent = parent.getParent()) {
            directory = parent;
        }
        return directory.resolve("target").resolve("postgres-binaries");
    }

    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** The role that owns the schema. */
    public DatabaseUser owner() {
        return server.owner();
    }

    /** The role Muster works as. */
    public DatabaseUser app() {
        return server.app();
    }

    /** Connects as {@link #owner}, anew for each connection. */
    public DataSource ownerDataSource() {
        return server.dataSource(name, server.owner());
    }

    /** Connects as {@link #app}, anew for each connection. */
    public DataSource appDataSource() {
        return server.dataSource(name, server.app());
    }

    /** What makes a Spring application use this database as {@link #app}, without migrating it. */
    public Map<String, String> springProperties() {
        return Map.of(
                "spring.datasource.url", jdbcUrl(),
                "spring.datasource.username", app().name(),
                "spring.datasource.password", app().password(),
                "spring.flyway.enabled", "false");
    }

    /** Drops the database, with the connections that are still open. */
    @Override
    public void close() throws SQLException {
        server.execute("drop database if exists " + name + " with (force)");
    }
}
