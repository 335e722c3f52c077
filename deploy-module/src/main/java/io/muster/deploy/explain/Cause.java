package io.muster.deploy.explain;

import io.muster.deploy.model.LaunchAttempt.Shortfall;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why some instances of a pod are not as wanted.
 *
 * @param instances how many; positive
 * @param message for people, a sentence without its full stop
 * @param until when time alone changes it; empty if it does not
 * @param shortfalls what offers lack, in the order of the funnel; empty for other kinds
 */
public record Cause(Kind kind, int instances, String message, Optional<Instant> until, List<Shortfall> shortfalls) {

    public Cause {
        shortfalls = List.copyOf(shortfalls);
    }

    static Cause of(Kind kind, int instances, String message) {
        return new Cause(kind, instances, message, Optional.empty(), List.of());
    }

    Cause until(Optional<Instant> moment) {
        return new Cause(kind, instances, message, moment, shortfalls);
    }

    /** What programs tell causes apart by. Names are never changed. */
    public enum Kind {
        /** No process leads. */
        NO_LEADER,
        /** The leader is not connected to Mesos. */
        NOT_CONNECTED,
        /** Earlier instances failed; the next launch waits. */
        BACK_OFF,
        /** Too many were launched that do not run yet. */
        THROTTLED,
        /** Mesos makes no offers. */
        NO_OFFERS,
        /** Offers came, and none suits. */
        OFFERS_REFUSED,
        /** Offers suit; its turn has not come. */
        NEXT,
        /** It has a place and does not run yet. */
        LAUNCHING,
        /** It runs; a health check has not said that it is healthy. */
        NOT_HEALTHY,
        /** It is ready, but not yet for as long as its deployment asks. */
        NOT_LONG_READY,
        /** Its agent has gone silent. */
        UNREACHABLE,
        /** It is not wanted and has not ended. */
        ENDING,
        /** Its deployment is paused. */
        PAUSED,
        /** The update strategy lets it start when others have ended or become ready. */
        HELD_BACK
    }
}
