package io.muster.deploy.persistence;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.PodStatus;
import io.muster.history.PodId;
import io.muster.history.Version;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A row of {@code deployment}. */
@Entity
@Table(name = "deployment")
class DeploymentEntity implements Persistable<UUID> {

    /** How a {@link DeploymentState} is spelt in its column. */
    enum State {
        SUBMITTED,
        ROLLING,
        SUCCEEDED,
        SUPERSEDED
    }

    @Id
    private UUID id;

    @Column(name = "pod_id", updatable = false)
    private String podId;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Kind kind;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "from_version", updatable = false)
    private @Nullable Instant fromVersion;

    @Column(name = "target_version", updatable = false)
    private @Nullable Instant targetVersion;

    @Enumerated(EnumType.STRING)
    @Column(name = "frozen_status", updatable = false)
    private PodStatus.@Nullable Value frozenStatus;

    @Column(name = "frozen_since", updatable = false)
    private @Nullable Instant frozenSince;

    @Column(name = "superseded_by")
    private @Nullable UUID supersededBy;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @jakarta.persistence.Version
    @Column(name = "row_version")
    private @Nullable Long rowVersion;

    @SuppressWarnings("NullAway.Init")
    protected DeploymentEntity() {}

    DeploymentEntity(Deployment deployment, @Nullable Version from, @Nullable PodStatus frozen) {
        id = deployment.id();
        podId = deployment.pod().text();
        kind = deployment.kind();
        Version target = deployment.target();
        targetVersion = target == null ? null : target.instant();
        fromVersion = from == null ? null : from.instant();
        frozenStatus = frozen == null ? null : frozen.value();
        frozenSince = frozen == null ? null : frozen.since();
        createdAt = deployment.createdAt();
        state = State.SUBMITTED;
        move(deployment.state());
    }

    final void move(DeploymentState to) {
        switch (to) {
            case DeploymentState.Submitted() -> state = State.SUBMITTED;
            case DeploymentState.Rolling(Instant at) -> {
                state = State.ROLLING;
                startedAt = at;
            }
            case DeploymentState.Succeeded(Instant at) -> {
                state = State.SUCCEEDED;
                finishedAt = at;
            }
            case DeploymentState.Superseded(UUID by, Instant at) -> {
                state = State.SUPERSEDED;
                supersededBy = by;
                finishedAt = at;
            }
        }
    }

    Deployment toDeployment() {
        DeploymentState current = switch (state) {
            case SUBMITTED -> new DeploymentState.Submitted();
            case ROLLING -> new DeploymentState.Rolling(Objects.requireNonNull(startedAt));
            case SUCCEEDED -> new DeploymentState.Succeeded(Objects.requireNonNull(finishedAt));
            case SUPERSEDED ->
                new DeploymentState.Superseded(
                        Objects.requireNonNull(supersededBy), Objects.requireNonNull(finishedAt));
        };
        Version target = targetVersion == null ? null : new Version(targetVersion);
        return new Deployment(id, new PodId(podId), kind, target, current, createdAt);
    }

    /** What queries show of the status while the deployment runs; absent where it is computed. */
    @Nullable
    PodStatus frozen() {
        return frozenStatus == null || frozenSince == null ? null : new PodStatus(frozenStatus, frozenSince);
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
