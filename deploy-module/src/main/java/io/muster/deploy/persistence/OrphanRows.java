package io.muster.deploy.persistence;

import static java.util.stream.Collectors.toMap;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Orphan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The orphans. The engine writes what Mesos says of them, anybody that he wants them ended. */
@Repository
public class OrphanRows {

    /** What was asked for meanwhile stays. Always in the same order, lest this and a wish wait for one another. */
    private static final MultiRow<Orphan> PUT = new MultiRow<Orphan>("""
                    insert into orphan (task_id, agent_id, state, first_seen, last_seen, kill_asked_at)
                    select task_id, agent_id, state, first_seen::timestamptz, last_seen::timestamptz,
                        kill_asked_at::timestamptz
                    from unnest(?, ?, ?, ?, ?, ?) as row (task_id, agent_id, state, first_seen, last_seen, kill_asked_at)
                    on conflict (task_id) do update set agent_id = excluded.agent_id, state = excluded.state,
                        last_seen = excluded.last_seen,
                        kill_asked_at = coalesce(orphan.kill_asked_at, excluded.kill_asked_at)
                    """)
            .column(Orphan::task)
            .column(Orphan::agent)
            .column(Orphan::state)
            .column(Orphan::firstSeen)
            .column(Orphan::lastSeen)
            .column(Orphan::killAsked);

    private static final MultiRow<TaskId> REMOVE =
            new MultiRow<TaskId>("delete from orphan where task_id = any (?)").column(TaskId::text);

    private final JdbcTemplate jdbc;

    OrphanRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** All of them, ordered by task id. */
    public List<Orphan> all() {
        return jdbc.query("select * from orphan order by task_id", OrphanRows::orphan);
    }

    /**
     * Notes that somebody wants it ended; the first wish counts.
     *
     * @param who empty text for somebody without a name
     * @return the orphan with this wish; empty if there is none of that id
     */
    public Optional<Orphan> ask(TaskId task, Instant now, String who) {
        return jdbc.query("""
                update orphan set kill_asked_at = coalesce(kill_asked_at, ?), kill_asked_by = coalesce(kill_asked_by, ?)
                where task_id = ? returning *
                """, OrphanRows::orphan, now.atOffset(ZoneOffset.UTC), who, task.text()).stream()
                .findFirst();
    }

    /** Those that somebody asked for, with the time of that. */
    Map<TaskId, Instant> askedFor() {
        return jdbc.query("select * from orphan where kill_asked_by is not null", OrphanRows::orphan).stream()
                .collect(toMap(Orphan::task, orphan -> Objects.requireNonNull(orphan.killAsked())));
    }

    void put(List<Orphan> orphans) {
        PUT.execute(
                jdbc,
                orphans.stream().sorted(Comparator.comparing(Orphan::task)).toList());
    }

    void remove(List<TaskId> tasks) {
        REMOVE.execute(jdbc, tasks);
    }

    private static Orphan orphan(ResultSet row, int number) throws SQLException {
        OffsetDateTime asked = row.getObject("kill_asked_at", OffsetDateTime.class);
        return new Orphan(
                new TaskId(row.getString("task_id")),
                row.getString("agent_id"),
                TaskState.valueOf(row.getString("state")),
                row.getObject("first_seen", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen", OffsetDateTime.class).toInstant(),
                asked == null ? null : asked.toInstant());
    }
}
