package io.muster.deploy.leadership;

import java.time.Duration;

/**
 * How leadership is held.
 *
 * @param holder names this process; another process must never use the same name
 * @param ttl how long a lease lives without being renewed
 * @param margin how long before its end this process stops acting
 * @param poll how often a follower tries to take over
 */
public record LeadershipSettings(String holder, Duration ttl, Duration margin, Duration poll) {

    /** The pause between two renewals. */
    Duration renewal() {
        return ttl.dividedBy(5);
    }

    public static LeadershipSettings defaults(String holder) {
        return new LeadershipSettings(holder, Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(2));
    }
}
