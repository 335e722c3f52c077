package io.muster.deploy.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened, for those who listen. Recorded in the transaction of the change itself. */
public sealed interface DeployEvent {

    Instant at();

    /** The condition or the goal of an instance changed. */
    record InstanceChanged(Instance instance, Instant at) implements DeployEvent {}

    /**
     * A deployment began, ended well, or was overtaken.
     *
     * @param instances how many its target wants
     * @param reason why it ended otherwise; absent for the other phases
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
        SUPERSEDED
    }
}
