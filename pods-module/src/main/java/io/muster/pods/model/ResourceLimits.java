package io.muster.pods.model;

import org.jspecify.annotations.Nullable;

/**
 * What a container may use at most, where that is not what it asks for. At least one is present.
 *
 * @param mem in MiB
 */
public record ResourceLimits(
        @Nullable ResourceLimit cpus, @Nullable ResourceLimit mem) {}
