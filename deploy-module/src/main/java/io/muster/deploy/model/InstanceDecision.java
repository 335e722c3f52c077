package io.muster.deploy.model;

import io.muster.deploy.cluster.KillOrder;
import java.util.List;
import java.util.Optional;

/**
 * What one input means for one instance.
 *
 * @param next the instance afterwards; empty when it is gone for good
 * @param ended how it ended; empty unless it is gone and had a place
 * @param kills to be sent after {@code next} is stored, and again until the tasks have ended; repeating them is harmless
 */
public record InstanceDecision(
        Outcome outcome, Optional<Instance> next, Optional<Termination> ended, List<KillOrder> kills) {

    public InstanceDecision {
        kills = List.copyOf(kills);
    }

    /** What became of the input. */
    public enum Outcome {
        CHANGED,
        UNCHANGED,
        /** The input does not fit the state of the instance, for instance a place for one that already runs. */
        REFUSED
    }

    static InstanceDecision changed(Instance next, List<KillOrder> kills) {
        return new InstanceDecision(Outcome.CHANGED, Optional.of(next), Optional.empty(), kills);
    }

    /** One that never had a place. */
    static InstanceDecision vanished() {
        return new InstanceDecision(Outcome.CHANGED, Optional.empty(), Optional.empty(), List.of());
    }

    static InstanceDecision gone(Termination ended, List<KillOrder> kills) {
        return new InstanceDecision(Outcome.CHANGED, Optional.empty(), Optional.of(ended), kills);
    }

    static InstanceDecision unchanged(Instance same, List<KillOrder> kills) {
        return new InstanceDecision(Outcome.UNCHANGED, Optional.of(same), Optional.empty(), kills);
    }

    static InstanceDecision refused(Instance same) {
        return new InstanceDecision(Outcome.REFUSED, Optional.of(same), Optional.empty(), List.of());
    }
}
