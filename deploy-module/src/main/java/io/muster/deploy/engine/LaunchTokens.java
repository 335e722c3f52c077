package io.muster.deploy.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How many instances may be launched before those launched earlier have come up: a bucket that is full again after each
 * interval and gets one back with each instance that runs (Marathon, OfferMatcherManagerActor.scala). Without a limit it
 * always has enough.
 */
final class LaunchTokens {

    private final int capacity;
    private final Duration refresh;
    private int left;
    private Instant refilledAt = Instant.MIN;

    /** @param capacity 0 for no limit */
    LaunchTokens(int capacity, Duration refresh) {
        this.capacity = capacity;
        this.refresh = refresh;
        this.left = capacity;
    }

    /** How many may be launched now. */
    int left(Instant now) {
        if (capacity == 0) {
            return Integer.MAX_VALUE;
        }
        if (refilledAt.equals(Instant.MIN) || !refilledAt.plus(refresh).isAfter(now)) {
            refilledAt = now;
            left = capacity;
        }
        return left;
    }

    void launched(int instances) {
        left = Math.max(0, left - instances);
    }

    void running(int instances) {
        left = Math.min(capacity, left + instances);
    }

    /** When the bucket is full again: later than now, or empty if something is left. */
    Optional<Instant> refillAt(Instant now) {
        return left(now) > 0 ? Optional.empty() : Optional.of(refilledAt.plus(refresh));
    }
}
