package io.muster.deploy;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * What becomes of tasks that Mesos runs for this framework and that belong to no instance.
 *
 * @param grace how long they are left alone, 0 or more, or {@code never} for no end. Ten minutes are longer than a change of the
 *     leader and the reconciliation after it take, so that nothing is killed that Muster is about to remember, and short
 *     enough that nobody misses the resources
 */
@ConfigurationProperties("muster.orphans")
public record OrphanSettings(@DefaultValue("10m") String grace) {

    private static final String NEVER = "never";

    public OrphanSettings {
        if (parse(grace).filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("muster.orphans.grace must not be negative, is " + grace);
        }
    }

    /** Empty for ever. */
    public Optional<Duration> patience() {
        return parse(grace);
    }

    private static Optional<Duration> parse(String grace) {
        try {
            return grace.strip().equalsIgnoreCase(NEVER)
                    ? Optional.empty()
                    : Optional.of(DurationStyle.detectAndParse(grace.strip()));
        } catch (IllegalArgumentException noDuration) {
            throw new IllegalArgumentException(
                    "muster.orphans.grace must be a duration such as 10m, or never, not '" + grace + "'", noDuration);
        }
    }
}
