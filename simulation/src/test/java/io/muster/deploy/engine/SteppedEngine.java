package io.muster.deploy.engine;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.deploy.cluster.ClusterListener;
import io.muster.deploy.cluster.Dismissal;
import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** The engine of one term and its mailbox, without the thread: whoever holds it lets it step. */
public final class SteppedEngine {

    private final Engine engine;
    private final Mailbox mailbox;
    private final Cluster cluster;
    private final int batch;

    /**
     * Loads what is stored.
     *
     * @throws RuntimeException if it cannot be loaded
     */
    public SteppedEngine(
            EngineStore store,
            Cluster cluster,
            EngineSettings settings,
            Decisions decisions,
            InstantSource clock,
            Supplier<UUID> ids,
            long epoch) {
        this.cluster = cluster;
        this.batch = settings.batch();
        mailbox = new Mailbox(settings.mailbox());
        var meters = new EngineMeters(new CompositeMeterRegistry());
        engine = new Engine(store, cluster, settings, decisions, clock, ids, meters, epoch);
    }

    /** Whether tasks are stored, but not the id they run under. */
    public boolean lacksFrameworkId() {
        return engine.lacksFrameworkId();
    }

    /**
     * Subscribes, and keeps doing so.
     *
     * @param onInput called after each input that came to the mailbox
     */
    public void start(SendPermit permit, Runnable onInput) {
        cluster.start(new Ear(mailbox, onInput), engine.world().framework(), permit);
    }

    /** As the bell does after an accepted change. */
    public void wake() {
        mailbox.wake();
    }

    /** How long nothing needs to be done if no input comes. */
    public Duration idleTime() {
        return mailbox.size() > 0 ? Duration.ZERO : engine.idleTime();
    }

    /** One round with what waits, as {@link Engine#step}. */
    public void step() {
        try {
            engine.step(mailbox.drain(batch, Duration.ZERO));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    public void reload() {
        engine.reload();
    }

    /** Why it cannot go on; empty while it can. */
    public Optional<String> dismissed() {
        return mailbox.dismissed().map(dismissed -> dismissed.why() + ": " + dismissed.message());
    }

    private record Ear(Mailbox mailbox, Runnable onInput) implements ClusterListener {

        @Override
        public void onSubscribed(FrameworkId id, String master) {
            mailbox.onSubscribed(id, master);
            onInput.run();
        }

        @Override
        public void onDisconnected(String reason) {
            mailbox.onDisconnected(reason);
            onInput.run();
        }

        @Override
        public void onOffers() {
            mailbox.onOffers();
            onInput.run();
        }

        @Override
        public void onStatus(StatusReport report) {
            mailbox.onStatus(report);
            onInput.run();
        }

        @Override
        public void onMessage(ExecutorMessage message) {
            mailbox.onMessage(message);
            onInput.run();
        }

        @Override
        public void onRefused(Dismissal why, String message) {
            mailbox.onRefused(why, message);
            onInput.run();
        }
    }
}
