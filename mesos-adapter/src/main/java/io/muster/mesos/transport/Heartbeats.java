package io.muster.mesos.transport;

import java.time.Duration;

/** For how long a master may be silent. */
public final class Heartbeats {

    /** So many in a row, and the master is taken for dead. */
    static final int MISSED = 5;

    /** What masters use unless they say otherwise. */
    private static final double USUAL_INTERVAL_SECONDS = 15;

    private static final double LONGEST_INTERVAL_SECONDS = 3600;

    private Heartbeats() {}

    /** As long as {@value #MISSED} heartbeats of a master take that has not told its interval. */
    public static Duration patience() {
        return patience(USUAL_INTERVAL_SECONDS);
    }

    /** As long as {@value #MISSED} of these intervals; those of a usual master if this is no sensible one. */
    public static Duration patience(double intervalSeconds) {
        boolean sensible = intervalSeconds > 0 && intervalSeconds <= LONGEST_INTERVAL_SECONDS;
        double seconds = (sensible ? intervalSeconds : USUAL_INTERVAL_SECONDS) * MISSED;
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
