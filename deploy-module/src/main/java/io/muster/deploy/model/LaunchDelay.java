package io.muster.deploy.model;

import io.muster.pods.model.Backoff;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long the next launch of a configuration waits after failures (Marathon, RateLimiter.scala).
 *
 * @param reference when it was counted from
 */
public record LaunchDelay(Instant reference, Duration delay) {

    /** The delay after one more failed instance; {@code before} is absent when none was in force. */
    public static LaunchDelay afterFailure(@Nullable LaunchDelay before, Backoff backoff, Instant now) {
        Duration maximum = duration(backoff.maxLaunchDelay());
        Duration next = before == null
                ? duration(backoff.backoff())
                : duration(seconds(before.delay).multiply(backoff.backoffFactor()));
        return new LaunchDelay(now, next.compareTo(maximum) < 0 ? next : maximum);
    }

    public Instant deadline() {
        return reference.plus(delay);
    }

    /** A moment at which the failures are forgiven, within a millisecond of the first. */
    public Instant forgivenAt(Backoff backoff) {
        return quietUntil(backoff).plusMillis(1);
    }

    /**
     * Whether so much quiet time has passed since that the failures are forgiven: the longest delay, after this one was
     * over. Counted from its beginning (as in Marathon, RateLimiter.scala) the longest delay would itself be the quiet time,
     * and what fails again and again would be launched at full speed after each of them.
     */
    public boolean isForgiven(Backoff backoff, Instant now) {
        return now.isAfter(quietUntil(backoff));
    }

    private Instant quietUntil(Backoff backoff) {
        return deadline().plus(duration(backoff.maxLaunchDelay()));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9);
    }

    private static Duration duration(BigDecimal seconds) {
        BigDecimal nanos = seconds.movePointRight(9).setScale(0, RoundingMode.DOWN);
        return Duration.ofNanos(nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }
}
