package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What operators and their scrapers ask the process. */
@ExtendWith(Servers.class)
class MetricsAndLoggingTest {

    private static final String LOGGER = "io.muster.deploy.leadership.Leadership";

    private final Server server;

    MetricsAndLoggingTest(Server server) {
        this.server = server;
    }

    @Test
    void metricsHaveTheFormOfDropwizardAndTheNamesOfMarathon() {
        JsonNode metrics = server.get("/metrics").expect(200).json();

        assertThat(metrics.propertyNames())
                .containsExactly("version", "gauges", "counters", "histograms", "meters", "timers");
        assertThat(metrics.at("/gauges/marathon.apps.active.gauge/value").asInt(-1))
                .isZero();
        for (String gauge : new String[] {"pods", "groups", "deployments"}) {
            assertThat(metrics.at("/gauges/marathon." + gauge + ".active.gauge/value")
                            .isNumber())
                    .as(gauge)
                    .isTrue();
        }
        assertThat(metrics.at("/gauges/marathon.uptime.gauge.seconds/value").asDouble())
                .isPositive();
        assertThat(metrics.at("/gauges/muster.leader/value").asInt(-1)).isEqualTo(1);
        assertThat(metrics.at("/counters/marathon.mesos.offers.incoming.counter/count")
                        .asLong(-1))
                .isPositive();
        assertThat(metrics.at("/meters/marathon.http.responses.2xx.rate.meter/count")
                        .asLong(-1))
                .isPositive();
        assertThat(metrics.at("/timers/marathon.http.requests.duration.timer.seconds/mean")
                        .asDouble())
                .isPositive();
    }

    @Test
    void gaugesFollowWhatThereIs() {
        server.deploy(Pod.of("/metrics/one/two"));

        soon().until(() -> {
            JsonNode gauges = server.get("/metrics").json().get("gauges");
            return gauges.at("/marathon.pods.active.gauge/value").asInt() >= 1
                    && gauges.at("/marathon.groups.active.gauge/value").asInt() >= 3
                    && gauges.at("/marathon.instances.running.gauge/value").asInt() >= 1;
        });
        server.delete("/v2/pods/metrics/one/two");
    }

    @Test
    void prometheusFindsTheNamesOfMarathonAndOurs() {
        Answer text = server.send("GET", "/metrics/prometheus", Map.of("Accept", "text/plain"), null);

        assertThat(text.expect(200).header("Content-Type").orElse("")).startsWith("text/plain");
        assertThat(text.body())
                .contains("# TYPE marathon_deployments_active_gauge gauge\nmarathon_deployments_active_gauge ")
                .contains("marathon_instances_inflight_kills_gauge ")
                .contains("muster_leader");
        Answer own = server.send("GET", "/actuator/prometheus", Map.of("Accept", "text/plain"), null);
        assertThat(own.expect(200).body()).contains("muster_leader").doesNotContain("marathon_");
    }

    private Answer level(String body) {
        return server.send("POST", "/logging", Map.of("Content-Type", "application/json"), body.replace('\'', '"'));
    }

    private String level() {
        return server.get("/logging").expect(200).json().get(LOGGER).asString();
    }

    @Test
    void levelOfALoggerIsChangedForAWhile() {
        String before = level();

        Answer changed = level("{'logger': '" + LOGGER + "', 'level': 'debug', 'durationSeconds': 1}");

        assertThat(changed.expect(200).json())
                .isEqualTo(Pod.json("{'level': 'DEBUG', 'logger': '" + LOGGER + "', 'durationSeconds': 1}"));
        assertThat(level()).isEqualTo("DEBUG");
        level("{'logger': '" + LOGGER + "', 'level': 'trace', 'durationSeconds': 1}")
                .expect(200);
        soon().until(() -> level().equals(before));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'logger': 'no.such.logger', 'level': 'debug'}                    | 422 | logger must be
            {'level': 'debug'}                                                | 422 | logger must be
            {'logger': 'ROOT', 'level': 'loud'}                               | 422 | level must be
            {'logger': 'ROOT', 'level': 'info', 'durationSeconds': 0}         | 422 | durationSeconds
            {'logger': 'ROOT', 'level': 'info', 'durationSeconds': 100000000} | 422 | durationSeconds
            {                                                                 | 400 | Invalid JSON
            """)
    void levelsThatMakeNoSenseAreRefused(String body, int status, String message) {
        assertThat(level(body).expect(status).message()).contains(message);
    }

    @Test
    void rootAndDescriptionLeadOn() {
        assertThat(server.send("GET", "/", Map.of("Accept", "text/html, */*"), null)
                        .expect(200)
                        .body())
                .contains("/v2/pods", "/swagger-ui.html");
        assertThat(server.send("GET", "/public/api", Map.of(), null)
                        .expect(302)
                        .header("Location")
                        .orElse(""))
                .endsWith("/swagger-ui.html");
        server.get("/config").expect(404);
    }
}
