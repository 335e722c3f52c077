package io.muster.deploy.persistence;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.PodStatus;
import io.muster.history.PodId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The stored deployments. Rows that say nothing that makes sense are passed over; {@link #unreadable} finds them. */
@Repository
public class Deployments {

    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

    private final DeploymentRepository rows;
    private final JdbcTemplate jdbc;

    Deployments(DeploymentRepository rows, JdbcTemplate jdbc) {
        this.rows = rows;
        this.jdbc = jdbc;
    }

    /** Adds a deployment, in the transaction of the caller. */
    public void add(Deployment deployment, @Nullable PodStatus frozen) {
        rows.saveAndFlush(new DeploymentEntity(deployment, frozen));
    }

    /**
     * The one that holds the lock of this pod. Until the transaction of the caller ends nobody else moves it: the engine,
     * which does not ask for the lock of the pod, may be about to.
     */
    public Optional<Stored> holdRunningOf(PodId pod) {
        // Most pods have none.
        List<UUID> held = jdbc.query(
                "select id from deployment where pod_id = ? and state in " + DeploymentRepository.RUNNING
                        + " for update",
                (row, number) -> row.getObject("id", UUID.class),
                pod.text());
        return held.stream().findFirst().flatMap(rows::holdRunning).map(Deployments::stored);
    }

    /** This one if it holds a lock. Until the transaction of the caller ends nobody else moves it. */
    public Optional<Deployment> holdRunning(UUID id) {
        return rows.holdRunning(id).map(DeploymentEntity::toDeployment);
    }

    /** The pod of a deployment, also of one that has ended. */
    public Optional<PodId> podOf(UUID id) {
        return jdbc
                .query(
                        "select pod_id from deployment where id = ?",
                        (row, number) -> new PodId(row.getString("pod_id")),
                        id)
                .stream()
                .findFirst();
    }

    /** Also one that has ended. */
    public Optional<Stored> find(UUID id) {
        return rows.findById(id).flatMap(Deployments::read);
    }

    /** The one that holds the lock of this pod, without waiting for anybody. */
    public Optional<Deployment> runningOf(PodId pod) {
        return runningOf(List.of(pod)).stream().findFirst();
    }

    /** Of these pods those that hold a lock, in no order. */
    public List<Deployment> runningOf(Collection<PodId> pods) {
        return rows.runningOf(pods.stream().map(PodId::text).toList()).stream()
                .flatMap(row -> read(row).stream())
                .map(Stored::deployment)
                .toList();
    }

    /** What the status of these pods must know of the deployments that run, in no order; at most one for each. */
    public List<Holder> holdersOf(Collection<PodId> pods) {
        OfPods these = OfPods.in("pod_id", pods);
        // Not by entities: statuses are asked for far more often than deployments change.
        return jdbc.query(
                "select pod_id, kind, frozen_status, frozen_since from deployment where " + these.condition()
                        + " and state in " + DeploymentRepository.RUNNING,
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
    public List<Stored> running() {
        return rows.running().stream().flatMap(row -> read(row).stream()).toList();
    }

    /** The members of these bundles, also those that have ended, ordered by pod. */
    public List<Stored> membersOf(Collection<UUID> bundles) {
        return bundles.isEmpty()
                ? List.of()
                : rows.membersOf(bundles).stream()
                        .flatMap(row -> read(row).stream())
                        .toList();
    }

    /**
     * All, also those that have ended, the newest first.
     *
     * @param after only those that are older than this one; empty for the beginning
     * @param limit at most so many
     */
    public List<Stored> newest(Optional<UUID> after, int limit) {
        List<DeploymentEntity> found = after.map(id -> rows.newest(id, limit)).orElseGet(() -> rows.newest(limit));
        return found.stream().flatMap(row -> read(row).stream()).toList();
    }

    /** How many run; {@code limit} if there are more. */
    public int countRunning(int limit) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from (select from deployment where state in " + DeploymentRepository.RUNNING
                        + " limit ?) as running",
                Integer.class,
                limit));
    }

    /** From here to the end of its transaction only one caller at a time. */
    public void lockCounting() {
        jdbc.query("select pg_advisory_xact_lock(hashtextextended('muster running deployments', 0))", row -> {});
    }

    /** Those the engine has not taken up, oldest first. */
    public List<Deployment> submitted() {
        return rows.submitted().stream()
                .flatMap(row -> read(row).stream())
                .map(Stored::deployment)
                .toList();
    }

    /**
     * Moves a running deployment on, in the transaction of the caller.
     *
     * @return whether it was still running; otherwise nothing was changed
     */
    public boolean move(Deployment deployment) {
        Optional<DeploymentEntity> row = rows.holdRunning(deployment.id());
        row.ifPresent(found -> {
            found.move(deployment);
            rows.saveAndFlush(found);
        });
        return row.isPresent();
    }

    /**
     * Moves running deployments on for the engine, which would not if it knew that one of them is paused; one statement.
     *
     * @return whether all were still running and not paused; otherwise the transaction must not be committed
     */
    boolean advance(List<Deployment> moved) {
        return DeploymentEntity.ADVANCE.execute(
                        jdbc,
                        moved.stream()
                                .map(deployment -> new DeploymentEntity(deployment, null))
                                .toList())
                == moved.size();
    }

    /** Those that hold a lock and whose rows cannot be read. */
    List<Unreadable> unreadable() {
        return rows.running().stream()
                .filter(row -> read(row).isEmpty())
                .map(row -> new Unreadable(row.getId(), row.pod()))
                .toList();
    }

    /**
     * Ends one whose row cannot be read, in the transaction of the caller, who holds the lock of the pod.
     *
     * @return whether it was still running; otherwise nothing was changed
     */
    boolean giveUp(UUID id, String reason, Instant now) {
        Optional<DeploymentEntity> row = rows.holdRunning(id);
        row.ifPresent(found -> {
            found.giveUp(reason, now);
            rows.saveAndFlush(found);
        });
        return row.isPresent();
    }

    private static Optional<Stored> read(DeploymentEntity row) {
        try {
            return Optional.of(stored(row));
        } catch (RuntimeException senseless) {
            LOG.error("the row of deployment {} cannot be read, and is passed over", row.getId(), senseless);
            return Optional.empty();
        }
    }

    private static Stored stored(DeploymentEntity row) {
        return new Stored(row.toDeployment(), row.frozen(), row.startedAt(), row.finishedAt());
    }

    /**
     * A deployment with what else is stored of it.
     *
     * @param frozen what queries show of the status while it runs
     */
    public record Stored(
            Deployment deployment,
            @Nullable PodStatus frozen,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /** A deployment whose row cannot be read. */
    record Unreadable(UUID id, PodId pod) {}

    /**
     * A deployment that runs, as its pod sees it.
     *
     * @param frozen what queries show of the status meanwhile
     */
    public record Holder(PodId pod, Kind kind, @Nullable PodStatus frozen) {}
}
