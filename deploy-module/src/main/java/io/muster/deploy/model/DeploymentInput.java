package io.muster.deploy.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can happen to a deployment. */
public sealed interface DeploymentInput {

    /** The engine takes it up. */
    record Begun() implements DeploymentInput {}

    /** Exactly the wanted instances exist and are ready. */
    record TargetReached() implements DeploymentInput {}

    /** A forced change of the same pod was accepted. */
    record ForcedOver(UUID by) implements DeploymentInput {}

    /** Somebody wants back what was before; a deployment of that was accepted. */
    record RolledBackBy(UUID by) implements DeploymentInput {}

    /** Somebody wants it to stop where it is. */
    record CancelForced() implements DeploymentInput {}

    /** Somebody wants it to pause, or it ran into a limit at which it is to. */
    record PauseAsked(String reason) implements DeploymentInput {}

    /** Somebody wants it to go on. */
    record ResumeAsked() implements DeploymentInput {}

    /**
     * It cannot go on, or ran into a limit at which it is not to.
     *
     * @param by the deployment that brings back what was before; absent if none does
     */
    record GivenUp(String reason, @Nullable UUID by) implements DeploymentInput {}
}
