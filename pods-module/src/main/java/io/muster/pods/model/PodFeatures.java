package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * What this server offers to definitions.
 *
 * @param defaultNetwork the name that container networks without one get; absent when they must be named
 * @param secrets whether definitions may refer to secrets
 * @param constraints whether instances are placed by constraints; where they are not, asking for it is refused, since
 *     instances in the wrong place are worse than none
 * @param maxInstances the most instances one pod may have
 */
public record PodFeatures(@Nullable String defaultNetwork, boolean secrets, boolean constraints, int maxInstances) {}
