package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.KillRequest;
import io.muster.history.PodId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Kill requests that the engine has not taken up. */
@Repository
public class KillRequestRows {

    /** A request that is there already says the same. It is not locked: the engine may be about to remove it. */
    private static final MultiRow<KillRequest> ADD = new MultiRow<KillRequest>("""
                    insert into kill_request (pod_id, instance_id, wipe, requested_at, requested_by)
                    select pod_id, instance_id, wipe::boolean, requested_at::timestamptz, requested_by
                    from unnest(?, ?, ?, ?, ?) as row (pod_id, instance_id, wipe, requested_at, requested_by)
                    on conflict (instance_id) do nothing
                    """)
            .column(KillRequest::pod)
            .column(KillRequest::instance)
            .column(KillRequest::wipe)
            .column(KillRequest::requestedAt)
            .column(KillRequest::who);

    private static final MultiRow<InstanceId> REMOVE =
            new MultiRow<InstanceId>("delete from kill_request where instance_id = any (?)").column(InstanceId::text);

    private final JdbcTemplate jdbc;

    KillRequestRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds those that are not there yet, in the transaction of the caller. */
    public void add(List<KillRequest> requests) {
        // Always in the same order, lest two callers wait for one another.
        ADD.execute(
                jdbc,
                requests.stream()
                        .sorted(Comparator.comparing(KillRequest::instance))
                        .toList());
    }

    /** At most {@code limit}, those that have waited longest first. */
    List<KillRequest> oldest(int limit) {
        return jdbc.query(
                "select * from kill_request order by requested_at, instance_id limit ?",
                KillRequestRows::request,
                limit);
    }

    void remove(List<InstanceId> instances) {
        REMOVE.execute(jdbc, instances);
    }

    private static KillRequest request(ResultSet row, int number) throws SQLException {
        return new KillRequest(
                new PodId(row.getString("pod_id")),
                new InstanceId(row.getString("instance_id")),
                row.getBoolean("wipe"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                row.getString("requested_by"));
    }
}
