package io.muster.platform.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts them all, and tells of a few a minute, without anything that was sent: names may be passwords, too. */
final class FailedLogins {

    static final String METER = "muster.security.logins.failed";
    static final int MOST_LINES = 10;

    private static final Logger LOG = LoggerFactory.getLogger(FailedLogins.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Counter wrong;
    private final Counter unchecked;
    private final InstantSource clock;

    private Instant windowEnd = Instant.MIN;
    private int lines;
    private int leftOut;

    FailedLogins(MeterRegistry registry, InstantSource clock) {
        this.wrong = counter(registry, "wrong");
        this.unchecked = counter(registry, "unchecked");
        this.clock = clock;
    }

    private static Counter counter(MeterRegistry registry, String cause) {
        return Counter.builder(METER)
                .description("Requests with credentials that were wrong, or could not be checked")
                .tag("cause", cause)
                .register(registry);
    }

    /**
     * The credentials of a request are not right.
     *
     * @param client its address
     * @param why in words of ours
     */
    void wrong(String client, String why) {
        wrong.increment();
        tell("A login from " + client + " failed: " + why);
    }

    /** Nobody can say whether they are right. */
    void unchecked(String client, Throwable cause) {
        unchecked.increment();
        tell("A login from " + client + " could not be checked: " + cause.getMessage());
    }

    private synchronized void tell(String line) {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnd)) {
            if (leftOut > 0) {
                LOG.warn("{} more logins failed in the minute before {}", leftOut, windowEnd);
            }
            windowEnd = now.plus(WINDOW);
            lines = 0;
            leftOut = 0;
        }
        if (lines < MOST_LINES) {
            lines++;
            LOG.warn(line);
        } else {
            leftOut++;
        }
    }
}
