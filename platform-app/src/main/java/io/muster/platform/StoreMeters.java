package io.muster.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What there is of deployments and instances, counted once in ten seconds at most. Every replica says the same, so whoever
 * adds these up over replicas is wrong.
 */
@Component
class StoreMeters implements MeterBinder {

    private static final Duration FRESH = Duration.ofSeconds(10);

    private static final String COUNTS = """
            select
                (select count(*) from deployment where state in ('SUBMITTED', 'ROLLING', 'PAUSED')) as deployments,
                (select coalesce(extract(epoch from now() - min(created_at)), 0) from deployment
                    where state in ('SUBMITTED', 'ROLLING', 'PAUSED')) as oldest,
                count(*) filter (where condition = 'SCHEDULED') as waiting,
                count(*) filter (where condition in ('PROVISIONED', 'STAGING', 'STARTING')) as staged,
                count(*) filter (where condition = 'RUNNING') as running,
                count(*) filter (where condition in ('UNREACHABLE', 'UNREACHABLE_INACTIVE')) as unreachable
            from instance""";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private @Nullable Counts known;
    private Instant until = Instant.MIN;

    StoreMeters(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param oldest for how long the oldest of the deployments has been running, in seconds; 0 without any
     * @param waiting for an offer
     * @param staged Mesos was asked to launch them, and they do not run yet
     */
    record Counts(long deployments, double oldest, long waiting, long staged, long running, long unreachable) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("muster.deployments.active", Counts::deployments)
                .description("deployments that run or are paused")
                .register(registry);
        gauge("muster.deployments.oldest.age", Counts::oldest)
                .description("for how long the oldest of them has been running")
                .baseUnit("seconds")
                .register(registry);
        instances("waiting", Counts::waiting, registry);
        instances("staged", Counts::staged, registry);
        instances("running", Counts::running, registry);
        instances("unreachable", Counts::unreachable, registry);
    }

    private void instances(String condition, ToDoubleFunction<Counts> count, MeterRegistry registry) {
        gauge("muster.instances", count)
                .tag("condition", condition)
                .description("instances of all pods")
                .register(registry);
    }

    private Gauge.Builder<StoreMeters> gauge(String name, ToDoubleFunction<Counts> value) {
        return Gauge.builder(name, this, self -> value.applyAsDouble(self.now()));
    }

    /** Without a database there is no answer, and the metric has none either. */
    private synchronized Counts now() {
        Counts counts = known;
        if (counts == null || !clock.instant().isBefore(until)) {
            counts = jdbc.sql(COUNTS).query(Counts.class).single();
            known = counts;
            until = clock.instant().plus(FRESH);
        }
        return counts;
    }
}
