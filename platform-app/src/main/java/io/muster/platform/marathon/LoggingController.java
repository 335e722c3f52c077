package io.muster.platform.marathon;

import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.JsonBodies;
import io.muster.pods.rest.Requests;
import jakarta.annotation.PreDestroy;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /logging}: levels of loggers of this process, for a while or for good (Marathon, SystemResource.scala). */
@RestController
@RequestMapping(path = "/logging", produces = MediaType.APPLICATION_JSON_VALUE)
class LoggingController {

    private static final Logger LOG = LoggerFactory.getLogger(LoggingController.class);
    private static final long LONGEST = Duration.ofDays(1).toSeconds();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final LoggingSystem logging;
    private final JsonBodies bodies;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("log-levels").factory());

    /** One for each logger at most, and a level is set only of loggers that there are. */
    private final Map<String, Revert> reverting = new ConcurrentHashMap<>();

    LoggingController(LoggingSystem logging, JsonBodies bodies) {
        this.logging = logging;
        this.bodies = bodies;
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }

    /** By name. A level that a logger has from the one above it says so. */
    @GetMapping
    Map<String, String> levels() {
        Map<String, String> levels = new TreeMap<>();
        for (LoggerConfiguration logger : logging.getLoggerConfigurations()) {
            levels.put(
                    logger.getName(),
                    logger.getConfiguredLevel() == null
                            ? logger.getEffectiveLevel() + " (inherited)"
                            : logger.getConfiguredLevel().name());
        }
        return levels;
    }

    @PostMapping
    ObjectNode change(HttpServletRequest request) throws IOException {
        JsonNode sent = read(bodies.read(request));
        String name = sent.path("logger").asString("");
        LogLevel level = level(sent.path("level").asString(""));
        LoggerConfiguration before = name.isEmpty() ? null : logging.getLoggerConfiguration(name);
        if (before == null) {
            throw ApiException.unprocessable(
                    "logger must be the name of one at GET /logging, not '" + Requests.echo(name) + "'");
        }
        Optional<Long> seconds = Optional.ofNullable(sent.get("durationSeconds"))
                .filter(duration -> !duration.isNull())
                .map(duration -> Requests.wholeNumber("durationSeconds", duration.asString(), 1, LONGEST));
        set(name, level, before.getConfiguredLevel(), seconds);
        ObjectNode answer =
                JsonNodeFactory.instance.objectNode().put("level", level.name()).put("logger", name);
        seconds.ifPresent(duration -> answer.put("durationSeconds", duration));
        return answer;
    }

    /** What comes back after the time is the level that nobody had set for a time only. */
    private synchronized void set(String name, LogLevel level, @Nullable LogLevel before, Optional<Long> seconds) {
        Revert earlier = reverting.remove(name);
        if (earlier != null) {
            earlier.task().cancel(false);
        }
        LogLevel lasting = earlier != null ? earlier.to() : before;
        LOG.info(
                "The level of {} is {}{}",
                name,
                level,
                seconds.map(s -> " for " + s + " s").orElse(""));
        logging.setLogLevel(name, level);
        seconds.ifPresent(duration -> reverting.put(
                name,
                new Revert(
                        lasting,
                        timer.schedule(() -> logging.setLogLevel(name, lasting), duration, TimeUnit.SECONDS))));
    }

    /** @param to absent for the level of the logger above */
    private record Revert(@Nullable LogLevel to, Future<?> task) {}

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            throw ApiException.badRequest("Invalid JSON", notJson.getOriginalMessage());
        }
    }

    private static LogLevel level(String text) {
        try {
            return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException other) {
            throw ApiException.unprocessable(
                    "level must be off, fatal, error, warn, info, debug or trace, not '" + Requests.echo(text) + "'");
        }
    }
}
