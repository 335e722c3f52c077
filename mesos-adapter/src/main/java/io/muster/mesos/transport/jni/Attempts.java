package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to try next: an immutable state and its steps. The pauses grow with the failures in a row, and are forgotten only
 * after a subscription that lasted, since one that breaks at once is as good as none.
 *
 * @param failures in a row
 * @param subscribedAt absent while there is no subscription
 */
record Attempts(Backoff backoff, int failures, @Nullable Instant subscribedAt) {

    static Attempts with(Backoff backoff) {
        return new Attempts(backoff, 0, null);
    }

    Attempts subscribed(Instant now) {
        return new Attempts(backoff, failures, now);
    }

    /** The attempt failed, or the subscription ended. */
    Attempts ended(Instant now) {
        boolean lasted =
                subscribedAt != null && Duration.between(subscribedAt, now).compareTo(backoff.longest()) >= 0;
        return new Attempts(backoff, lasted ? 0 : failures + 1, null);
    }

    Duration pause(RandomGenerator random) {
        return backoff.pause(failures, random);
    }
}
