package io.muster.deploy.leadership;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.engine.Dismissed;
import io.muster.deploy.engine.EngineRun;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Competes for the leadership as long as the process lives, and runs the engine while it has it. One thread competes and
 * leads; another renews the lease. Who is asked to step down ends the term, and competes again after a while. When the framework cannot go on it competes no longer, and publishes a {@link
 * Dismissed}.
 */
@Component
public class Leadership implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(12);

    private final LeaderLease lease;
    private final LeadershipSettings settings;
    private final EngineRun engine;
    private final ApplicationEventPublisher events;
    private final Counter failures;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread leader;
    private volatile @Nullable Term term;
    private volatile Optional<Dismissed> dismissed = Optional.empty();
    private volatile boolean askedToStepDown;

    Leadership(
            LeaderLease lease,
            LeadershipSettings settings,
            EngineRun engine,
            ApplicationEventPublisher events,
            MeterRegistry meters) {
        this.lease = lease;
        this.settings = settings;
        this.engine = engine;
        this.events = events;
        failures = Counter.builder("muster.leadership.failures")
                .description("how often the lease could not be asked for or renewed, or a term ended by a fault")
                .register(meters);
        Gauge.builder("muster.leader", this, self -> self.isLeading() ? 1 : 0)
                .description("1 while this process leads")
                .register(meters);
    }

    /** Whether this process leads now. */
    public boolean isLeading() {
        Term current = term;
        return current != null && !current.isOver();
    }

    /** Why this process will not lead again, and another should not either; empty while nothing is in the way. */
    public Optional<Dismissed> dismissed() {
        return dismissed;
    }

    @Override
    public void start() {
        leader = Thread.ofPlatform().name("muster-engine").start(this::compete);
    }

    @Override
    public void stop() {
        stopping.countDown();
        Thread running = leader;
        try {
            if (running != null && !running.join(LONGEST_GOODBYE)) {
                LOG.warn("the engine is interrupted: it did not come to the end of its round in {}", LONGEST_GOODBYE);
                running.interrupt();
                running.join(LONGEST_GOODBYE);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        lease.close();
    }

    @Override
    public boolean isRunning() {
        Thread running = leader;
        return running != null && running.isAlive();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void compete() {
        do {
            askedToStepDown = false;
            try {
                long askedAt = System.nanoTime();
                OptionalLong epoch = lease.acquire(settings.holder(), settings.ttl());
                if (epoch.isPresent()) {
                    lead(new Term(epoch.getAsLong(), settings.ttl(), settings.margin(), System::nanoTime, askedAt));
                }
            } catch (SQLException unreachable) {
                failures.increment();
                LOG.warn("cannot compete for the leadership: {}", unreachable.getMessage());
            } catch (InterruptedException stopped) {
                break;
            } catch (RuntimeException failed) {
                failures.increment();
                LOG.error("the term of leadership ended by a fault", failed);
            }
        } while (dismissed.isEmpty() && pause());
        dismissed.ifPresent(events::publishEvent);
    }

    private void lead(Term current) throws SQLException, InterruptedException {
        LOG.info("{} leads, epoch {}", settings.holder(), current.epoch());
        term = current;
        try (ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("muster-lease").factory())) {
            long period = settings.renewal().toMillis();
            ScheduledFuture<?> renewals =
                    renewal.scheduleAtFixedRate(() -> renew(current), period, period, TimeUnit.MILLISECONDS);
            try {
                String address = settings.address().get();
                lease.announce(settings.holder(), address);
                Optional<Dismissed> end =
                        engine.lead(current.epoch(), address, current, () -> current.isOver() || isStopping());
                // Whoever leads now has taken our place, and what we heard may be no more than that.
                dismissed = end.filter(why -> !current.isOver());
            } finally {
                renewals.cancel(false);
            }
        } finally {
            term = null;
            current.end();
            release();
        }
    }

    private void renew(Term current) {
        try {
            long askedAt = System.nanoTime();
            switch (lease.renew(settings.holder(), current.epoch(), settings.ttl())) {
                case PROLONGED -> current.renewed(askedAt);
                case ASKED_TO_STEP_DOWN -> {
                    LOG.info("{} was asked to step down", settings.holder());
                    askedToStepDown = true;
                    current.end();
                }
                case LOST -> {
                    LOG.warn("the lease was lost");
                    current.end();
                }
            }
        } catch (SQLException | RuntimeException failed) {
            failures.increment();
            LOG.warn("cannot renew the lease: {}", failed.toString());
        }
    }

    private void release() {
        try {
            lease.release(settings.holder());
            LOG.info("{} leads no longer", settings.holder());
        } catch (SQLException unreachable) {
            LOG.warn("cannot release the lease; it runs out by itself: {}", unreachable.getMessage());
        }
    }

    /** Waits until it is time to try again; false if the process stops. */
    private boolean pause() {
        try {
            Duration pause = askedToStepDown ? settings.abstention() : settings.poll();
            return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
