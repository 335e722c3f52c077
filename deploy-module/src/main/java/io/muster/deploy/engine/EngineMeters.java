package io.muster.deploy.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of the engine, over all its terms in this process. */
final class EngineMeters {

    private final Timer rounds;
    private final Counter inputs;
    private final Counter duplicates;
    private final Counter strangers;
    private final Counter turnedAway;
    private final Counter retriedKills;
    private final AtomicInteger orphans = new AtomicInteger();
    private final AtomicInteger openKills = new AtomicInteger();

    EngineMeters(MeterRegistry registry) {
        rounds = registry.timer("muster.engine.round");
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
