package io.muster.deploy.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of the engine, over all its terms in this process. */
final class EngineMeters {

    private static final Duration[] WORK = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };
    private static final Duration[] WAITING = {
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6)
    };

    private final MeterRegistry registry;
    private final Timer rounds;
    private final Timer commits;
    private final Timer ready;
    private final Counter inputs;
    private final Counter duplicates;
    private final Counter strangers;
    private final Counter turnedAway;
    private final Counter retriedKills;
    private final AtomicInteger orphans = new AtomicInteger();
    private final AtomicInteger openKills = new AtomicInteger();

    EngineMeters(MeterRegistry registry) {
        this.registry = registry;
        rounds = timer("muster.engine.round", "rounds of the engine", WORK).register(registry);
        commits = timer("muster.engine.commit", "how long it took to store a round", WORK)
                .register(registry);
        ready = timer("muster.instances.ready", "from when an instance was wanted until it was ready", WAITING)
                .register(registry);
        inputs = registry.counter("muster.engine.inputs");
        duplicates = registry.counter("muster.engine.reports.duplicate");
        strangers = registry.counter("muster.engine.reports.unknown");
        turnedAway = Counter.builder("muster.orphans.overflow")
                .description("how often an orphan was told of while there was no room for it")
                .register(registry);
        retriedKills = Counter.builder("muster.kills.retried")
                .description("how often an instance or an orphan was killed again since it had not ended")
                .register(registry);
        registry.gauge("muster.orphans", orphans);
        registry.gauge("muster.kills.open", openKills);
    }

    Timer rounds() {
        return rounds;
    }

    private static Timer.Builder timer(String name, String description, Duration... buckets) {
        return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
    }

    Timer commits() {
        return commits;
    }

    /** What became ready, and which deployments ended, in a round of that time. */
    void stored(Changes changes, Instant now) {
        changes.instances().stream()
                .filter(instance -> now.equals(instance.readySince()))
                .map(Instance::scheduledAt)
                .forEach(wanted -> ready.record(Duration.between(wanted, now)));
        for (Deployment deployment : changes.deployments()) {
            outcome(deployment.state())
                    .ifPresent(outcome -> timer("muster.deployments.duration", "of deployments that ended", WAITING)
                            .tag("kind", deployment.kind().name().toLowerCase(Locale.ROOT))
                            .tag("outcome", outcome)
                            .register(registry)
                            .record(Duration.between(deployment.createdAt(), now)));
        }
    }

    private static Optional<String> outcome(DeploymentState state) {
        return switch (state) {
            case DeploymentState.Submitted _, DeploymentState.Rolling _, DeploymentState.Paused _ -> Optional.empty();
            case DeploymentState.Succeeded _ -> Optional.of("succeeded");
            case DeploymentState.Superseded _ -> Optional.of("superseded");
            case DeploymentState.RolledBack _ -> Optional.of("rolled_back");
            case DeploymentState.Cancelled _ -> Optional.of("cancelled");
            case DeploymentState.Failed _ -> Optional.of("failed");
        };
    }

    void inputs(int count) {
        inputs.increment(count);
    }

    void duplicate() {
        duplicates.increment();
    }

    /** Reports about tasks that belong to no instance, and may still run. */
    void strangers(int count) {
        strangers.increment(count);
    }

    void turnedAway(int count) {
        turnedAway.increment(count);
    }

    void retriedKills(int count) {
        retriedKills.increment(count);
    }

    /** How many there are now. */
    void present(int orphansNow, int killsNow) {
        orphans.set(orphansNow);
        openKills.set(killsNow);
    }
}
