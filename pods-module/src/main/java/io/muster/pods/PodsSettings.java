package io.muster.pods;

import io.muster.pods.model.PodFeatures;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pods are treated.
 *
 * @param defaultNetworkName the name that container networks without one get; without it they must be named
 * @param role the one whose resources pods use, as Mesos knows the framework
 * @param principal what Mesos knows the framework by; without one nothing can be reserved for it, and so no persistent
 *     volume be made
 * @param secrets whether definitions may refer to secrets; the agents must be able to resolve them
 * @param maxInstances the most instances one pod may have, at least 1
 * @param maxContainers the most containers one pod may have, at least 1
 * @param exposure from when on queries answer with a new version
 */
@ConfigurationProperties("muster.pods")
public record PodsSettings(
        @Nullable String defaultNetworkName,
        @DefaultValue("*") String role,
        @DefaultValue("") String principal,
        @DefaultValue("false") boolean secrets,
        @DefaultValue("100000") int maxInstances,
        @DefaultValue("200") int maxContainers,
        @DefaultValue("after-deployment") Exposure exposure) {

    public PodsSettings {
        atLeastOne("max-instances", maxInstances);
        atLeastOne("max-containers", maxContainers);
    }

    public enum Exposure {
        /** When its deployment is complete. */
        AFTER_DEPLOYMENT,
        /** When it is accepted, as Marathon does. */
        ON_ACCEPT
    }

    private static void atLeastOne(String property, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("muster.pods." + property + " must be at least 1, not " + value);
        }
    }

    public PodFeatures features() {
        boolean canReserve = !role.equals("*") && !principal.isBlank();
        return new PodFeatures(defaultNetworkName, role, secrets, canReserve, maxInstances, maxContainers);
    }
}
