package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * What this server offers to definitions.
 *
 * @param defaultNetwork the name that container networks without one get; absent when they must be named
 * @param secrets whether definitions may refer to secrets
 */
public record PodFeatures(@Nullable String defaultNetwork, boolean secrets) {}
