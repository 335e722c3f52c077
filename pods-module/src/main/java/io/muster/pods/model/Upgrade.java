package io.muster.pods.model;

import java.math.BigDecimal;

/**
 * The bounds of an update: shares of the wanted instances, from 0 to 1, exact.
 *
 * @param minReadySeconds for how long an instance must be ready without a break before it counts as ready; not negative
 */
public record Upgrade(BigDecimal minimumHealthCapacity, BigDecimal maximumOverCapacity, long minReadySeconds) {

    /** Where an instance counts as soon as it is ready. */
    public Upgrade(BigDecimal minimumHealthCapacity, BigDecimal maximumOverCapacity) {
        this(minimumHealthCapacity, maximumOverCapacity, 0);
    }
}
