package io.muster.deploy.leadership;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How leadership is held.
 *
 * @param holder names this process; another process must never use the same name
 * @param address where clients reach this process, {@code host:port}; asked when it begins to lead
 * @param ttl how long a lease lives without being renewed
 * @param margin how long before its end this process stops acting
 * @param poll how often a follower tries to take over
 */
public record LeadershipSettings(
        String holder, Supplier<String> address, Duration ttl, Duration margin, Duration poll) {

    /** The pause between two renewals. */
    Duration renewal() {
        return ttl.dividedBy(5);
    }

    /**
     * The pause of one that stepped down when it was asked to: long enough for every other to have tried in between, and
     * short enough to lead again soon if there is none.
     */
    Duration abstention() {
        return poll.multipliedBy(3);
    }

    public static LeadershipSettings defaults(String holder) {
        return new LeadershipSettings(
                holder, () -> "127.0.0.1:0", Duration.ofSeconds(15), Duration.ofSeconds(3), Duration.ofSeconds(2));
    }
}
