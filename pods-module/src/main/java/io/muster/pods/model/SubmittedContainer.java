package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * A container as it was sent.
 *
 * @param container everything but what the other components hold, which it does not have
 */
public record SubmittedContainer(
        Container container,
        @Nullable SubmittedHealthCheck healthCheck,
        @Nullable SubmittedLimits resourceLimits,
        @Nullable SubmittedLinuxInfo linuxInfo) {}
