package io.muster.pods.model;

import java.math.BigDecimal;

/** Shares of the wanted instances, from 0 to 1, exact. */
public record Upgrade(BigDecimal minimumHealthCapacity, BigDecimal maximumOverCapacity) {}
