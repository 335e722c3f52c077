package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * What this server offers to definitions.
 *
 * @param defaultNetwork the name that container networks without one get; absent when they must be named
 * @param role the one whose resources pods use
 * @param secrets whether definitions may refer to secrets
 * @param persistentVolumes whether there are volumes that outlive containers
 * @param maxInstances the most instances one pod may have
 * @param maxContainers the most containers one pod may have
 */
public record PodFeatures(
        @Nullable String defaultNetwork,
        String role,
        boolean secrets,
        boolean persistentVolumes,
        int maxInstances,
        int maxContainers) {}
