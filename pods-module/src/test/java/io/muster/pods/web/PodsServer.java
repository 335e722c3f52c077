package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.db.testing.TestDatabase;
import io.muster.events.EventsModule;
import io.muster.history.HistoryModule;
import io.muster.history.PodId;
import io.muster.pods.FakeRollouts;
import io.muster.pods.PodsModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The web API on a free port of the loopback interface, with a database of its own and fake rollouts. */
final class PodsServer implements AutoCloseable {

    @EnableAutoConfiguration
    @Import({
        HistoryModule.class,
        EventsModule.class,
        PodsModule.class,
        FakeRollouts.class,
        StatusElsewhere.class,
        StatementCounter.class
    })
    static class Application {

        @Bean
        InstantSource clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }
    }

    /** Stands for a controller of another module. */
    @RestController
    static class StatusElsewhere {

        @GetMapping(path = "/v2/pods/{id:[^:]+}::status", produces = MediaType.APPLICATION_JSON_VALUE)
        JsonNode one(@PathVariable("id") String id) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("statusOf", PodId.of(id).text());
        }

        @GetMapping(path = "/v2/pods/::status", produces = MediaType.APPLICATION_JSON_VALUE)
        List<String> all() {
            return List.of("all");
        }

        @GetMapping("/v2/broken")
        String broken() {
            throw new IllegalStateException("secret detail");
        }
    }

    /** An answer; the body is missing where none was sent. */
    record Answer(int status, JsonNode body, HttpResponse<String> http) {

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        String message() {
            return body.path("message").asString("");
        }

        String version() {
            return body.path("version").asString("");
        }

        Answer expect(int expected) {
            assertThat(status).as(http.body()).isEqualTo(expected);
            return this;
        }
    }

    final TestDatabase database = TestDatabase.create();
    private final ConfigurableApplicationContext context;
    final HttpClient client = HttpClient.newHttpClient();
    final FakeRollouts rollouts;
    final int port;

    PodsServer(Map<String, String> settings) {
        var properties = new HashMap<String, Object>(database.springProperties());
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.put("spring.jpa.open-in-view", "false");
        // As in the application: it would read the bodies of forms.
        properties.put("spring.mvc.formcontent.filter.enabled", "false");
        properties.putAll(settings);
        context = new SpringApplicationBuilder(Application.class)
                .properties(properties)
                .run();
        rollouts = context.getBean(FakeRollouts.class);
        port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String text = response.body();
            JsonNode body = text.isEmpty()
                    ? JsonNodeFactory.instance.missingNode()
                    : JsonMapper.shared().readTree(text);
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Answer get(String path) {
        return send(request(path));
    }

    Answer post(String path, String json) {
        return send(json(request(path)).POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer put(String path, String json) {
        return send(json(request(path)).PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json; charset=utf-8");
    }

    void complete(String id) {
        rollouts.complete(PodId.of(id));
    }

    /** The running deployment. */
    String lockOf(String id) {
        return rollouts.holder(PodId.of(id))
                .map(holder -> holder.deployment().toString())
                .orElse("");
    }

    @Override
    public void close() throws SQLException {
        client.close();
        context.close();
        database.close();
    }
}
