package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Failure;
import io.muster.history.PodId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The last failure of each pod. */
@Repository
public class FailureRows {

    private static final MultiRow<Failure> PUT = new MultiRow<Failure>("""
                    insert into last_failure (pod_id, instance_id, task_id, state, started_at, terminated_at, message)
                    select pod_id, instance_id, task_id, state, started_at::timestamptz, terminated_at::timestamptz,
                        message
                    from unnest(?, ?, ?, ?, ?, ?, ?) as row (pod_id, instance_id, task_id, state, started_at,
                        terminated_at, message)
                    on conflict (pod_id) do update set instance_id = excluded.instance_id, task_id = excluded.task_id,
                        state = excluded.state, started_at = excluded.started_at,
                        terminated_at = excluded.terminated_at, message = excluded.message
                    """)
            .column(Failure::pod)
            .column(Failure::instance)
            .column(Failure::task)
            .column(Failure::state)
            .column(Failure::startedAt)
            .column(Failure::terminatedAt)
            .column(Failure::message);

    private static final MultiRow<PodId> FORGET =
            new MultiRow<PodId>("delete from last_failure where pod_id = any (?)").column(PodId::text);

    private final JdbcTemplate jdbc;

    FailureRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** At most one for each of these pods, in no order. */
    public List<Failure> of(Collection<PodId> pods) {
        OfPods these = OfPods.in("pod_id", pods);
        return jdbc.query(
                "select * from last_failure where " + these.condition(), FailureRows::failure, these.argument());
    }

    /** Each replaces the earlier one of its pod. */
    void put(List<Failure> failures) {
        PUT.execute(jdbc, failures);
    }

    void forget(List<PodId> pods) {
        FORGET.execute(jdbc, pods);
    }

    private static Failure failure(ResultSet row, int number) throws SQLException {
        return new Failure(
                new PodId(row.getString("pod_id")),
                new InstanceId(row.getString("instance_id")),
                new TaskId(row.getString("task_id")),
                TaskState.valueOf(row.getString("state")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getObject("terminated_at", OffsetDateTime.class).toInstant(),
                row.getString("message"));
    }
}
