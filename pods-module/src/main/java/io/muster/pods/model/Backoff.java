package io.muster.pods.model;

import java.math.BigDecimal;

/** Delay before a failed instance is launched again; seconds with the digits that were sent. */
public record Backoff(BigDecimal backoff, BigDecimal backoffFactor, BigDecimal maxLaunchDelay) {}
