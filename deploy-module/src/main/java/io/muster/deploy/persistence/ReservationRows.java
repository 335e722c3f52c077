package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Reservation.State;
import io.muster.history.PodId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What is reserved for instances with persistent volumes. Written by the engine alone. */
@Repository
public class ReservationRows {

    private static final MultiRow<Reservation> PUT = new MultiRow<Reservation>("""
                    insert into reservation (id, pod_id, state, holder, agent_id, agent_hostname, agent_region, agent_zone,
                        agent_attributes, since)
                    select id, pod_id, state, holder, agent_id, agent_hostname, agent_region, agent_zone,
                        agent_attributes, since::timestamptz
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as row (id, pod_id, state, holder, agent_id,
                        agent_hostname, agent_region, agent_zone, agent_attributes, since)
                    on conflict (id) do update set state = excluded.state, holder = excluded.holder,
                        agent_id = excluded.agent_id, agent_hostname = excluded.agent_hostname,
                        agent_region = excluded.agent_region, agent_zone = excluded.agent_zone,
                        agent_attributes = excluded.agent_attributes, since = excluded.since
                    """)
            .column(Reservation::id)
            .column(Reservation::pod)
            .column(Reservation::state)
            .column(Reservation::holder)
            .column(reservation -> reservation.agent().id())
            .column(reservation -> reservation.agent().hostname())
            .column(reservation -> reservation.agent().region())
            .column(reservation -> reservation.agent().zone())
            .column(reservation -> InstanceRows.attributesText(reservation.agent()))
            .column(Reservation::since);

    private static final MultiRow<InstanceId> REMOVE =
            new MultiRow<InstanceId>("delete from reservation where id = any (?)").column(InstanceId::text);

    private final JdbcTemplate jdbc;

    ReservationRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** By the instance that holds it, which reservations the instances of these pods have. */
    public Map<InstanceId, InstanceId> heldIn(Collection<PodId> pods) {
        OfPods these = OfPods.in("pod_id", pods);
        Map<InstanceId, InstanceId> held = new HashMap<>();
        jdbc.query(
                "select holder, id from reservation where " + these.condition()
                        + " and holder is not null and state = 'MADE'",
                row -> {
                    held.put(new InstanceId(row.getString(1)), new InstanceId(row.getString(2)));
                },
                these.argument());
        return held;
    }

    /** Whether one that these instances held is to be given back, and has not been. */
    public boolean anyUnwantedOf(Collection<InstanceId> holders) {
        String[] texts = holders.stream().map(InstanceId::text).toArray(String[]::new);
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select 1 from reservation where state = 'UNWANTED' and holder = any (?))",
                Boolean.class,
                (Object) texts));
    }

    /** All of them, oldest first. */
    List<Reservation> all() {
        return jdbc.query("select * from reservation order by since, id", ReservationRows::reservation);
    }

    /** Adds and changes some. */
    void put(List<Reservation> reservations) {
        PUT.execute(jdbc, reservations);
    }

    void remove(List<InstanceId> ids) {
        REMOVE.execute(jdbc, ids);
    }

    private static Reservation reservation(ResultSet row, int number) throws SQLException {
        String holder = row.getString("holder");
        return new Reservation(
                new InstanceId(row.getString("id")),
                new PodId(row.getString("pod_id")),
                State.valueOf(row.getString("state")),
                holder == null ? null : new InstanceId(holder),
                new Agent(
                        row.getString("agent_id"),
                        row.getString("agent_hostname"),
                        row.getString("agent_region"),
                        row.getString("agent_zone"),
                        InstanceRows.attributes(row.getString("agent_attributes"))),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }
}
