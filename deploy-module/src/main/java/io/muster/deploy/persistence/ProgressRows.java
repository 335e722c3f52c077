package io.muster.deploy.persistence;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** How far deployments are, by the instances there are. */
@Repository
public class ProgressRows {

    /** An instance is current if it has the configuration of the target and, for a restart, began after that did. */
    private static final String SELECT = """
            select d.id,
                count(i.id) filter (where now.current and i.goal = 'RUNNING' and i.condition = 'RUNNING'
                    and not exists (select 1 from task t where t.instance_id = i.id and t.health_checked
                        and t.condition = 'RUNNING' and t.healthy is distinct from true)) as ready,
                count(i.id) filter (where not now.current) as old_alive
            from deployment d
            left join pod_version target on target.pod_id = d.pod_id and target.version = d.target_version
            left join instance i on i.pod_id = d.pod_id
            left join pod_version own on own.pod_id = i.pod_id and own.version = i.version
            cross join lateral (select coalesce(own.config_hash = target.config_hash, false)
                and (d.kind <> 'RESTART' or i.scheduled_at >= coalesce(d.started_at, 'infinity')) as current) as now
            where d.id = any (?)
            group by d.id
            """;

    private final JdbcTemplate jdbc;

    ProgressRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How far a deployment is.
     *
     * @param ready instances of the target that are ready
     * @param oldAlive instances of others that are not gone, also those that are being ended
     */
    public record Progress(UUID deployment, int ready, int oldAlive) {}

    /** One for each of these deployments, in no order; by one query. */
    public List<Progress> of(Collection<UUID> deployments) {
        return deployments.isEmpty()
                ? List.of()
                : jdbc.query(
                        SELECT,
                        (row, number) -> new Progress(
                                UUID.fromString(row.getString("id")), row.getInt("ready"), row.getInt("old_alive")),
                        (Object) deployments.toArray(UUID[]::new));
    }
}
