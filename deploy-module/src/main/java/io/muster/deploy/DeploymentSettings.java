package io.muster.deploy;

import io.muster.deploy.model.FailurePolicy;
import io.muster.pods.OnFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deployments are treated.
 *
 * @param maxRunning how many may run at the same time, at least 1; a change that would begin another one is refused
 * @param onFailure what is done with one that runs into a limit, where the request does not say
 * @param timeout how long one may roll, at least 1ms, where the request does not say; absent for any time
 * @param maxFailures how many instances of the target may end by themselves, 0 or more, where the request does not say; absent for
 *     any number
 */
@ConfigurationProperties("muster.deployments")
public record DeploymentSettings(
        @DefaultValue("10000") int maxRunning,
        @DefaultValue("continue") OnFailure onFailure,
        @Nullable Duration timeout,
        @Nullable Integer maxFailures) {

    public DeploymentSettings {
        if (maxRunning < 1) {
            throw new IllegalArgumentException("muster.deployments.max-running must be at least 1, not " + maxRunning);
        }
        if (timeout != null && timeout.toMillis() < 1) {
            throw new IllegalArgumentException("muster.deployments.timeout must be at least 1ms, not " + timeout);
        }
        if (maxFailures != null && maxFailures < 0) {
            throw new IllegalArgumentException(
                    "muster.deployments.max-failures must not be negative, as " + maxFailures + " is");
        }
    }

    /** For deployments whose requests say nothing else. */
    public FailurePolicy policy() {
        return new FailurePolicy(onFailure, timeout, maxFailures);
    }
}
