package io.muster.deploy.model;

import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.CancelForced;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentInput.GivenUp;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.ResumeAsked;
import io.muster.deploy.model.DeploymentInput.RolledBackBy;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentState.Cancelled;
import io.muster.deploy.model.DeploymentState.Failed;
import io.muster.deploy.model.DeploymentState.Paused;
import io.muster.deploy.model.DeploymentState.RolledBack;
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
        return current.isRunning() ? decideRunning(current, input, now) : Optional.empty();
    }

    private static Optional<DeploymentState> decideRunning(
            DeploymentState current, DeploymentInput input, Instant now) {
        return switch (input) {
            case Begun() -> current instanceof Submitted ? Optional.of(new Rolling(now, now)) : Optional.empty();
            // What is paused ends when it goes on: until then nobody is surprised by it.
            case TargetReached() -> current instanceof Rolling ? Optional.of(new Succeeded(now)) : Optional.empty();
            case ForcedOver(var by) -> Optional.of(new Superseded(by, now));
            case RolledBackBy(var by) -> Optional.of(new RolledBack(by, now));
            case CancelForced() -> Optional.of(new Cancelled(now));
            case PauseAsked(var reason) ->
                switch (current) {
                    case Submitted() -> Optional.of(new Paused(null, now, reason));
                    case Rolling(var startedAt, var since) -> Optional.of(new Paused(startedAt, now, reason));
                    case Paused _, Succeeded _, Superseded _, RolledBack _, Cancelled _, Failed _ -> Optional.empty();
                };
            case ResumeAsked() ->
                current instanceof Paused(var startedAt, var since, var why)
                        ? Optional.of(startedAt == null ? new Submitted() : new Rolling(startedAt, now))
                        : Optional.empty();
            case GivenUp(var reason, var by) -> Optional.of(new Failed(reason, by, now));
        };
    }

    /** The deployment after this input; empty if the input does not fit its state. */
    public static Optional<Deployment> apply(Deployment deployment, DeploymentInput input, Instant now) {
        return decide(deployment.state(), input, now)
                .map(input instanceof ResumeAsked ? deployment.withoutFailures()::in : deployment::in);
    }
}
