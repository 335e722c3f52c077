package io.muster.mesos.matching;

import java.time.Duration;

/**
 * What the operator decides about matching.
 *
 * @param instancesPerOffer how many instances one offer may carry; positive
 * @param maintenance whether agents in a maintenance window are avoided
 * @param draining for how long before its window an agent is avoided; not negative
 */
public record MatchPolicy(
        int instancesPerOffer,
        PlacementStrategy placement,
        GpuScheduling gpuScheduling,
        boolean maintenance,
        Duration draining) {

    public MatchPolicy {
        require(instancesPerOffer > 0, "instancesPerOffer: must be positive, is " + instancesPerOffer);
        require(!draining.isNegative(), "draining: must not be negative, is " + draining);
    }

    /** Spread, GPUs undefined, maintenance windows avoided from their beginning on. */
    public static MatchPolicy usual(int instancesPerOffer) {
        return new MatchPolicy(
                instancesPerOffer, PlacementStrategy.SPREAD, GpuScheduling.UNDEFINED, true, Duration.ZERO);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
