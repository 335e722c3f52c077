package io.muster.deploy.persistence;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.PodStatus;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The stored deployments. */
@Repository
public class Deployments {

    private final DeploymentRepository rows;
    private final JdbcTemplate jdbc;

    Deployments(DeploymentRepository rows, JdbcTemplate jdbc) {
        this.rows = rows;
        this.jdbc = jdbc;
    }

    /**
     * Adds a deployment, in the transaction of the caller.
     *
     * @param from what was exposed when it was accepted
     */
    public void add(Deployment deployment, @Nullable Version from, @Nullable PodStatus frozen) {
        rows.saveAndFlush(new DeploymentEntity(deployment, from, frozen));
    }

    /**
     * The one that holds the lock of this pod. Until the transaction of the caller ends nobody else moves it: the engine,
     * which does not ask for the lock of the pod, may be about to.
     */
    public Optional<Running> holdRunningOf(PodId pod) {
        return rows.holdRunningOf(pod.text()).stream().findFirst().map(Deployments::running);
    }

    /** Also one that has ended. */
    public Optional<Deployment> find(UUID id) {
        return rows.findById(id).map(DeploymentEntity::toDeployment);
    }

    /** None or one. */
    public List<UUID> idsOfRunning(PodId pod) {
        return jdbc.query(
                "select id from deployment where pod_id = ? and state in ('SUBMITTED', 'ROLLING')",
                (row, number) -> UUID.fromString(row.getString("id")),
                pod.text());
    }

    /** What the status of these pods must know of the deployments that run, in no order; at most one for each. */
    public List<Holder> holdersOf(Collection<PodId> pods) {
        OfPods these = OfPods.in("pod_id", pods);
        // Not by entities: statuses are asked for far more often than deployments change.
        return jdbc.query(
                "select pod_id, kind, frozen_status, frozen_since from deployment where " + these.condition()
                        + " and state in ('SUBMITTED', 'ROLLING')",
                Deployments::holder,
                these.argument());
    }

    private static Holder holder(ResultSet row, int number) throws SQLException {
        String status = row.getString("frozen_status");
        OffsetDateTime since = row.getObject("frozen_since", OffsetDateTime.class);
        return new Holder(
                new PodId(row.getString("pod_id")),
                Kind.valueOf(row.getString("kind")),
                status == null || since == null
                        ? null
                        : new PodStatus(PodStatus.Value.valueOf(status), since.toInstant()));
    }

    /** All that run, oldest first. */
    public List<Running> running() {
        return rows.running().stream().map(Deployments::running).toList();
    }

    /** How many run; {@code limit} if there are more. */
    public int countRunning(int limit) {
        return rows.countRunning(limit);
    }

    /** From here to the end of its transaction only one caller at a time. */
    public void lockCounting() {
        rows.lockCounting();
    }

    /** Those the engine has not taken up, oldest first. */
    public List<Deployment> submitted() {
        return rows.submitted().stream().map(DeploymentEntity::toDeployment).toList();
    }

    /**
     * Moves a running deployment on, in the transaction of the caller.
     *
     * @return whether it was still running; otherwise nothing was changed
     */
    public boolean move(Deployment deployment) {
        Optional<DeploymentEntity> row = rows.holdRunning(deployment.id());
        row.ifPresent(found -> {
            found.move(deployment.state());
            rows.saveAndFlush(found);
        });
        return row.isPresent();
    }

    private static Running running(DeploymentEntity row) {
        return new Running(row.toDeployment(), row.frozen());
    }

    /**
     * A deployment that runs.
     *
     * @param frozen what queries show of the status meanwhile
     */
    public record Running(Deployment deployment, @Nullable PodStatus frozen) {}

    /**
     * A deployment that runs, as its pod sees it.
     *
     * @param frozen what queries show of the status meanwhile
     */
    public record Holder(PodId pod, Kind kind, @Nullable PodStatus frozen) {}
}
