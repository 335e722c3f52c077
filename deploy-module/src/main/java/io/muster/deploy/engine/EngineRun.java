package io.muster.deploy.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.deploy.cluster.Clusters;
import io.muster.deploy.cluster.Dismissal;
import java.time.InstantSource;
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

    private final EngineStore store;
    private final Clusters clusters;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final MeterRegistry registry;
    private final EngineMeters meters;
    private final EngineBell bell;

    EngineRun(
            EngineStore store,
            Clusters clusters,
            EngineSettings settings,
            InstantSource clock,
            Supplier<UUID> ids,
            MeterRegistry registry,
            EngineBell bell) {
        this.store = store;
        this.clusters = clusters;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.registry = registry;
        this.meters = new EngineMeters(registry);
        this.bell = bell;
    }

    /**
     * Leads until the term is over, the epoch is fenced, the framework cannot go on or the thread is interrupted. Rounds
     * that fail are repeated from what is stored, with a growing pause.
     *
     * @param address where clients reach this process, host and port
     * @param over whether to stop; asked between rounds
     * @return why the framework cannot go on; empty if it can
     */
    public Optional<Dismissed> lead(long epoch, String address, SendPermit permit, BooleanSupplier over)
            throws InterruptedException {
        Mailbox running = new Mailbox(settings.mailbox());
        Cluster cluster = clusters.open();
        try {
            Engine engine = new Engine(store, cluster, settings, Decisions.usual(), clock, ids, meters, epoch);
            if (engine.lacksFrameworkId()) {
                return Optional.of(new Dismissed(
                        Dismissal.FRAMEWORK_ID_MISSING,
                        "instances are stored, but not the framework id that their tasks run under"));
            }
            engine.leads(address);
            bell.onRing(running::wake);
            cluster.start(running, engine.world().framework(), permit);
            BooleanSupplier done =
                    () -> over.getAsBoolean() || running.dismissed().isPresent();
            new EngineLoop(engine, running, settings.batch(), done, Thread::sleep, registry).run();
        } catch (FencedException fenced) {
            LOG.warn("stepping down: {}", fenced.getMessage());
        } finally {
            bell.nobodyListens();
            cluster.stop();
            meters.present(0, 0);
        }
        return running.dismissed();
    }
}
