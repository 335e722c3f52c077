package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.engine.Changes.DelayChange;
import io.muster.deploy.model.LaunchDelay;
import io.muster.history.PodId;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The stored launch delays. */
@Repository
public class DelayRows {

    private static final MultiRow<DelayChange> PUT = new MultiRow<DelayChange>("""
                    insert into launch_delay (pod_id, config_hash, reference, delay_nanos)
                    select pod_id, config_hash, reference::timestamptz, delay_nanos::bigint
                    from unnest(?, ?, ?, ?) as row (pod_id, config_hash, reference, delay_nanos)
                    on conflict (pod_id, config_hash) do update
                    set reference = excluded.reference, delay_nanos = excluded.delay_nanos
                    """)
            .column(DelayChange::pod)
            .column(DelayChange::configHash)
            .column(change -> Objects.requireNonNull(change.delay()).reference())
            .column(change -> Objects.requireNonNull(change.delay()).delay().toNanos());

    private static final MultiRow<DelayChange> LIFT =
            new MultiRow<DelayChange>("""
                    delete from launch_delay using unnest(?, ?) as row (pod_id, config_hash)
                    where launch_delay.pod_id = row.pod_id and launch_delay.config_hash = row.config_hash
                    """).column(DelayChange::pod).column(DelayChange::configHash);

    private final JdbcTemplate jdbc;

    DelayRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By pod, then by configuration hash. */
    Map<PodId, Map<String, LaunchDelay>> all() {
        return read("");
    }

    /** By pod, then by configuration hash. */
    public Map<PodId, Map<String, LaunchDelay>> of(Collection<PodId> pods) {
        OfPods these = OfPods.in("pod_id", pods);
        return read(" where " + these.condition(), these.argument());
    }

    private Map<PodId, Map<String, LaunchDelay>> read(String clause, Object... arguments) {
        Map<PodId, Map<String, LaunchDelay>> delays = new HashMap<>();
        jdbc.query(
                "select pod_id, config_hash, reference, delay_nanos from launch_delay" + clause,
                row -> {
                    OffsetDateTime reference = row.getObject("reference", OffsetDateTime.class);
                    Duration delay = Duration.ofNanos(row.getLong("delay_nanos"));
                    delays.computeIfAbsent(new PodId(row.getString("pod_id")), pod -> new HashMap<>())
                            .put(row.getString("config_hash"), new LaunchDelay(reference.toInstant(), delay));
                },
                arguments);
        return delays;
    }

    void put(List<DelayChange> changes) {
        PUT.execute(
                jdbc, changes.stream().filter(change -> change.delay() != null).toList());
        LIFT.execute(
                jdbc, changes.stream().filter(change -> change.delay() == null).toList());
    }
}
