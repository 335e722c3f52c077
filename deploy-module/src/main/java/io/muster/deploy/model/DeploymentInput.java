package io.muster.deploy.model;

import java.util.UUID;

/** What can happen to a deployment. */
public sealed interface DeploymentInput {

    /** The engine takes it up. */
    record Begun() implements DeploymentInput {}

    /** Exactly the wanted instances exist and are ready. */
    record TargetReached() implements DeploymentInput {}

    /** A forced change of the same pod was accepted. */
    record ForcedOver(UUID by) implements DeploymentInput {}
}
