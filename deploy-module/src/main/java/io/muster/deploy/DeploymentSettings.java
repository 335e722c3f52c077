package io.muster.deploy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deployments are treated.
 *
 * @param maxRunning how many may run at the same time; a change that would begin another one is refused
 */
@ConfigurationProperties("muster.deployments")
public record DeploymentSettings(@DefaultValue("10000") int maxRunning) {

    public DeploymentSettings {
        if (maxRunning < 1) {
            throw new IllegalArgumentException("muster.deployments.max-running must be at least 1, not " + maxRunning);
        }
    }
}
