package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.history.PodId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Wishes that the launch delay of a pod be lifted, which the engine has not taken up. */
@Repository
public class DelayResetRows {

    private static final MultiRow<PodId> REMOVE =
            new MultiRow<PodId>("delete from delay_reset where pod_id = any (?)").column(PodId::text);

    private final JdbcTemplate jdbc;

    DelayResetRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** One that is there already says the same. */
    public void add(PodId pod, Instant now, @Nullable String who) {
        jdbc.update(
                "insert into delay_reset (pod_id, requested_at, requested_by) values (?, ?, ?) on conflict do nothing",
                pod.text(),
                now.atOffset(ZoneOffset.UTC),
                who);
    }

    /** In no order. */
    List<PodId> all() {
        return jdbc.query("select pod_id from delay_reset", (row, number) -> new PodId(row.getString(1)));
    }

    void remove(List<PodId> pods) {
        REMOVE.execute(jdbc, pods);
    }
}
