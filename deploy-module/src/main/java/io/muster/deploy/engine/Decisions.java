package io.muster.deploy.engine;

import io.muster.deploy.model.Convergence;
import io.muster.deploy.model.Convergence.Moves;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceDecision;
import io.muster.deploy.model.InstanceInput;
import io.muster.deploy.model.InstanceTransitions;
import io.muster.deploy.model.Target;
import java.time.Instant;
import java.util.Collection;

/**
 * The pure functions by which a round decides. There is one set of them; a simulation takes others to prove that it would
 * notice a wrong one.
 */
public record Decisions(NextMoves convergence, Transition transitions) {

    /** As {@link Convergence#next}. */
    @FunctionalInterface
    public interface NextMoves {
        Moves next(Target target, Collection<Instance> alive);
    }

    /** As {@link InstanceTransitions#decide}. */
    @FunctionalInterface
    public interface Transition {
        InstanceDecision decide(Instance current, InstanceInput input, Instant now);
    }

    public static Decisions usual() {
        return new Decisions(Convergence::next, InstanceTransitions::decide);
    }
}
