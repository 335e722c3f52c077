package io.muster.pods.model;

import java.time.Duration;
import java.util.List;

/**
 * A health check as it was sent.
 *
 * @param probes should be exactly one, in the order http, tcp, command
 */
public record SubmittedHealthCheck(
        List<HealthCheck.Probe> probes,
        Duration gracePeriod,
        Duration interval,
        int maxConsecutiveFailures,
        Duration timeout,
        Duration delay) {

    public SubmittedHealthCheck {
        probes = List.copyOf(probes);
    }

    /** Once validation has passed. */
    HealthCheck normalised() {
        return new HealthCheck(probes.getFirst(), gracePeriod, interval, maxConsecutiveFailures, timeout, delay);
    }
}
