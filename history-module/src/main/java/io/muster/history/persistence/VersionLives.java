package io.muster.history.persistence;

import static java.util.stream.Collectors.groupingBy;

import io.muster.history.AuditEntry;
import io.muster.history.Happening;
import io.muster.history.NewAuditEntry;
import io.muster.history.PodId;
import io.muster.history.StoredVersion.Tombstone;
import io.muster.history.Version;
import io.muster.history.VersionLife;
import io.muster.history.VersionLife.Facts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;

/** Puts the lives of versions together: one statement each for the versions, their audit, and the ends of exposures. */
@Repository
class VersionLives {

    private record Row(Version version, int life, String configHash, Optional<String> by, Optional<Tombstone> purged) {}

    /** Entries of a pod that this program has words for: a later one, which may run beside it, may know more. */
    static final String SELECT_ENTRIES = """
            select seq, life, at, what, version, deployment_id, who from pod_audit
            where pod_id = ? and what = any (cast(? as text[]))""";

    private final JdbcClient jdbc;

    VersionLives(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** See {@link io.muster.history.History#lives}. */
    List<VersionLife> page(PodId id, OffsetDateTime before, int limit) {
        List<Row> versions = jdbc.sql("""
                        select version, life, config_hash, submitted_by, purged_at, purged_by, purge_reason
                        from pod_version where pod_id = ? and version < ? order by version desc limit ?
                        """)
                .param(id.text())
                .param(before)
                .param(limit)
                .query(VersionLives::row)
                .list();
        if (versions.isEmpty()) {
            return List.of();
        }
        Map<Version, List<AuditEntry>> entries = entries(id, versions);
        Map<Version, Instant> retired = retired(id, entries);
        return versions.stream()
                .map(row -> VersionLife.of(
                        new Facts(
                                row.version(),
                                row.life(),
                                row.configHash(),
                                row.by(),
                                row.purged(),
                                Optional.ofNullable(retired.get(row.version()))),
                        entries.getOrDefault(row.version(), List.of())))
                .toList();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        OffsetDateTime purged = row.getObject("purged_at", OffsetDateTime.class);
        return new Row(
                new Version(instant(row, "version")),
                row.getInt("life"),
                row.getString("config_hash"),
                Optional.ofNullable(row.getString("submitted_by")),
                purged == null
                        ? Optional.empty()
                        : Optional.of(new Tombstone(
                                purged.toInstant(),
                                Optional.ofNullable(row.getString("purged_by")),
                                row.getString("purge_reason"))));
    }

    /** In the order they happened; those that this program has words for. */
    private Map<Version, List<AuditEntry>> entries(PodId id, List<Row> versions) {
        return jdbc
                .sql(SELECT_ENTRIES + " and version = any (cast(cast(? as text[]) as timestamptz[])) order by seq")
                .param(id.text())
                .param(knownHappenings())
                .param(texts(
                        versions.stream().map(row -> row.version().toString()).toArray()))
                .query((row, number) -> entry(id, row))
                .list()
                .stream()
                .collect(groupingBy(entry -> entry.happened().version().orElseThrow()));
    }

    /** From the columns of {@link #SELECT_ENTRIES}. */
    static AuditEntry entry(PodId id, ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                instant(row, "at"),
                new NewAuditEntry(
                        id,
                        row.getInt("life"),
                        Happening.valueOf(row.getString("what")),
                        Optional.ofNullable(row.getObject("version", OffsetDateTime.class))
                                .map(version -> new Version(version.toInstant())),
                        Optional.ofNullable(row.getObject("deployment_id", UUID.class)),
                        Optional.ofNullable(row.getString("who"))));
    }

    /** For each version that was exposed: when that ended. */
    private Map<Version, Instant> retired(PodId id, Map<Version, List<AuditEntry>> entries) {
        Map<Long, Version> lastExposed = new HashMap<>();
        entries.forEach((version, happened) -> happened.stream()
                .filter(entry -> entry.happened().what() == Happening.EXPOSED)
                .mapToLong(AuditEntry::sequence)
                .max()
                .ifPresent(sequence -> lastExposed.put(sequence, version)));
        Map<Version, Instant> retired = new HashMap<>();
        if (lastExposed.isEmpty()) {
            return retired;
        }
        jdbc.sql("""
                        select exposed.seq, ended.at
                        from unnest(cast(cast(? as text[]) as bigint[])) as exposed (seq)
                        cross join lateral (
                            select at from pod_audit
                            where pod_id = ? and seq > exposed.seq and what in ('EXPOSED', 'DELETED')
                            order by seq limit 1) as ended
                        """)
                .param(texts(lastExposed.keySet().stream().map(String::valueOf).toArray()))
                .param(id.text())
                .query(row -> {
                    retired.put(Objects.requireNonNull(lastExposed.get(row.getLong("seq"))), instant(row, "at"));
                });
        return retired;
    }

    /** The second parameter of {@link #SELECT_ENTRIES}. */
    static SqlArrayValue knownHappenings() {
        return texts(Arrays.stream(Happening.values()).map(Happening::name).toArray());
    }

    private static SqlArrayValue texts(Object[] values) {
        return new SqlArrayValue("text", values);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
