package io.muster.deploy.model;

import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentState.Superseded;
import java.time.Instant;
import java.util.Optional;

/** The deployment state machine. */
public final class DeploymentTransitions {

    private DeploymentTransitions() {}

    /** The state after this input; empty if the input does not fit, in which case nothing may be written. */
    public static Optional<DeploymentState> decide(DeploymentState current, DeploymentInput input, Instant now) {
        return switch (current) {
            case Submitted() ->
                switch (input) {
                    case Begun() -> Optional.of(new Rolling(now));
                    case TargetReached() -> Optional.empty();
                    case ForcedOver(var by) -> Optional.of(new Superseded(by, now));
                };
            case Rolling _ ->
                switch (input) {
                    case Begun() -> Optional.empty();
                    case TargetReached() -> Optional.of(new Succeeded(now));
                    case ForcedOver(var by) -> Optional.of(new Superseded(by, now));
                };
            case Succeeded _, Superseded _ -> Optional.empty();
        };
    }

    /** The deployment after this input; empty if the input does not fit its state. */
    public static Optional<Deployment> apply(Deployment deployment, DeploymentInput input, Instant now) {
        return decide(deployment.state(), input, now).map(deployment::in);
    }
}
