package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.engine.Changes.AttemptChange;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.history.PodId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** What the leader found when it tried to place instances. */
@Repository
public class LaunchAttemptRows {

    private static final JsonMapper JSON = new JsonMapper();

    private static final MultiRow<AttemptChange> PUT = new MultiRow<AttemptChange>("""
                    insert into launch_attempt (pod_id, config_hash, attempt)
                    select pod_id, config_hash, attempt from unnest(?, ?, ?) as row (pod_id, config_hash, attempt)
                    on conflict (pod_id, config_hash) do update set attempt = excluded.attempt
                    """)
            .column(AttemptChange::pod)
            .column(AttemptChange::configHash)
            .column(change -> JSON.writeValueAsString(change.attempt()));

    private static final MultiRow<AttemptChange> REMOVE =
            new MultiRow<AttemptChange>("""
                    delete from launch_attempt using unnest(?, ?) as row (pod_id, config_hash)
                    where launch_attempt.pod_id = row.pod_id and launch_attempt.config_hash = row.config_hash
                    """).column(AttemptChange::pod).column(AttemptChange::configHash);

    private final JdbcTemplate jdbc;

    LaunchAttemptRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By pod, then by configuration hash. */
    public Map<PodId, Map<String, LaunchAttempt>> of(Collection<PodId> pods) {
        OfPods these = OfPods.in("pod_id", pods);
        Map<PodId, Map<String, LaunchAttempt>> attempts = new HashMap<>();
        jdbc.query(
                "select pod_id, config_hash, attempt from launch_attempt where " + these.condition(),
                row -> {
                    attempts.computeIfAbsent(new PodId(row.getString("pod_id")), pod -> new HashMap<>())
                            .put(
                                    row.getString("config_hash"),
                                    JSON.readValue(row.getString("attempt"), LaunchAttempt.class));
                },
                these.argument());
        return attempts;
    }

    void forgetAll() {
        jdbc.update("delete from launch_attempt");
    }

    void put(List<AttemptChange> changes) {
        PUT.execute(
                jdbc,
                changes.stream().filter(change -> change.attempt() != null).toList());
        REMOVE.execute(
                jdbc,
                changes.stream().filter(change -> change.attempt() == null).toList());
    }
}
