package io.muster.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether offers are wanted, and what Mesos must be told of it. A revive lifts all declines, but a decline that is on
 * its way may be set after it; therefore it is repeated, never more often than once in an interval. Immutable.
 *
 * @param revivesLeft how many are still to be sent
 * @param lastRevive absent before the first of a subscription
 */
record OfferInterest(
        Pace pace,
        boolean wanted,
        int revivesLeft,
        @Nullable Instant lastRevive) {

    /**
     * @param interval between two revives
     * @param repetitions of a revive, itself included
     */
    record Pace(Duration interval, int repetitions) {}

    /** What Mesos is to be told. */
    enum Order {
        REVIVE,
        SUPPRESS
    }

    /**
     * What follows from one input.
     *
     * @param orders at most one
     * @param wakeAt when {@link #tick} has something to do next
     */
    record Decision(OfferInterest next, List<Order> orders, Optional<Instant> wakeAt) {}

    static OfferInterest none(Pace pace) {
        return new OfferInterest(pace, false, 0, null);
    }

    /** Offers are wanted, or more than before: declines are lifted each time it is said. Not wanted: said once. */
    Decision want(boolean offers, Instant now) {
        if (offers) {
            return new OfferInterest(pace, true, pace.repetitions(), lastRevive).tick(now);
        }
        return wanted
                ? new OfferInterest(pace, false, 0, lastRevive).decision(List.of(Order.SUPPRESS))
                : decision(List.of());
    }

    /** A new subscription knows nothing of what the one before was told. */
    Decision subscribed(Instant now) {
        return wanted
                ? new OfferInterest(pace, true, pace.repetitions(), null).tick(now)
                : decision(List.of(Order.SUPPRESS));
    }

    /** Time has passed. */
    Decision tick(Instant now) {
        boolean due = lastRevive == null || !now.isBefore(lastRevive.plus(pace.interval()));
        return revivesLeft > 0 && due
                ? new OfferInterest(pace, wanted, revivesLeft - 1, now).decision(List.of(Order.REVIVE))
                : decision(List.of());
    }

    private Decision decision(List<Order> orders) {
        return new Decision(
                this,
                orders,
                revivesLeft > 0 && lastRevive != null
                        ? Optional.of(lastRevive.plus(pace.interval()))
                        : Optional.empty());
    }
}
