package io.muster.deploy.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.deploy.cluster.Clusters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs one engine for one term of leadership, on the thread that calls it. */
@Component
public class EngineRun {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    private final EngineStore store;
    private final Clusters clusters;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final MeterRegistry meters;
    private final EngineBell bell;
    private volatile Optional<String> refusal = Optional.empty();

    EngineRun(
            EngineStore store,
            Clusters clusters,
            EngineSettings settings,
            InstantSource clock,
            Supplier<UUID> ids,
            MeterRegistry meters,
            EngineBell bell) {
        this.store = store;
        this.clusters = clusters;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.meters = meters;
        this.bell = bell;
    }

    /** Why Mesos will not have this framework any more, in the present term. */
    public Optional<String> refusal() {
        return refusal;
    }

    /**
     * Leads until the term is over, the epoch is fenced or the thread is interrupted. Rounds that fail are repeated from
     * what is stored, with a growing pause.
     *
     * @param over whether to stop; asked between rounds
     */
    public void lead(long epoch, SendPermit permit, BooleanSupplier over) throws InterruptedException {
        Mailbox mailbox = new Mailbox(settings.mailbox());
        Cluster cluster = clusters.open();
        Engine engine = new Engine(store, cluster, settings, clock, ids, meters, epoch);
        bell.onRing(mailbox::wake);
        cluster.start(mailbox, engine.world().framework(), permit);
        try {
            rounds(engine, mailbox, over);
        } catch (FencedException fenced) {
            LOG.warn("stepping down: {}", fenced.getMessage());
        } finally {
            bell.nobodyListens();
            cluster.stop();
        }
    }

    private void rounds(Engine engine, Mailbox mailbox, BooleanSupplier over) throws InterruptedException {
        Duration backOff = FIRST_BACK_OFF;
        boolean stale = false;
        while (!over.getAsBoolean()) {
            Duration wait = stale ? backOff : shorter(engine.idleTime(), LONGEST_WAIT);
            List<EngineInput> inputs = mailbox.drain(settings.batch(), wait);
            refusal = mailbox.refusal();
            try {
                if (stale) {
                    engine.reload();
                    stale = false;
                }
                engine.step(inputs);
                backOff = FIRST_BACK_OFF;
            } catch (FencedException fenced) {
                throw fenced;
            } catch (OvertakenException overtaken) {
                LOG.info("deciding anew: {}", overtaken.getMessage());
                stale = true;
            } catch (RuntimeException failed) {
                LOG.error("a round failed; the next one starts from what is stored", failed);
                meters.counter("muster.engine.rounds.failed").increment();
                stale = true;
                backOff = shorter(backOff.multipliedBy(2), LONGEST_BACK_OFF);
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
