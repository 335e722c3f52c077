package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * A container as it was sent.
 *
 * @param container everything but its health check, which it does not have
 */
public record SubmittedContainer(
        Container container, @Nullable SubmittedHealthCheck healthCheck) {}
