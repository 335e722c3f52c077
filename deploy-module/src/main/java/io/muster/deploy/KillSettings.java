package io.muster.deploy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How kills of instances are answered.
 *
 * @param killAnswer the release of Marathon whose documents are answered, {@code 1.7} or {@code 1.8}; they differ, and
 *     clients read one of them
 * @param wipeTimeout how long an answer to a kill with {@code wipe=true} waits for the instances to be gone;
 *     0 or more
 */
@ConfigurationProperties("muster.pods")
public record KillSettings(
        @DefaultValue("1.7") String killAnswer,
        @DefaultValue("30s") Duration wipeTimeout) {

    public KillSettings {
        if (!killAnswer.equals("1.7") && !killAnswer.equals("1.8")) {
            throw new IllegalArgumentException("muster.pods.kill-answer must be 1.7 or 1.8, not " + killAnswer);
        }
        if (wipeTimeout.isNegative()) {
            throw new IllegalArgumentException(
                    "muster.pods.wipe-timeout must not be negative, as " + wipeTimeout + " is");
        }
    }

    /** Whether answers have the shape they have from Marathon 1.8 on. */
    public boolean answersAsFrom18() {
        return killAnswer.equals("1.8");
    }
}
