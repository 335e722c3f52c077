package io.muster.deploy.model;

import io.muster.deploy.cluster.Agent;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which instances of a pod count when constraints place another one. Those of the same make only are asked about, so that a
 * replacement can use the agents of what it replaces (Marathon, ResourceMatcher.scala). Of these also those count that are
 * being ended, as long as they are there; but none that are lost (Marathon, TaskLauncherActor.scala and Condition.scala).
 */
public final class Neighbours {

    private Neighbours() {}

    /** The agents of those that count, one for each instance, those placed earliest first. */
    public static List<Agent> of(Collection<Instance> alike) {
        return alike.stream()
                .filter(Neighbours::counts)
                .sorted(Comparator.comparing(Instance::placedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(Instance::id))
                .map(instance -> Objects.requireNonNull(instance.agent()))
                .toList();
    }

    /** Whether what happened to an instance changes where others of its configuration may be placed. */
    public static boolean changed(Instance before, @Nullable Instance after) {
        return counts(before) != (after != null && counts(after));
    }

    private static boolean counts(Instance instance) {
        return instance.agent() != null
                && switch (instance.condition()) {
                    case GONE, DROPPED, UNREACHABLE_INACTIVE, UNREACHABLE, UNKNOWN -> false;
                    case ERROR, FAILED, KILLING, STARTING, STAGING, PROVISIONED, SCHEDULED, RUNNING, FINISHED, KILLED ->
                        true;
                };
    }
}
