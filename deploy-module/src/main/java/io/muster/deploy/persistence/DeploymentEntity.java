package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.FailurePolicy;
import io.muster.deploy.model.Origin;
import io.muster.deploy.model.PodStatus;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.OnFailure;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/**
 * A row of {@code deployment}. Names of constants are texts here: one that this program does not know must not keep it
 * from reading the other rows.
 */
@Entity
@Table(name = "deployment")
class DeploymentEntity implements Persistable<UUID> {

    /** How a {@link DeploymentState} is spelt in its column. */
    enum State {
        SUBMITTED,
        ROLLING,
        PAUSED,
        SUCCEEDED,
        SUPERSEDED,
        ROLLED_BACK,
        CANCELLED,
        FAILED
    }

    /** What {@link #move} sets, for any number of rows that are neither paused nor at their end. */
    static final MultiRow<DeploymentEntity> ADVANCE = new MultiRow<DeploymentEntity>("""
                    update deployment as d set
                        state = row.state,
                        started_at = coalesce(row.started_at::timestamptz, d.started_at),
                        state_since = coalesce(row.state_since::timestamptz, d.state_since),
                        superseded_by = row.superseded_by::uuid,
                        finished_at = row.finished_at::timestamptz,
                        failures = row.failures::integer,
                        message = row.message,
                        row_version = row_version + 1
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                        as row (id, state, started_at, state_since, superseded_by, finished_at, failures, message)
                    where d.id = row.id::uuid and d.state in ('SUBMITTED', 'ROLLING')
                    """)
            .column(row -> row.id)
            .column(row -> row.state)
            .column(row -> row.startedAt)
            .column(row -> row.stateSince)
            .column(row -> row.supersededBy)
            .column(row -> row.finishedAt)
            .column(row -> row.failures)
            .column(row -> row.message);

    @Id
    private UUID id;

    @Column(name = "pod_id", updatable = false)
    private String podId;

    @Column(updatable = false)
    private String kind;

    private String state;

    @Column(name = "from_version", updatable = false)
    private @Nullable Instant fromVersion;

    @Column(name = "target_version", updatable = false)
    private @Nullable Instant targetVersion;

    @Column(name = "frozen_status", updatable = false)
    private @Nullable String frozenStatus;

    @Column(name = "frozen_since", updatable = false)
    private @Nullable Instant frozenSince;

