package io.muster.deploy.model;

import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One accepted change on its way.
 *
 * @param from what was exposed when it was accepted; of a delete, what is deleted
 * @param target absent for a delete
 * @param failures how many instances of the target ended by themselves, since it began or was resumed
 * @param warning the limit that it is over, which it goes on after; absent if none
 */
public record Deployment(
        UUID id,
        PodId pod,
        Kind kind,
        @Nullable Version from,
        @Nullable Version target,
        DeploymentState state,
        Instant createdAt,
        Origin origin,
        FailurePolicy policy,
        int failures,
        @Nullable String warning) {

    /** What the change does. */
    public enum Kind {
        CREATE,
        /** The configuration differs: instances are replaced. */
        UPDATE,
        /** Only the count, or what replaces no instance, differs. */
        SCALE,
        /** Nothing differs, and yet instances are replaced. */
        RESTART,
        DELETE,
        /** Nothing differs: ended when accepted. */
        NOTHING
    }

    /** Of unknown origin and without limits. */
    public Deployment(
            UUID id, PodId pod, Kind kind, @Nullable Version target, DeploymentState state, Instant createdAt) {
        this(id, pod, kind, null, target, state, createdAt, Origin.UNKNOWN, FailurePolicy.NONE, 0, null);
    }

    /** The version that it shall expose; empty if that is exposed already, and for a delete. */
    public Optional<Version> brought() {
        return Optional.ofNullable(target).filter(version -> !version.equals(from));
    }

    /** Of one that runs: whether the engine has taken it up. */
    public boolean hasBegun() {
        return switch (state) {
            case DeploymentState.Submitted _ -> false;
            case DeploymentState.Paused paused -> paused.startedAt() != null;
            case DeploymentState.Rolling _,
                    DeploymentState.Succeeded _,
                    DeploymentState.Superseded _,
                    DeploymentState.RolledBack _,
                    DeploymentState.Cancelled _,
                    DeploymentState.Failed _ -> true;
        };
    }

    /** When it runs into its time limit; empty while it does not roll, and once it is known to be over a limit. */
    public Optional<Instant> deadline() {
        return warning == null && state instanceof DeploymentState.Rolling(Instant startedAt, Instant since)
                ? policy.deadline(since)
                : Optional.empty();
    }

    /** The limit that it has just run into, in words for people. */
    public Optional<String> exceeded(Instant now) {
        return warning == null && state instanceof DeploymentState.Rolling(Instant startedAt, Instant since)
                ? policy.exceeded(since, failures, now)
                : Optional.empty();
    }

    Deployment in(DeploymentState next) {
        return new Deployment(id, pod, kind, from, target, next, createdAt, origin, policy, failures, warning);
    }

    /** With one failure more. */
    public Deployment failedOnceMore() {
        return new Deployment(id, pod, kind, from, target, state, createdAt, origin, policy, failures + 1, warning);
    }

    /** It is over a limit, and goes on. */
    public Deployment warned(String limit) {
        return new Deployment(id, pod, kind, from, target, state, createdAt, origin, policy, failures, limit);
    }

    /** As if nothing had gone wrong so far. */
    Deployment withoutFailures() {
        return new Deployment(id, pod, kind, from, target, state, createdAt, origin, policy, 0, null);
    }
}
