package io.muster.deploy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long it is remembered how instances ended. What either of the two keeps is kept.
 *
 * @param terminationsAge for how long the end of an instance is remembered; 0 or more
 * @param terminationsKept how many ends of instances of each pod, 0 to 10000, the last ones, are kept however long ago they ended
 */
@ConfigurationProperties("muster.history")
public record HistorySettings(
        @DefaultValue("90d") Duration terminationsAge,
        @DefaultValue("50") int terminationsKept) {

    private static final int MOST_KEPT = 10_000;

    public HistorySettings {
        if (terminationsAge.isNegative()) {
            throw new IllegalArgumentException(
                    "muster.history.terminations-age must not be negative, is " + terminationsAge);
        }
        if (terminationsKept < 0 || terminationsKept > MOST_KEPT) {
            throw new IllegalArgumentException(
                    "muster.history.terminations-kept must be 0 to " + MOST_KEPT + ", not " + terminationsKept);
        }
    }
}
