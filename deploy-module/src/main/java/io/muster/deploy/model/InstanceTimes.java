package io.muster.deploy.model;

import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When time alone changes something for an instance. */
public final class InstanceTimes {

    private InstanceTimes() {}

    /** The next moment at which {@link InstanceInput.TimePassed} must be told; empty if none is known. */
    public static Optional<Instant> nextCheck(Instance instance, UnreachableStrategy unreachable, Patience patience) {
        return Stream.of(
                        killRepeat(instance, patience),
                        launchOverdue(instance, patience),
                        expunge(instance, unreachable))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    static Optional<Instant> killRepeat(Instance instance, Patience patience) {
        return Optional.ofNullable(instance.killSentAt()).map(sent -> sent.plus(patience.killRetry()));
    }

    /** When the launch is given up; counted from the placement, not from the last change (mesos-runtime 4.7). */
    static Optional<Instant> launchOverdue(Instance instance, Patience patience) {
        Instant placed = instance.placedAt();
        if (placed == null || !instance.isWanted()) {
            return Optional.empty();
        }
        return switch (instance.condition()) {
            case PROVISIONED -> Optional.of(placed.plus(patience.launchConfirm()));
            case STAGING, STARTING -> Optional.of(placed.plus(patience.launch()));
            case ERROR, FAILED, GONE, DROPPED, UNREACHABLE, KILLING, UNKNOWN, SCHEDULED, RUNNING, FINISHED, KILLED ->
                Optional.empty();
        };
    }

    /** When an unreachable instance is replaced and forgotten: at once if it is not wanted any more. */
    static Optional<Instant> expunge(Instance instance, UnreachableStrategy strategy) {
        if (instance.condition() != Condition.UNREACHABLE) {
            return Optional.empty();
        }
        if (!instance.isWanted()) {
            return Optional.of(instance.since());
        }
        return switch (strategy) {
            case UnreachableStrategy.Disabled() -> Optional.empty();
            case UnreachableStrategy.Enabled(long inactiveAfter, long expungeAfter) ->
                Optional.of(instance.since().plusSeconds(expungeAfter));
        };
    }
}
