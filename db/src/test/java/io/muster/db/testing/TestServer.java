package io.muster.db.testing;

import io.muster.db.DatabaseUser;
import io.muster.db.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The server that the tests of this JVM share, with one migrated database in it to copy from.
 *
 * @param urls from the name of a database to its address
 */
record TestServer(UnaryOperator<String> urls, DatabaseUser administrator, DatabaseUser owner, DatabaseUser app) {
    static final String MIGRATED = EmbeddedPostgres.DATABASE;

    private static final String PROPERTY = "muster.test.postgres";
    private static final Object ONCE = new Object();
    private static @Nullable TestServer shared;
    private static @Nullable String failure;

    /**
     * The server; the first call starts it.
     *
     * @throws IllegalStateException if it cannot be started, now or in an earlier call
     */
    static TestServer shared() {
        synchronized (ONCE) {
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            if (shared == null) {
                try {
                    var started = start(System.getProperty(PROPERTY, "embedded"));
                    started.migrate();
                    shared = started;
                } catch (IllegalStateException e) {
                    failure = e.getMessage();
                    throw e;
                }
            }
            return shared;
        }
    }

    /**
     * Starts a server.
     *
     * @throws IllegalStateException if the kind is unknown or not to be had here
     */
    static TestServer start(String kind) {
        return switch (kind) {
            case "embedded" -> EmbeddedServer.start();
            case "testcontainers" -> startContainer();
            default ->
                throw new IllegalStateException(
                        "-D" + PROPERTY + "=" + kind + " is unknown; allowed are embedded and testcontainers.");
        };
    }

    private static TestServer startContainer() {
        try {
            return ContainerServer.start(ContainerServer::dockerAnswers);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "-D" + PROPERTY
                            + "=testcontainers needs org.testcontainers:testcontainers-postgresql among the test"
                            + " dependencies of this module. Without the property the embedded server is used.",
                    e);
        }
    }

    String jdbcUrl(String database) {
        return urls.apply(database);
    }

    DataSource dataSource(String database, DatabaseUser user) {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(user.name());
        source.setPassword(user.password());
        return source;
    }

    /** Executes a statement as the administrator, outside of all test databases. */
    void execute(String sql) {
        try (var connection = dataSource("postgres", administrator).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("The test server refuses: " + sql, e);
        }
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(jdbcUrl(MIGRATED), owner.name(), owner.password())
                .placeholders(Map.of("appRole", app.name()))
                .load()
                .migrate();
    }
}
