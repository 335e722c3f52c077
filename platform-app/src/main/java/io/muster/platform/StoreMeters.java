package io.muster.platform;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What there is of deployments and instances, counted once in ten seconds at most. Every replica says the same, so whoever
 * adds these up over replicas is wrong. A database that does not answer must not keep the other metrics back: then these are
 * not a number.
 */
@Component
class StoreMeters implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(StoreMeters.class);

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

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
    private Counts known = Counts.UNKNOWN;
    private CompletableFuture<Counts> counting = CompletableFuture.completedFuture(known);
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
    record Counts(
            double deployments, double oldest, double waiting, double staged, double running, double unreachable) {
        static final Counts UNKNOWN =
                new Counts(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

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

    private synchronized Counts now() {
        if (!clock.instant().isBefore(until)) {
            if (counting.isDone()) {
                counting = CompletableFuture.supplyAsync(this::count, Thread::startVirtualThread);
            }
            known = await(counting);
            until = clock.instant().plus(FRESH);
        }
        return known;
    }

    private Counts count() {
        return jdbc.sql(COUNTS).query(Counts.class).single();
    }

    private static Counts await(CompletableFuture<Counts> counting) {
        try {
            return counting.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.debug("deployments and instances cannot be counted", unknown);
            return Counts.UNKNOWN;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Counts.UNKNOWN;
        }
    }
}
