package io.muster.deploy.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether offers are wanted, and what becomes of those at hand. They are for instances that wait, and are kept for a while
 * for those that a moving deployment will start soon; otherwise they are matched with nothing, which gives them back.
 */
final class OfferDemand {

    /**
     * For so long after its last move a deployment that will start more has offers kept at hand: asked for anew they would
     * come only as often as Mesos may be asked. One that is stuck does not keep them from others.
     */
    private static final Duration EXPECTATION = Duration.ofSeconds(5);

    private boolean atHand;
    private boolean requested;
    private boolean expected;
    private boolean told;
    private Instant expectedUntil = Instant.MIN;

    /** Nothing is offered any more, and nothing was told to this master. */
    void subscribed() {
        atHand = false;
        told = false;
    }

    void disconnected() {
        atHand = false;
    }

    void offered() {
        atHand = true;
    }

    /**
     * What a round has come to.
     *
     * @param requests whether instances wait that may be launched now
     * @param expects whether a deployment moved that will start more
     */
    void judge(boolean requests, boolean expects, Instant now) {
        if (expects) {
            expectedUntil = now.plus(EXPECTATION);
        }
        requested = requests;
        expected = expectedUntil.isAfter(now);
    }

    /** Whether the offers at hand are to be used, or to be given back. */
    boolean isToMatch() {
        return atHand && (requested || !expected);
    }

    /** They were; {@code more} says whether they may have room for others. */
    void matched(boolean more) {
        atHand = more;
    }

    /** When the offers that are kept must be looked at again; empty if there are none. */
    Optional<Instant> keptUntil() {
        return atHand && !isToMatch() ? Optional.of(expectedUntil) : Optional.empty();
    }

    /**
     * What Mesos must be told: whether offers are wanted, or wanted once more. Empty if it knows.
     *
     * @param requests whether instances wait still that may be launched now
     * @param otherwise whether they are wanted for something else
     * @param grew whether instances may be launched that could not before
     */
    Optional<Boolean> toTell(boolean requests, boolean otherwise, boolean grew) {
        requested = requests;
        boolean unmet = requests || otherwise;
        boolean wanted = unmet || expected;
        boolean news = wanted ? !told || (unmet && grew) : told;
        told = wanted;
        return news ? Optional.of(wanted) : Optional.empty();
    }
}
