package io.muster.deploy.cluster;

import org.jspecify.annotations.Nullable;

/** Where an instance runs. */
public record Agent(
        String id,
        String hostname,
        @Nullable String region,
        @Nullable String zone) {}
