package io.muster.deploy.leadership;

import io.muster.deploy.cluster.Cluster.SendPermit;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One term of leadership, from the acquisition of the lease to its end. Judged by a monotonic clock of this process, and
 * earlier than the database would: whoever comes back from a pause finds that the term is over before acting.
 */
final class Term implements SendPermit {

    private final long epoch;
    private final long lifetimeNanos;
    private final LongSupplier nanoClock;
    private volatile long deadline;

    /**
     * A term that just began.
     *
     * @param askedAt the monotonic time immediately before the lease was asked for
     */
    Term(long epoch, Duration ttl, Duration margin, LongSupplier nanoClock, long askedAt) {
        this.epoch = epoch;
        this.nanoClock = nanoClock;
        lifetimeNanos = ttl.minus(margin).toNanos();
        deadline = askedAt + lifetimeNanos;
    }

    long epoch() {
        return epoch;
    }

    /** The lease was renewed by a request made then. */
    void renewed(long askedAt) {
        if (!isOver()) {
            deadline = askedAt + lifetimeNanos;
        }
    }

    /** The lease was lost. */
    void end() {
        deadline = nanoClock.getAsLong();
    }

    boolean isOver() {
        return nanoClock.getAsLong() - deadline >= 0;
    }

    @Override
    public boolean maySend() {
        return !isOver();
    }
}
