package io.muster.mesos.transport;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which master to try next, and when: an immutable state and its steps. All masters of the list are tried in turn; one
 * that is not the leader says who is. The pauses grow with the failures in a row, over all masters. They are forgotten
 * only after a subscription that lasted, since one that breaks at once is as good as none.
 *
 * @param next place in the list
 * @param leader where the last redirect leads; absent when the list is to be followed
 * @param redirects in a row
 * @param failures in a row
 * @param subscribedAt absent while there is no subscription
 */
record MasterSearch(
        List<URI> masters,
        Backoff backoff,
        int next,
        @Nullable URI leader,
        int redirects,
        int failures,
        @Nullable Instant subscribedAt) {

    static final int MOST_REDIRECTS = 5;

    MasterSearch {
        masters = List.copyOf(masters);
        if (masters.isEmpty()) {
            throw new IllegalArgumentException("no masters");
        }
    }

    static MasterSearch over(List<URI> masters, Backoff backoff) {
        return new MasterSearch(masters, backoff, 0, null, 0, 0, null);
    }

    /** The address to try now. */
    URI target() {
        return leader != null ? leader : masters.get(next);
    }

    /** Whether another redirect would be one too many. */
    boolean isLost() {
        return redirects >= MOST_REDIRECTS;
    }

    /** The target was not the leader but named it. That address is tried without a pause. */
    MasterSearch redirected(URI location) {
        return new MasterSearch(masters, backoff, next, location, redirects + 1, failures, null);
    }

    MasterSearch subscribed(Instant now) {
        return new MasterSearch(masters, backoff, next, leader, 0, failures, now);
    }

    /** The attempt failed, or the subscription ended. */
    MasterSearch ended(Instant now) {
        boolean lasted =
                subscribedAt != null && Duration.between(subscribedAt, now).compareTo(backoff.longest()) >= 0;
        int further = (next + 1) % masters.size();
        // The master that served so far is the best guess after a lasting subscription.
        return lasted
                ? new MasterSearch(masters, backoff, next, leader, 0, 0, null)
                : new MasterSearch(masters, backoff, further, null, 0, failures + 1, null);
    }

    Duration pause(RandomGenerator random) {
        return backoff.pause(failures, random);
    }
}
