package io.muster.deploy.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.EndCause;
import io.muster.deploy.model.Termination;
import io.muster.deploy.model.Termination.ContainerEnd;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How instances ended. */
@Repository
public class TerminationRows {

    private static final TypeReference<List<ContainerEnd>> CONTAINERS = new TypeReference<>() {};
    private static final JsonMapper JSON = new JsonMapper();

    /** An instance ends once; a row that is there already says how. */
    private static final MultiRow<Termination> ADD = new MultiRow<Termination>("""
                    insert into termination (instance_id, pod_id, version, agent_id, agent_hostname, placed_at,
                        active_since, ended_at, cause, message, containers)
                    select instance_id, pod_id, version::timestamptz, agent_id, agent_hostname, placed_at::timestamptz,
                        active_since::timestamptz, ended_at::timestamptz, cause, message, containers
                    from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality as row (instance_id, pod_id, version,
                        agent_id, agent_hostname, placed_at, active_since, ended_at, cause, message, containers, number)
                    order by number
                    on conflict (instance_id) do nothing
                    """)
            .column(Termination::instance)
            .column(Termination::pod)
            .column(Termination::version)
            .column(Termination::agentId)
            .column(Termination::agentHostname)
            .column(Termination::placedAt)
            .column(Termination::activeSince)
            .column(Termination::endedAt)
            .column(Termination::cause)
            .column(Termination::message)
            .column(termination -> JSON.writeValueAsString(termination.containers()));

    private final JdbcTemplate jdbc;

    TerminationRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A termination as it is stored.
     *
     * @param sequence grows with each that is stored
     */
    public record Stored(long sequence, Termination termination) {}

    /** Adds them in this order; one statement, however many they are. */
    void add(List<Termination> terminations) {
        ADD.execute(jdbc, terminations);
    }

    /**
     * Of one pod, those that ended last first.
     *
     * @param before only those with a smaller sequence; empty for the beginning
     * @param limit at most so many
     */
    public List<Stored> page(PodId pod, Optional<Long> before, int limit) {
        return jdbc.query(
                "select * from termination where pod_id = ? and seq < ? order by seq desc limit ?",
                TerminationRows::stored,
                pod.text(),
                before.orElse(Long.MAX_VALUE),
                limit);
    }

    /** That of one instance of a pod. The id may be of any form, also of none that an instance could have. */
    public Optional<Stored> of(PodId pod, String instance) {
        return jdbc
                .query(
                        "select * from termination where instance_id = ? and pod_id = ?",
                        TerminationRows::stored,
                        instance,
                        pod.text())
                .stream()
                .findFirst();
    }

    /**
     * Where a look at old terminations stopped.
     *
     * @param endedAt and {@code sequence}: what was looked at last
     */
    public record Position(Instant endedAt, long sequence) {

        public static final Position BEGINNING = new Position(Instant.EPOCH, 0);
    }

    /**
     * What became of a piece of them.
     *
     * @param looked how many were looked at
     * @param removed how many of these are gone now
     * @param end where the next piece begins
     */
    public record Trimmed(int looked, int removed, Position end) {}

    /**
     * Looks at old terminations and removes those that are not among the last ones of their pod. Neither the number of
     * all that are stored nor that of a pod counts: each is looked up in an index, and so are at most {@code kept} others.
     *
     * @param olderThan only those that ended before
     * @param kept how many of each pod stay, however old they are
     * @param begin where to go on
     * @param limit how many to look at
     */
    public Trimmed trim(Instant olderThan, int kept, Position begin, int limit) {
        List<Trimmed> trimmed = jdbc.query(
                """
                with piece as (
                    select seq, pod_id, ended_at from termination
                    where ended_at < ? and (ended_at, seq) > (?, ?)
                    order by ended_at, seq limit ?
                ), surplus as (
                    select pod_id, seq from piece where (
                        select count(*) from (
                            select 1 from termination later
                            where later.pod_id = piece.pod_id and later.seq > piece.seq limit ?) as enough) = ?
                ), removed as (
                    delete from termination where (pod_id, seq) in (select pod_id, seq from surplus)
                    returning seq
                ), last as (
                    select ended_at, seq from piece order by ended_at desc, seq desc limit 1
                )
                select (select count(*) from piece), (select count(*) from removed), last.ended_at, last.seq from last
                """,
                (row, number) ->
                        new Trimmed(row.getInt(1), row.getInt(2), new Position(instant(row, 3), row.getLong(4))),
                olderThan.atOffset(ZoneOffset.UTC),
                begin.endedAt().atOffset(ZoneOffset.UTC),
                begin.sequence(),
                limit,
                kept,
                kept);
        return trimmed.isEmpty() ? new Trimmed(0, 0, begin) : trimmed.getFirst();
    }

    private static Stored stored(ResultSet row, int number) throws SQLException {
        OffsetDateTime active = row.getObject("active_since", OffsetDateTime.class);
        return new Stored(
                row.getLong("seq"),
                new Termination(
                        new InstanceId(row.getString("instance_id")),
                        new PodId(row.getString("pod_id")),
                        new Version(instant(row, row.findColumn("version"))),
                        row.getString("agent_id"),
                        row.getString("agent_hostname"),
                        instant(row, row.findColumn("placed_at")),
                        active == null ? null : active.toInstant(),
                        instant(row, row.findColumn("ended_at")),
                        EndCause.valueOf(row.getString("cause")),
                        row.getString("message"),
                        containers(row.getString("containers"))));
    }

    private static List<ContainerEnd> containers(@Nullable String text) {
        return JSON.readValue(Objects.requireNonNull(text), CONTAINERS);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
