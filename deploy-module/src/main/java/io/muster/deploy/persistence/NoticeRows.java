package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.InstanceId;
import io.muster.history.PodId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Pods whose deployment the API cancelled, paused or resumed, until the engine has looked at them. */
@Repository
public class NoticeRows {

    private static final MultiRow<Row> REMOVE =
            new MultiRow<Row>("delete from deployment_notice where id = any (?::bigint[])").column(Row::id);

    private final JdbcTemplate jdbc;

    NoticeRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A notice. */
    record Row(long id, PodId pod) {}

    /** Adds one, in the transaction of the caller. */
    public void add(PodId pod) {
        jdbc.update("insert into deployment_notice (pod_id) values (?)", pod.text());
    }

    /** Oldest first. */
    List<Row> all() {
        return jdbc.query(
                "select id, pod_id from deployment_notice order by id",
                (row, number) -> new Row(row.getLong("id"), new PodId(row.getString("pod_id"))));
    }

    /** Whether there is one of these pods, or of the pods of these instances, besides those that are known. */
    boolean anyOf(Collection<PodId> pods, Collection<InstanceId> instances, Collection<Long> known) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                select exists (select 1 from deployment_notice where id <> all (?)
                    and (pod_id = any (?) or pod_id in (select pod_id from instance where id = any (?))))
                """,
                Boolean.class,
                known.toArray(Long[]::new),
                pods.stream().map(PodId::text).toArray(String[]::new),
                instances.stream().map(InstanceId::text).toArray(String[]::new)));
    }

    void remove(List<Row> notices) {
        REMOVE.execute(jdbc, notices);
    }
}
