package io.muster.pods.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Mesos finds out whether a container is well. Durations are whole seconds.
 *
 * @param gracePeriod failures in it count only after a first success
 * @param maxConsecutiveFailures failures in a row after which the container is killed
 * @param delay before the first check
 */
public record HealthCheck(
        Probe probe,
        Duration gracePeriod,
        Duration interval,
        int maxConsecutiveFailures,
        Duration timeout,
        Duration delay) {

    /** What is asked. Endpoints are named, and belong to the container that is checked. */
    public sealed interface Probe {}

    /**
     * Healthy when it answers with a status from 200 to 399.
     *
     * @param path absent means the root
     */
    public record Http(String endpoint, @Nullable String path, Scheme scheme) implements Probe {}

    public record Tcp(String endpoint) implements Probe {}

    /** Healthy when it exits with 0. */
    public record CommandProbe(Command command) implements Probe {}

    public enum Scheme {
        HTTP,
        HTTPS
    }
}
