package io.muster.deploy.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened, for those who listen. Recorded in the transaction of the change itself. */
public sealed interface DeployEvent {

    Instant at();

    /** The condition or the goal of an instance changed. */
    record InstanceChanged(Instance instance, Instant at) implements DeployEvent {}

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
