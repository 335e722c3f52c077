package io.muster.events.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is counted of the streams of this process. */
final class StreamMeters {

    private final AtomicInteger open = new AtomicInteger();
    private final Map<CloseCause, Counter> closed;
    private final Counter refused;
    private final Counter bytes;
    private final Timer lag;
    private final Counter failures;

    StreamMeters(MeterRegistry registry, Ring ring) {
        Gauge.builder("muster.events.streams", open, AtomicInteger::get)
                .description("streams that are open")
                .register(registry);
        closed = Arrays.stream(CloseCause.values())
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        cause -> Counter.builder("muster.events.streams.closed")
                                .description("streams that ended, and why")
                                .tag("cause", cause.tag())
                                .register(registry)));
        refused = Counter.builder("muster.events.streams.refused")
                .description("requests that found no room for another stream")
                .register(registry);
        bytes = Counter.builder("muster.events.sent")
                .description("what was sent to all streams together")
                .baseUnit("bytes")
                .register(registry);
        lag = Timer.builder("muster.events.lag")
                .description("how old the newest event of a piece is when streams get to see it")
                .register(registry);
        failures = Counter.builder("muster.events.failures")
                .description("how often events could not be numbered or read")
                .register(registry);
        Gauge.builder("muster.events.ring.frames", ring, Ring::frames)
                .description("how many of the newest events are kept in memory")
                .register(registry);
        Gauge.builder("muster.events.ring.size", ring, Ring::bytes)
                .description("how large they are")
                .baseUnit("bytes")
                .register(registry);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed(CloseCause cause) {
        open.decrementAndGet();
        Objects.requireNonNull(closed.get(cause)).increment();
    }

    void refused() {
        refused.increment();
    }

    void sent(long count) {
        bytes.increment((double) count);
    }

    void published(Duration age) {
        lag.record(age.isNegative() ? Duration.ZERO : age);
    }

    void failed() {
        failures.increment();
    }
}
