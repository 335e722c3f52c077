package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.MusterApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Muster in a JVM of its own, with everything embedded, so that it can be killed. */
final class MusterProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LAST_LINES = 40;
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private volatile int port;
    private final Path log;

    private MusterProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts with the data of this directory, and returns when it is ready to be used. */
    static MusterProcess start(Path directory) {
        return start(directory, Map.of());
    }

    /** The same with settings besides, which are given by the environment, as passwords should be. */
    static MusterProcess start(Path directory, Map<String, String> environment) {
        MusterProcess muster = launch(directory, environment);
        await().atMost(PATIENCE).until(muster::isReady);
        return muster;
    }

    /** Returns at once; the process may never become ready. */
    static MusterProcess launch(Path directory, Map<String, String> environment) {
        try {
            Path log = directory.resolve("muster.log");
            ProcessBuilder builder = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MusterApplication.class.getName(),
                            "--server.port=0",
                            "--muster.data-directory=" + directory)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new MusterProcess(builder.start(), log);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** The one that it chose, so that nobody else can take it in between; 0 until it has told. */
    private int toldPort() {
        return lines().stream()
                .filter(line -> line.contains(" " + process.pid() + " --- "))
                .map(PORT::matcher)
                .filter(Matcher::find)
                .map(told -> Integer.parseInt(told.group(1)))
                .findFirst()
                .orElse(0);
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("Muster ended by itself: " + lastWords());
        }
        if (port == 0) {
            port = toldPort();
        }
        try {
            return port != 0 && get("/actuator/health/readiness").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private String lastWords() {
        List<String> lines = lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    JsonNode json(String path) {
        return JSON.readTree(get(path).body());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    /** The ids of the deployments that run. */
    List<String> deployments() {
        return json("/v2/deployments")
                .valueStream()
                .map(deployment -> deployment.get("id").asString())
                .toList();
    }

    void awaitNoDeployment() {
        await().atMost(PATIENCE).until(() -> deployments().isEmpty());
    }

    Optional<String> version(String pod) {
        HttpResponse<String> response = get("/v2/pods" + pod);
        return response.statusCode() == 200
                ? Optional.of(json(response).get("version").asString())
                : Optional.empty();
    }

    /** With which it ends by itself. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE)).as(lastWords()).isTrue();
        return process.exitValue();
    }

    String log() {
        return String.join("\n", lines());
    }

    /** As {@code kill -9} does: nothing of the process gets to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As {@code kill} or Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Muster does not stop: " + lastWords());
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
