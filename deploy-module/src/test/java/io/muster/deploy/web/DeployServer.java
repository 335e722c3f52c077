package io.muster.deploy.web;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.db.testing.TestDatabase;
import io.muster.deploy.DeployModule;
import io.muster.deploy.cluster.Clusters;
import io.muster.deploy.engine.EngineSettings;
import io.muster.deploy.leadership.LeaderLease;
import io.muster.deploy.leadership.LeadershipSettings;
import io.muster.events.EventsModule;
import io.muster.history.HistoryModule;
import io.muster.pods.PodsModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API with an engine behind it and a {@link PromptCluster}; with a database of its own it leads. */
final class DeployServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @EnableAutoConfiguration
    @Import({HistoryModule.class, EventsModule.class, PodsModule.class, DeployModule.class, Statements.class})
    static class Application {

        @Bean
        PromptCluster cluster() {
            return new PromptCluster();
        }

        @Bean
        Clusters clusters(PromptCluster cluster) {
            return () -> cluster;
        }

        @Bean
        LeaderLease leaderLease(TestDatabase database) {
            return new LeaderLease(() -> database.appDataSource().getConnection());
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        EngineSettings engineSettings() {
            return EngineSettings.defaults();
        }

        @Bean
        LeadershipSettings leadershipSettings() {
            // For so long that no leader loses it on a machine that is busy with other tests.
            return new LeadershipSettings(
                    "test-" + UUID.randomUUID(),
                    () -> "127.0.0.1:0",
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2));
        }

        @Bean
        InstantSource clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }

        @Bean
        Supplier<UUID> ids() {
            return UUID::randomUUID;
        }
    }

    /** An answer; the body is missing where none was sent. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {

        String message() {
            return body.path("message").asString("");
        }
    }

    private final TestDatabase database;
    private final boolean ownsDatabase;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;
    final int port;

    DeployServer(Map<String, String> settings) {
        this(settings, TestDatabase.create(), true);
    }

    /** One of the replicas on this database, which stays when the replica is closed. */
    static DeployServer replica(TestDatabase database) {
        return new DeployServer(Map.of(), database, false);
    }

    private DeployServer(Map<String, String> settings, TestDatabase database, boolean ownsDatabase) {
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        var properties = new HashMap<String, Object>(database.springProperties());
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("spring.jpa.open-in-view", "false");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.putAll(settings);
        context = new SpringApplicationBuilder(Application.class)
                .properties(properties)
                .initializers(started -> started.getBeanFactory().registerSingleton("database", database))
                .run();
        port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            JsonNode json = response.body().isEmpty()
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(response.body());
            return new Answer(response.statusCode(), json, response);
        } catch (IOException unreachable) {
            throw new AssertionError(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    void awaitNoDeployment() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("/v2/deployments").body().isEmpty());
    }

    void awaitNoDeploymentOf(String pod) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get("/v2/deployments")
                        .body()
                        .valueStream()
                        .noneMatch(deployment ->
                                deployment.at("/affectedPods/0").asString().equals(pod)));
    }

    /** The ids that the status of the pod lists, in its order. */
    List<String> instances(String pod) {
        return get("/v2/pods" + pod + "::status")
                .body()
                .path("instances")
                .valueStream()
                .map(instance -> instance.get("id").asString())
                .toList();
    }

    @Override
    public void close() throws SQLException {
        client.close();
        context.close();
        if (ownsDatabase) {
            database.close();
        }
    }
}
