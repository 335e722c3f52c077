package io.muster.deploy.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.deploy.cluster.Clusters;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs one engine for one term of leadership, on the thread that calls it. */
@Component
public class EngineRun {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);

    private final EngineStore store;
    private final Clusters clusters;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final MeterRegistry meters;
    private final EngineBell bell;
    private volatile @Nullable Mailbox mailbox;

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
        Mailbox present = mailbox;
        return present == null ? Optional.empty() : present.refusal();
    }

    /**
     * Leads until the term is over, the epoch is fenced or the thread is interrupted. Rounds that fail are repeated from
     * what is stored, with a growing pause.
     *
     * @param over whether to stop; asked between rounds
     */
    public void lead(long epoch, SendPermit permit, BooleanSupplier over) throws InterruptedException {
        Mailbox running = new Mailbox(settings.mailbox());
        Cluster cluster = clusters.open();
        try {
            Engine engine = new Engine(store, cluster, settings, clock, ids, meters, epoch);
            mailbox = running;
            bell.onRing(running::wake);
            cluster.start(running, engine.world().framework(), permit);
            new EngineLoop(engine, running, settings.batch(), over, Thread::sleep, meters).run();
        } catch (FencedException fenced) {
            LOG.warn("stepping down: {}", fenced.getMessage());
        } finally {
            bell.nobodyListens();
            cluster.stop();
        }
    }
}
