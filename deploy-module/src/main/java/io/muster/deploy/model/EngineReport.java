package io.muster.deploy.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the leader says of itself to those who ask why nothing is launched.
 *
 * @param connected whether Mesos has taken it in
 * @param since when it was taken in, or lost the connection
 * @param lastOffersAt when Mesos last made offers; absent if it has not since this leader began
 * @param throttledUntil when instances may be launched again after too many at once; absent while they may
 */
public record EngineReport(
        boolean connected,
        Instant since,
        @Nullable Instant lastOffersAt,
        @Nullable Instant throttledUntil) {}
