package io.muster.deploy.model;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * The status of a whole pod.
 *
 * @param since since when it has been so
 */
public record PodStatus(Value value, Instant since) {

    /** What clients know. */
    public enum Value {
        STABLE,
        DEGRADED,
        TERMINAL
    }

    /**
     * The status while no deployment runs: as {@link #live}, but degraded also while an instance is of another
     * configuration than is shown, which a cancelled deployment leaves behind.
     */
    public static PodStatus settled(int wanted, String configHash, Collection<Instance> instances, Instant now) {
        PodStatus live = live(wanted, instances, now);
        boolean mixed = instances.stream()
                .anyMatch(instance ->
                        instance.isWanted() && !instance.configHash().equals(configHash));
        return mixed ? new PodStatus(Value.DEGRADED, live.since()) : live;
    }

    /**
     * The status by the instances alone, of whatever version (Marathon, PodStatusConversion.scala).
     *
     * @param wanted how many instances are wanted
     * @param now shown as {@code since} when there is no instance
     */
    public static PodStatus live(int wanted, Collection<Instance> instances, Instant now) {
        long stable = instances.stream()
                .filter(instance -> InstanceStatus.of(instance) == InstanceStatus.STABLE)
                .count();
        Instant since = instances.stream()
                .map(Instance::since)
                .max(Comparator.naturalOrder())
                .orElse(now);
        return new PodStatus(stable >= wanted ? Value.STABLE : Value.DEGRADED, since);
    }
}
