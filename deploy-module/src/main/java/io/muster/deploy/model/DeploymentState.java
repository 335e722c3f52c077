package io.muster.deploy.model;

import java.time.Instant;
import java.util.UUID;

/** Where a deployment stands. */
public sealed interface DeploymentState {

    /** Whether it holds the lock of its pod. */
    default boolean isRunning() {
        return switch (this) {
            case Submitted _, Rolling _ -> true;
            case Succeeded _, Superseded _ -> false;
        };
    }

    /** Accepted and stored; the engine has not seen it. */
    record Submitted() implements DeploymentState {}

    /** The engine moves instances for it. */
    record Rolling(Instant startedAt) implements DeploymentState {}

    /** Exactly the wanted instances were ready; its version is exposed since then. */
    record Succeeded(Instant finishedAt) implements DeploymentState {}

    /** A forced change took its place; its version was never exposed. */
    record Superseded(UUID by, Instant finishedAt) implements DeploymentState {}
}