    @Column(name = "superseded_by")
    private @Nullable UUID supersededBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "state_since")
    private @Nullable Instant stateSince;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @Column(name = "requested_by", updatable = false)
    private @Nullable String requestedBy;

    @Column(updatable = false)
    private @Nullable String reason;

    @Column(updatable = false)
    private boolean forced;

    @Column(updatable = false)
    private @Nullable UUID supersedes;

    @Column(name = "rolls_back", updatable = false)
    private @Nullable UUID rollsBack;

    /** Written by {@link BundleRows} once all members are there. */
    @Column(insertable = false, updatable = false)
    private @Nullable UUID bundle;

    @Column(name = "on_failure", updatable = false)
    private String onFailure;

    @Column(name = "timeout_ms", updatable = false)
    private @Nullable Long timeoutMillis;

    @Column(name = "max_failures", updatable = false)
    private @Nullable Integer maxFailures;

    private int failures;

    private @Nullable String message;

    @jakarta.persistence.Version
    @Column(name = "row_version")
    private @Nullable Long rowVersion;

    @SuppressWarnings("NullAway.Init")
    protected DeploymentEntity() {}

    DeploymentEntity(Deployment deployment, @Nullable PodStatus frozen) {
        id = deployment.id();
        podId = deployment.pod().text();
        kind = deployment.kind().name();
        targetVersion = instant(deployment.target());
        fromVersion = instant(deployment.from());
        frozenStatus = frozen == null ? null : frozen.value().name();
        frozenSince = frozen == null ? null : frozen.since();
        createdAt = deployment.createdAt();
        requestedBy = deployment.origin().who();
        reason = deployment.origin().reason();
        forced = deployment.origin().forced();
        supersedes = deployment.origin().supersedes();
        rollsBack = deployment.origin().rollsBack();
        FailurePolicy policy = deployment.policy();
        onFailure = policy.onFailure().name();
        timeoutMillis = policy.timeout() == null ? null : policy.timeout().toMillis();
        maxFailures = policy.maxFailures();
        state = State.SUBMITTED.name();
        move(deployment);
    }

    private static @Nullable Instant instant(@Nullable Version version) {
        return version == null ? null : version.instant();
    }

    /** Takes over what can change. */
    final void move(Deployment deployment) {
        failures = deployment.failures();
        message = deployment.warning();
        switch (deployment.state()) {
            case DeploymentState.Submitted() -> state = State.SUBMITTED.name();
            case DeploymentState.Rolling(Instant started, Instant since) -> {
                state = State.ROLLING.name();
                startedAt = started;
                stateSince = since;
            }
            case DeploymentState.Paused(var started, Instant since, String why) -> {
                state = State.PAUSED.name();
                startedAt = started;
                stateSince = since;
                message = why;
            }
            case DeploymentState.Succeeded(Instant at) -> end(State.SUCCEEDED, null, at);
            case DeploymentState.Superseded(UUID by, Instant at) -> end(State.SUPERSEDED, by, at);
            case DeploymentState.RolledBack(UUID by, Instant at) -> end(State.ROLLED_BACK, by, at);
            case DeploymentState.Cancelled(Instant at) -> end(State.CANCELLED, null, at);
            case DeploymentState.Failed(String why, var by, Instant at) -> {
                end(State.FAILED, by, at);
                message = why;
            }
        }
    }

    private void end(State last, @Nullable UUID by, Instant at) {
        state = last.name();
        supersededBy = by;
        finishedAt = at;
    }

    /**
     * What the row says.
     *
     * @throws RuntimeException if it says nothing that makes sense
     */
    Deployment toDeployment() {
        return new Deployment(
                id,
                new PodId(podId),
                Kind.valueOf(kind),
                fromVersion == null ? null : new Version(fromVersion),
                targetVersion == null ? null : new Version(targetVersion),
                state(State.valueOf(state)),
                createdAt,
                new Origin(requestedBy, reason, forced, supersedes, rollsBack, bundle),
                new FailurePolicy(
                        OnFailure.valueOf(onFailure),
                        timeoutMillis == null ? null : Duration.ofMillis(timeoutMillis),
                        maxFailures),
                failures,
                state.equals(State.PAUSED.name()) || state.equals(State.FAILED.name()) ? null : message);
    }

    private DeploymentState state(State current) {
        return switch (current) {
            case SUBMITTED -> new DeploymentState.Submitted();
            // A leader of an earlier release does not say since when.
            case ROLLING ->
                new DeploymentState.Rolling(required(startedAt), stateSince == null ? required(startedAt) : stateSince);
            case PAUSED -> new DeploymentState.Paused(startedAt, required(stateSince), required(message));
            case SUCCEEDED -> new DeploymentState.Succeeded(required(finishedAt));
            case SUPERSEDED -> new DeploymentState.Superseded(required(supersededBy), required(finishedAt));
            case ROLLED_BACK -> new DeploymentState.RolledBack(required(supersededBy), required(finishedAt));
            case CANCELLED -> new DeploymentState.Cancelled(required(finishedAt));
            case FAILED -> new DeploymentState.Failed(required(message), supersededBy, required(finishedAt));
        };
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, "a column that belongs to its state is empty");
    }

    /** What queries show of the status while the deployment runs; absent where it is computed. */
    @Nullable
    PodStatus frozen() {
        return frozenStatus == null || frozenSince == null
                ? null
                : new PodStatus(PodStatus.Value.valueOf(frozenStatus), frozenSince);
    }

    /** Ends it, whatever else the row says. */
    void giveUp(String why, Instant at) {
        end(State.FAILED, null, at);
        message = why;
    }

    PodId pod() {
        return new PodId(podId);
    }

    @Nullable
    Instant startedAt() {
        return startedAt;
    }

    @Nullable
    Instant finishedAt() {
        return finishedAt;
    }

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return rowVersion == null;
    }
}
