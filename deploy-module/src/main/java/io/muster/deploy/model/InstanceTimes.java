package io.muster.deploy.model;

import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When time alone changes something for an instance. */
public final class InstanceTimes {

    /** Definitions may name any number of seconds, also more than an {@link Instant} can hold. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private InstanceTimes() {}

    /** The next moment at which {@link InstanceInput.TimePassed} must be told; empty if none is known. */
    public static Optional<Instant> nextCheck(Instance instance, UnreachableStrategy unreachable, Patience patience) {
        return nextCheck(instance, unreachable, false, patience);
    }

    /**
     * The same for an instance that may keep storage.
     *
     * @param keepsStorage whether something is reserved for it that nobody has given up
     */
    public static Optional<Instant> nextCheck(
            Instance instance, UnreachableStrategy unreachable, boolean keepsStorage, Patience patience) {
        return Stream.of(
                        launchOverdue(instance, patience),
                        inactive(instance, unreachable, keepsStorage),
                        expunge(instance, unreachable, keepsStorage))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /** When the launch is given up; counted from the placement, not from the last change (Marathon, OverdueInstancesActor). */
    public static Optional<Instant> launchOverdue(Instance instance, Patience patience) {
        Instant placed = instance.placedAt();
        if (placed == null || !instance.isWanted()) {
            return Optional.empty();
        }
        return switch (instance.condition()) {
            case PROVISIONED -> Optional.of(placed.plus(patience.launchConfirm()));
            case STAGING, STARTING -> Optional.of(placed.plus(patience.launch()));
            case ERROR,
                    FAILED,
                    GONE,
                    DROPPED,
                    UNREACHABLE_INACTIVE,
                    UNREACHABLE,
                    KILLING,
                    UNKNOWN,
                    SCHEDULED,
                    RUNNING,
                    FINISHED,
                    KILLED -> Optional.empty();
        };
    }

    /**
     * When an instance with an unreachable task is not counted any more, so that another one takes its place. Never while
     * it keeps storage, which the other one would have to go without.
     */
    public static Optional<Instant> inactive(Instance instance, UnreachableStrategy strategy, boolean keepsStorage) {
        boolean counted = instance.tasks().stream().anyMatch(task -> task.condition() == Condition.UNREACHABLE);
        if (!counted || !instance.isWanted() || keepsStorage) {
            return Optional.empty();
        }
        return switch (strategy) {
            case UnreachableStrategy.Disabled() -> Optional.empty();
            case UnreachableStrategy.Enabled(long inactiveAfter, long expungeAfter) ->
                Optional.of(later(instance.since(), inactiveAfter));
        };
    }

    /**
     * When an instance with an unreachable task is forgotten, and replaced if it was not before: at once if it is not wanted any more. Judged by
     * the tasks, since one that failed before the agent was lost hides the unreachable ones in the condition. While it
     * keeps storage it is waited for, since it may still write there (Marathon, KillServiceActor.scala).
     */
    public static Optional<Instant> expunge(Instance instance, UnreachableStrategy strategy, boolean keepsStorage) {
        if (instance.tasks().stream().noneMatch(task -> task.condition().isUnreachable())) {
            return Optional.empty();
        }
        if (!instance.isWanted()) {
            return keepsStorage ? Optional.empty() : Optional.of(instance.since());
        }
        return switch (strategy) {
            case UnreachableStrategy.Disabled() -> Optional.empty();
            case UnreachableStrategy.Enabled(long inactiveAfter, long expungeAfter) ->
                Optional.of(later(instance.since(), expungeAfter));
        };
    }

    private static Instant later(Instant moment, long seconds) {
        return moment.plusSeconds(Math.min(seconds, FOR_EVER.toSeconds()));
    }
}
