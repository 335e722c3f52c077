package io.muster.deploy.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a deployment stands. */
public sealed interface DeploymentState {

    /** Whether it holds the lock of its pod. */
    default boolean isRunning() {
        return switch (this) {
            case Submitted _, Rolling _, Paused _ -> true;
            case Succeeded _, Superseded _, RolledBack _, Cancelled _, Failed _ -> false;
        };
    }

    /** Accepted and stored; the engine has not seen it. */
    record Submitted() implements DeploymentState {}

    /**
     * The engine moves instances for it.
     *
     * @param startedAt when the engine took it up
     * @param since the same, or when it was resumed; its limits count from here
     */
    record Rolling(Instant startedAt, Instant since) implements DeploymentState {}

    /**
     * Nothing moves for it, until it is resumed.
     *
     * @param startedAt when the engine took it up; absent if it had not
     * @param reason why, for people
     */
    record Paused(@Nullable Instant startedAt, Instant since, String reason) implements DeploymentState {}

    /** Exactly the wanted instances were ready; its version is exposed since then. */
    record Succeeded(Instant finishedAt) implements DeploymentState {}

    /** A forced change took its place; its version was never exposed. */
    record Superseded(UUID by, Instant finishedAt) implements DeploymentState {}

    /** Somebody wanted back what was before, which another deployment brings. */
    record RolledBack(UUID by, Instant finishedAt) implements DeploymentState {}

    /** Somebody stopped it where it was. */
    record Cancelled(Instant finishedAt) implements DeploymentState {}

    /**
     * It was given up.
     *
     * @param reason why, for people
     * @param by the deployment that brings back what was before; absent if none does
     */
    record Failed(String reason, @Nullable UUID by, Instant finishedAt) implements DeploymentState {}
}
