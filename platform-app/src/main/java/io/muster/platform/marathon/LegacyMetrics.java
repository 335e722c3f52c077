package io.muster.platform.marathon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.muster.platform.marathon.WorldCounts.Counts;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** The metrics of Marathon that there is something true to say in, by its names (Marathon, metrics.md). */
@Component
class LegacyMetrics {

    private static final String PREFIX = "marathon.";

    private final MeterRegistry registry;
    private final WorldCounts counts;

    LegacyMetrics(MeterRegistry registry, WorldCounts counts) {
        this.registry = registry;
        this.counts = counts;
    }

    /** By name, in order. */
    Map<String, Double> gauges() {
        Counts now = counts.now();
        Map<String, Double> gauges = new TreeMap<>();
        put(gauges, "apps.active.gauge", 0);
        put(gauges, "pods.active.gauge", now.pods());
        put(gauges, "groups.active.gauge", now.groups());
        put(gauges, "deployments.active.gauge", now.deployments());
        put(gauges, "instances.running.gauge", now.running());
        put(gauges, "instances.staged.gauge", now.staged());
        put(
                gauges,
                "instances.inflight-kills.gauge",
                sum(registry.find("muster.kills.open").gauges()));
        put(gauges, "uptime.gauge.seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        put(
                gauges,
                "http.requests.active.gauge",
                registry.find("http.server.requests.active").longTaskTimers().stream()
                        .mapToInt(LongTaskTimer::activeTasks)
                        .sum());
        return gauges;
    }

    /** By name, in order. */
    Map<String, Double> counters() {
        Map<String, Double> counters = new TreeMap<>();
        put(counters, "mesos.offers.incoming.counter", counted("muster.mesos.offers.received"));
        put(counters, "mesos.offers.declined.counter", counted("muster.mesos.offers.declined"));
        put(counters, "mesos.offer-operations.launch-group.counter", counted("muster.mesos.launches"));
        return counters;
    }

    /** How many answers there were, by name, in order. */
    Map<String, Double> meters() {
        Map<String, Double> meters = new TreeMap<>();
        for (int hundreds = 1; hundreds <= 5; hundreds++) {
            String first = Integer.toString(hundreds);
            double answers = requests().stream()
                    .filter(timer ->
                            String.valueOf(timer.getId().getTag("status")).startsWith(first))
                    .mapToLong(Timer::count)
                    .sum();
            put(meters, "http.responses." + first + "xx.rate.meter", answers);
        }
        return meters;
    }

    /**
     * Requests of all kinds.
     *
     * @param mean in seconds
     * @param max in seconds, of late
     */
    record Requests(long count, double mean, double max) {}

    Map<String, Requests> timers() {
        long count = requests().stream().mapToLong(Timer::count).sum();
        double total = requests().stream()
                .mapToDouble(timer -> timer.totalTime(TimeUnit.SECONDS))
                .sum();
        double max = requests().stream()
                .mapToDouble(timer -> timer.max(TimeUnit.SECONDS))
                .max()
                .orElse(0);
        return Map.of(
                PREFIX + "http.requests.duration.timer.seconds",
                new Requests(count, count == 0 ? 0 : total / count, max));
    }

    private Collection<Timer> requests() {
        return registry.find("http.server.requests").timers();
    }

    private double counted(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static double sum(Collection<Gauge> gauges) {
        return gauges.stream().mapToDouble(Gauge::value).sum();
    }

    private static void put(Map<String, Double> metrics, String name, double value) {
        metrics.put(PREFIX + name, value);
    }
}
