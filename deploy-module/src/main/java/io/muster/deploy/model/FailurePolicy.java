package io.muster.deploy.model;

import io.muster.pods.OnFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much a deployment may go wrong, and what is done then. Without limits it goes on for ever.
 *
 * @param timeout how long it may roll; absent for any time
 * @param maxFailures how many instances of the target may end by themselves; absent for any number
 */
public record FailurePolicy(
        OnFailure onFailure,
        @Nullable Duration timeout,
        @Nullable Integer maxFailures) {

    /** No limits. */
    public static final FailurePolicy NONE = new FailurePolicy(OnFailure.CONTINUE, null, null);

    /** When the time is over of a deployment that rolls since then. */
    public Optional<Instant> deadline(Instant since) {
        return Optional.ofNullable(timeout).map(since::plus);
    }

    /** The limit that a deployment is over, in words for people; empty if none. */
    public Optional<String> exceeded(Instant since, int failures, Instant now) {
        if (maxFailures != null && failures > maxFailures) {
            return Optional.of(failures + " instances ended by themselves, and no more than " + maxFailures + " may");
        }
        return deadline(since)
                .filter(deadline -> !deadline.isAfter(now))
                .map(deadline -> "it is not complete after " + (timeout == null ? 0 : timeout.toSeconds()) + " s");
    }
}
