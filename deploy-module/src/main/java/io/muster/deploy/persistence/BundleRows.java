package io.muster.deploy.persistence;

import io.muster.deploy.model.Bundle;
import io.muster.deploy.model.Bundle.Member;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.BundleMoved;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.history.PodId;
import io.muster.history.Version;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Which deployments belong together (ADR 0019). */
@Repository
public class BundleRows {

    private static final String SELECT = """
            select d.pod_id, d.kind, d.state, d.started_at, coalesce(v.version, d.from_version, d.created_at) as version,
                coalesce((v.definition::jsonb #>> '{scaling,instances}')::integer, 0) as instances
            from deployment d
            left join pod_version v on v.pod_id = d.pod_id and v.version = d.target_version
            where d.bundle = ?
            order by d.pod_id, d.id
            """;

    private final JdbcTemplate jdbc;
    private final EntityManager entityManager;

    BundleRows(JdbcTemplate jdbc, EntityManager entityManager) {
        this.jdbc = jdbc;
        this.entityManager = entityManager;
    }

    /**
     * A deployment of a bundle, as it is stored.
     *
     * @param deleted the version that was shown last of a pod that it has deleted; empty if it does something else, or did
     *     not end well
     */
    public record Tied(UUID id, PodId pod, boolean runs, Optional<Version> deleted) {}

    /** The members of a bundle, ordered by pod; read anew each time. */
    public List<Tied> of(UUID bundle) {
        return jdbc.query(
                "select id, pod_id, kind, state, from_version, state in " + DeploymentRepository.RUNNING
                        + " as runs from deployment where bundle = ? order by pod_id, id",
                (row, number) -> {
                    boolean deleted = row.getString("kind").equals(Kind.DELETE.name())
                            && row.getString("state").equals(DeploymentEntity.State.SUCCEEDED.name());
                    return new Tied(
                            UUID.fromString(row.getString("id")),
                            new PodId(row.getString("pod_id")),
                            row.getBoolean("runs"),
                            deleted
                                    ? Optional.of(new Version(row.getObject("from_version", OffsetDateTime.class)
                                            .toInstant()))
                                    : Optional.empty());
                },
                bundle);
    }

    /** Keeps a transaction over many pods from comparing all rows it has seen each time it stores one. */
    public void letGo() {
        entityManager.flush();
        entityManager.clear();
    }

    /** Ties deployments together that were added in the transaction of the caller. */
    public void tie(Collection<UUID> members, UUID bundle) {
        jdbc.update(
                "update deployment set bundle = ? where id = any (?)", bundle, (Object) members.toArray(UUID[]::new));
    }

    private record Row(Member member, Version version, String state, boolean begun) {

        boolean runs() {
            return DeploymentRepository.RUNNING.contains("'" + state + "'");
        }

        boolean succeeded() {
            return state.equals(DeploymentEntity.State.SUCCEEDED.name());
        }
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                new Member(
                        new PodId(row.getString("pod_id")),
                        Kind.valueOf(row.getString("kind")),
                        row.getInt("instances")),
                new Version(row.getObject("version", OffsetDateTime.class).toInstant()),
                row.getString("state"),
                // One that begins and ends in the same round is not stored in between.
                row.getObject("started_at", OffsetDateTime.class) != null
                        || row.getString("state").equals(DeploymentEntity.State.SUCCEEDED.name()));
    }

    /**
     * Has a bundle speak for its members: it begins with the first of them and ends with the last. That a member is paused,
     * resumed or over a limit is its own affair. What the events tell of is stored already.
     */
    List<DeployEvent> asOne(List<DeployEvent> events) {
        Map<Key, Integer> left = new HashMap<>();
        events.forEach(event -> key(event).ifPresent(key -> left.merge(key, 1, Integer::sum)));
        if (left.isEmpty()) {
            return events;
        }
        Map<Key, Integer> begun = Map.copyOf(left);
        List<DeployEvent> told = new ArrayList<>();
        for (DeployEvent event : events) {
            Optional<Key> key = key(event);
            if (key.isEmpty()) {
                told.add(event);
            } else if (left.merge(key.get(), -1, Integer::sum) == 0) {
                told(key.get(), begun.getOrDefault(key.get(), 0), (DeploymentMoved) event)
                        .ifPresent(told::add);
            }
        }
        return told;
    }

    private record Key(UUID bundle, boolean begins) {}

    /** Whose events the bundle tells; empty for all others. */
    private static Optional<Key> key(DeployEvent event) {
        if (!(event instanceof DeploymentMoved moved)) {
            return Optional.empty();
        }
        Optional<UUID> bundle = Optional.ofNullable(moved.deployment().origin().bundle());
        return switch (moved.phase()) {
            case BEGAN -> bundle.map(id -> new Key(id, true));
            case SUCCEEDED, SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED -> bundle.map(id -> new Key(id, false));
            case PAUSED, RESUMED, OVER_LIMIT -> Optional.empty();
        };
    }

    /** Of members that move in transactions at the same time, one waits for the other here, and sees what it did. */
    private Optional<DeployEvent> told(Key key, int now, DeploymentMoved last) {
        jdbc.query(
                "select cast(pg_advisory_xact_lock(hashtextextended(?, 0)) as text)",
                row -> {},
                "muster bundle " + key.bundle());
        List<Row> rows = jdbc.query(SELECT, BundleRows::row, key.bundle());
        boolean tells = key.begins()
                ? rows.stream().filter(Row::begun).count() == now
                : rows.stream().noneMatch(Row::runs);
        if (!tells) {
            return Optional.empty();
        }
        boolean well = key.begins() || rows.stream().allMatch(Row::succeeded);
        Phase ended = last.phase() == Phase.SUCCEEDED && !well ? Phase.FAILED : last.phase();
        String reason =
                last.phase() == Phase.SUCCEEDED && !well ? "some of its deployments did not end well" : last.reason();
        Version version =
                rows.stream().map(Row::version).max(Version::compareTo).orElseThrow();
        Bundle bundle =
                new Bundle(key.bundle(), version, rows.stream().map(Row::member).toList());
        boolean begun = rows.stream().allMatch(Row::begun);
        return Optional.of(new BundleMoved(bundle, ended, begun, reason, last.at()));
    }
}
