package io.muster.mesos.transport;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to subscribe.
 *
 * @param first at most this long before the first attempt, so that not all frameworks come at once after a failover
 * @param initial after the first failure; doubled with each further one
 * @param longest the doubling ends here
 */
public record Backoff(Duration first, Duration initial, Duration longest) {

    public Backoff {
        if (first.isNegative() || initial.isNegative() || initial.isZero() || longest.compareTo(initial) < 0) {
            throw new IllegalArgumentException("not a back-off: " + first + ", " + initial + ", " + longest);
        }
    }

    /**
     * That of the C++ library: at most 500 ms, then from 2 s up to one minute, but never more than a tenth of the time
     * after which the master gives the framework up.
     */
    public static Backoff likeMesos(Duration failoverTimeout) {
        Duration tenth = max(failoverTimeout.dividedBy(10), Duration.ofMillis(1));
        Duration longest = min(Duration.ofMinutes(1), tenth);
        return new Backoff(Duration.ofMillis(500), min(Duration.ofSeconds(2), longest), longest);
    }

    /**
     * A random pause.
     *
     * @param failures in a row; none gives the pause before a first attempt
     */
    public Duration pause(int failures, RandomGenerator random) {
        if (failures == 0) {
            return upTo(first, random);
        }
        Duration pause = initial;
        for (int doubled = 1; doubled < failures && pause.compareTo(longest) < 0; doubled++) {
            pause = min(pause.multipliedBy(2), longest);
        }
        Duration half = pause.dividedBy(2);
        return half.plus(upTo(pause.minus(half), random));
    }

    private static Duration upTo(Duration longest, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
