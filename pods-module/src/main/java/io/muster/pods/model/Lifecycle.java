package io.muster.pods.model;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a container is ended.
 *
 * @param killGracePeriodSeconds between SIGTERM and SIGKILL; a fraction is allowed, absent leaves it to Mesos
 */
public record Lifecycle(@Nullable BigDecimal killGracePeriodSeconds) {}
