package io.muster.deploy.model;

import io.muster.history.PodId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened, for those who listen. Recorded in the transaction of the change itself. */
public sealed interface DeployEvent {

    Instant at();

    /** The condition or the goal of an instance changed. */
    record InstanceChanged(Instance instance, Instant at) implements DeployEvent {}

    /**
     * An instance is gone. Told unless its last condition was told before.
     *
     * @param last as it was
     * @param condition terminal
     */
    record InstanceEnded(Instance last, Condition condition, Instant at) implements DeployEvent {

        /**
         * What its containers ended with. One that never ran, or that is given up, counts as killed (Marathon,
         * InstanceUpdater.scala).
         *
         * @param end empty for one that had no place
         * @return empty where {@code last} says it already
         */
        public static Optional<InstanceEnded> of(Instance last, Optional<Termination> end, Instant at) {
            Condition condition = end.map(Termination::condition)
                    .filter(Condition::isTerminal)
                    .orElse(Condition.KILLED);
            return condition == last.condition()
                    ? Optional.empty()
                    : Optional.of(new InstanceEnded(last, condition, at));
        }
    }

    /** The last instance of a pod that is being deleted is gone. */
    record PodEnded(PodId pod, Instant at) implements DeployEvent {}

    /**
     * A deployment began, ended, or something else became of it.
     *
     * @param instances how many its target wants; of no meaning where no step is told of
     * @param reason why it ended otherwise than well, was paused, or what limit it is over; absent for the other phases
     */
    record DeploymentMoved(
            Deployment deployment,
            int instances,
            Phase phase,
            @Nullable String reason,
            Instant at) implements DeployEvent {}

    /**
     * The first deployment of a bundle began, or the last one ended: told in place of what its members would tell.
     *
     * @param phase began, or how it ended: well if all its members did
     * @param reason why it ended otherwise than well
     */
    record BundleMoved(Bundle bundle, Phase phase, @Nullable String reason, Instant at) implements DeployEvent {}

    /** Where the deployment came to. */
    enum Phase {
        BEGAN,
        SUCCEEDED,
        SUPERSEDED,
        ROLLED_BACK,
        CANCELLED,
        FAILED,
        PAUSED,
        RESUMED,
        /** It goes on. */
        OVER_LIMIT
    }
}
