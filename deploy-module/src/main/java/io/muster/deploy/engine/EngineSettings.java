package io.muster.deploy.engine;

import io.muster.deploy.model.InstanceInput.Patience;
import java.time.Duration;
import java.util.Optional;

/**
 * How the engine works.
 *
 * @param mailbox how many inputs may wait
 * @param batch how many inputs, and how many kill requests, one round takes at most
 * @param requests how many instances one round tries to place at most
 * @param killsAtOnce how many instances are being killed at a time
 * @param launchTokens how many instances may be launched before earlier ones run; 0 for any number
 * @param launchTokenRefresh after which time as many may be launched again, whatever came of the earlier ones
 * @param poll how often it looks for accepted deployments and kill requests though nobody called
 * @param orphanGrace how long tasks that belong to no instance, and reservations, are left alone; empty for ever
 * @param reservationTimeout how long Mesos may not show what was to be reserved
 */
public record EngineSettings(
        int mailbox,
        int batch,
        int requests,
        int killsAtOnce,
        int launchTokens,
        Duration launchTokenRefresh,
        Duration poll,
        Patience patience,
        Optional<Duration> orphanGrace,
        Duration reservationTimeout) {

    public EngineSettings {
        if (killsAtOnce < 1) {
            throw new IllegalArgumentException("muster.engine.kills-at-once must be at least 1, not " + killsAtOnce);
        }
        if (launchTokens < 0) {
            throw new IllegalArgumentException("muster.engine.launch-tokens must be 0 or more, not " + launchTokens);
        }
        if (launchTokenRefresh.isNegative() || launchTokenRefresh.isZero()) {
            throw new IllegalArgumentException(
                    "muster.engine.launch-token-refresh must be positive, not " + launchTokenRefresh);
        }
        if (!reservationTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "muster.mesos.reservation-timeout must be positive, not " + reservationTimeout);
        }
    }

    public static EngineSettings defaults() {
        return new EngineSettings(
                10_000,
                1_000,
                1_000,
                100,
                0,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(5)),
                Optional.of(Duration.ofMinutes(10)),
                Duration.ofSeconds(20));
    }
}
