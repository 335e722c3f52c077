package io.muster.db.testing;

import io.muster.db.DatabaseUser;
import io.muster.db.EmbeddedPostgres;
import io.muster.db.Provisioning;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container, which Testcontainers removes after the JVM's end. */
final class ContainerServer {
    private static final String IMAGE = "postgres:18-alpine";

    private ContainerServer() {}

    /**
     * Starts the container.
     *
     * @throws IllegalStateException if no Docker engine answers
     */
    static TestServer start(BooleanSupplier dockerAnswers) {
        if (!dockerAnswers.getAsBoolean()) {
            throw new IllegalStateException(
                    "-Dmuster.test.postgres=testcontainers needs a Docker engine, and none answers here. Start one, or"
                            + " leave the property out to use the embedded server.");
        }
        @SuppressWarnings("resource") // lives as long as the JVM
        var container = new PostgreSQLContainer(IMAGE);
        container.start();
        var host = container.getHost() + ":" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
        var server = new TestServer(
                database -> "jdbc:postgresql://" + host + "/" + database,
                new DatabaseUser(container.getUsername(), container.getPassword()),
                new DatabaseUser("muster_owner", UUID.randomUUID().toString()),
                new DatabaseUser("muster_app", UUID.randomUUID().toString()));
        try {
            Provisioning.provision(
                    server.dataSource("postgres", server.administrator()),
                    EmbeddedPostgres.DATABASE,
                    server.owner(),
                    server.app());
        } catch (SQLException e) {
            throw new IllegalStateException("The server in the container cannot be set up.", e);
        }
        return server;
    }

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }
}
