package io.muster.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.MusterApplication;
import io.muster.db.testing.TestDatabase;
import io.muster.events.Event;
import io.muster.events.Outbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The whole application in this JVM on a free port of the loopback interface. */
final class Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ConfigurableApplicationContext application;
    private final Path directory;
    private final @Nullable TestDatabase ownDatabase;
    private final int port;

    private Server(ConfigurableApplicationContext application, Path directory, @Nullable TestDatabase ownDatabase) {
        this.application = application;
        this.directory = directory;
        this.ownDatabase = ownDatabase;
        this.port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** With a database of its own, and a local Mesos of three agents; it leads when this returns. */
    static Server start(List<String> settings) {
        var database = TestDatabase.create();
        var all = new ArrayList<>(
                List.of("muster.local-mesos.agents=3", "muster.local-mesos.cpus=32", "muster.local-mesos.mem=64GB"));
        all.addAll(settings);
        Server server = start(database.springProperties(), all, database);
        server.awaitLeadership();
        return server;
    }

    /** One of the replicas on this database; it need not lead. */
    static Server replica(TestDatabase database, List<String> settings) {
        return replica(database.springProperties(), settings);
    }

    /** The same on a database that these properties name. */
    static Server replica(Map<String, String> database, List<String> settings) {
        return start(database, settings, null);
    }

    private static Server start(
            Map<String, String> database, List<String> settings, @Nullable TestDatabase ownDatabase) {
        try {
            Path directory = Files.createTempDirectory("muster-contract");
            var arguments = new ArrayList<String>();
            database.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            arguments.add("--server.port=0");
            arguments.add("--muster.data-directory=" + directory);
            arguments.add("--muster.security.allowed-hosts=x,master.mesos,marathon.mesos,dcos.example");
            settings.forEach(setting -> arguments.add("--" + setting));
            return new Server(
                    new SpringApplicationBuilder(MusterApplication.class).run(arguments.toArray(String[]::new)),
                    directory,
                    ownDatabase);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    boolean leads() {
        return get("/actuator/health/leadershipHealth")
                .json()
                .at("/details/leading")
                .asBoolean(false);
    }

    void awaitLeadership() {
        soon().until(this::leads);
    }

    int port() {
        return port;
    }

    Answer get(String path) {
        return send("GET", path, Map.of("Accept", "application/json"), null);
    }

    Answer head(String path) {
        return send("HEAD", path, Map.of(), null);
    }

    Answer post(Object pod) {
        return send("POST", "/v2/pods", Map.of("Content-Type", "application/json"), pod.toString());
    }

    Answer put(Pod pod) {
        return put("/v2/pods" + pod.id(), pod);
    }

    Answer put(String path, Object body) {
        return send("PUT", path, Map.of("Content-Type", "application/json"), body.toString());
    }

    Answer delete(String path) {
        return send("DELETE", path, Map.of(), null);
    }

    Answer delete(String path, String body) {
        return send("DELETE", path, Map.of("Content-Type", "application/json"), body);
    }

    Answer send(String method, String path, Map<String, String> headers, @Nullable String body) {
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\nHost: 127.0.0.1:" + port + "\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\n"));
        byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
        if (body != null) {
            head.append("Content-Length: " + bytes.length + "\n");
        }
        return exchange(head.toString(), bytes);
    }

    /**
     * A request as a client wrote it.
     *
     * @param head with the ends of lines of Java; {@code <length>} stands for that of the body
     */
    Answer raw(String head, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return exchange(head.replace("<length>", String.valueOf(bytes.length)), bytes);
    }

    private Answer exchange(String head, byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes((head.stripTrailing() + "\n\n").replace("\n", "\r\n").getBytes(UTF_8));
        request.writeBytes(body);
        return Wire.exchange(port, request.toByteArray());
    }

    /** Creates or replaces the pod, and returns when that is deployed. */
    Answer deploy(Pod pod) {
        Answer accepted = put(pod).expect(200);
        awaitEnd(accepted.deployment());
        return accepted;
    }

    List<String> deployments() {
        return get("/v2/deployments")
                .json()
                .valueStream()
                .map(deployment -> deployment.get("id").asString())
                .toList();
    }

    void awaitEnd(String deployment) {
        soon().until(() -> !deployments().contains(deployment));
    }

    JsonNode status(String pod) {
        return get("/v2/pods" + pod + "::status").expect(200).json();
    }

    /** The ids of the instances that are shown, in their order. */
    List<String> instances(String pod) {
        return status(pod)
                .get("instances")
                .valueStream()
                .map(instance -> instance.get("id").asString())
                .toList();
    }

    /** A file in a persistent volume of the local Mesos, on whichever of its agents that is. */
    Path fileOfVolume(String persistenceId, String name) {
        try (var files = Files.find(
                directory.resolve("mesos/volumes"),
                4,
                (path, attributes) -> path.endsWith(Path.of("disks", persistenceId, name)))) {
            return files.findFirst().orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The first column of what is stored. */
    List<String> select(String query) {
        return JdbcClient.create(application.getBean(DataSource.class))
                .sql(query)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Changes what is stored, behind the back of the application. */
    void sql(String statement) {
        JdbcClient.create(application.getBean(DataSource.class)).sql(statement).update();
    }

    /** Tells of events as the floors do, in one transaction. */
    void tell(List<Event> events) {
        application
                .getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> application.getBean(Outbox.class).append(events));
    }

    /** What a meter counts; with a tag, or an empty text for none. */
    double measured(String meter, String tag, String value) {
        var found = application.getBean(MeterRegistry.class).get(meter);
        return (tag.isEmpty() ? found : found.tag(tag, value))
                .meter()
                .measure()
                .iterator()
                .next()
                .getValue();
    }

    /** Begins to delete every pod there is. */
    void deletePods() {
        for (JsonNode pod : get("/v2/pods").json()) {
            delete("/v2/pods" + pod.get("id").asString() + "?force=true");
        }
    }

    /** Deletes every pod, and returns when none is left. */
    void clear() {
        deletePods();
        soon().until(() -> {
            boolean empty = get("/v2/pods").json().isEmpty();
            if (!empty && deployments().isEmpty()) {
                // More than may run at the same time.
                deletePods();
            }
            return empty;
        });
    }

    @Override
    public void close() {
        application.close();
        try {
            FileSystemUtils.deleteRecursively(directory);
            if (ownDatabase != null) {
                ownDatabase.close();
            }
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
