package io.muster.platform.marathon;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /metrics}, where scrapers of a Marathon look: as JSON in the form of Dropwizard (its MetricsModule.java), and as
 * text for Prometheus.
 */
@RestController
class MetricsController {

    /** Of the form, as Dropwizard counts it. */
    private static final String FORM = "4.0.0";

    private final LegacyMetrics legacy;
    private final MeterRegistry own;
    private final ObjectProvider<PrometheusMeterRegistry> exported;
    private final MetricsSettings settings;

    MetricsController(
            LegacyMetrics legacy,
            MeterRegistry own,
            ObjectProvider<PrometheusMeterRegistry> exported,
            MetricsSettings settings) {
        this.legacy = legacy;
        this.own = own;
        this.exported = exported;
        this.settings = settings;
    }

    @GetMapping(path = "/metrics", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode json() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("version", FORM);
        ObjectNode gauges = document.putObject("gauges");
        ObjectNode counters = document.putObject("counters");
        document.putObject("histograms");
        ObjectNode meters = document.putObject("meters");
        ObjectNode timers = document.putObject("timers");
        own.forEachMeter(meter -> {
            if (meter.getId().getName().startsWith("muster.")
                    && meter.getId().getTags().isEmpty()) {
                meter.use(
                        gauge -> gauges.putObject(gauge.getId().getName()).put("value", gauge.value()),
                        counter -> counters.putObject(counter.getId().getName()).put("count", (long) counter.count()),
                        timer -> timers.putObject(timer.getId().getName()).put("count", timer.count()),
                        summary -> {},
                        task -> {},
                        gauge -> {},
                        counter -> {},
                        timer -> {},
                        other -> {});
            }
        });
        if (settings.legacyNames()) {
            double uptime = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
            legacy.gauges().forEach((name, value) -> gauges.putObject(name).put("value", value));
            legacy.counters().forEach((name, value) -> counters.putObject(name).put("count", value.longValue()));
            legacy.meters()
                    .forEach((name, count) -> meters.putObject(name)
                            .put("count", count.longValue())
                            .put("mean_rate", count / uptime)
                            .put("units", "events/second"));
            legacy.timers()
                    .forEach((name, requests) -> timers.putObject(name)
                            .put("count", requests.count())
                            .put("max", requests.max())
                            .put("mean", requests.mean())
                            .put("mean_rate", requests.count() / uptime)
                            .put("duration_units", "seconds")
                            .put("rate_units", "calls/second"));
        }
        return document;
    }

    /** The names of Marathon, and what {@code /actuator/prometheus} shows, unless that is switched off. */
    @GetMapping(path = "/metrics/prometheus", produces = "text/plain;version=0.0.4;charset=utf-8")
    String text() {
        StringBuilder text = new StringBuilder();
        if (settings.legacyNames()) {
            write(legacy.gauges(), "gauge", text);
            write(legacy.counters(), "counter", text);
            write(legacy.meters(), "counter", text);
        }
        exported.ifAvailable(registry -> text.append(registry.scrape()));
        return text.toString();
    }

    private static void write(Map<String, Double> metrics, String type, StringBuilder text) {
        metrics.forEach((name, value) -> {
            String legal = name.replace('.', '_').replace('-', '_');
            text.append("# TYPE ").append(legal).append(' ').append(type).append('\n');
            text.append(legal).append(' ').append(value).append('\n');
        });
    }
}
