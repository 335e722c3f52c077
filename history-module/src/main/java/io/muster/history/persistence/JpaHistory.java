package io.muster.history.persistence;

import io.muster.history.AuditEntry;
import io.muster.history.History;
import io.muster.history.NewAuditEntry;
import io.muster.history.NewVersion;
import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.Version;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaHistory implements History {

    /** Clients may ask for instants that no column can hold. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final String SELECT =
            "select pod_id, version, life, config_hash, definition, submitted_by from pod_version";

    private final EntityManager entityManager;
    private final JdbcClient jdbc;

    JpaHistory(EntityManager entityManager, JdbcClient jdbc) {
        this.entityManager = entityManager;
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Version append(NewVersion definition) {
        // The clock is read after the caller got his lock, unlike now(), which is the beginning of the transaction.
        return jdbc.sql("""
                        insert into pod_version (pod_id, version, life, config_hash, definition, submitted_by)
                        select :id,
                               greatest(date_trunc('milliseconds', clock_timestamp()),
                                        max(version) + interval '1 millisecond'),
                               :life, :configHash, :definition, :submittedBy
                        from pod_version where pod_id = :id
                        returning version
                        """)
                .param("id", definition.id().text())
                .param("life", definition.life())
                .param("configHash", definition.configHash())
                .param("definition", definition.definition())
                .param("submittedBy", definition.submittedBy().orElse(null), Types.VARCHAR)
                .query((row, number) -> new Version(
                        row.getObject("version", OffsetDateTime.class).toInstant()))
                .single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean appendImported(Version version, NewVersion definition) {
        return jdbc.sql("""
                        insert into pod_version (pod_id, version, life, config_hash, definition, submitted_by)
                        values (:id, :version, :life, :configHash, :definition, :submittedBy)
                        on conflict do nothing
                        """)
                        .param("id", definition.id().text())
                        .param("version", column(version))
                        .param("life", definition.life())
                        .param("configHash", definition.configHash())
                        .param("definition", definition.definition())
                        .param("submittedBy", definition.submittedBy().orElse(null), Types.VARCHAR)
                        .update()
                > 0;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(NewAuditEntry entry) {
        jdbc.sql("""
                        insert into pod_audit (pod_id, life, at, what, version, deployment_id, who)
                        values (:id, :life, clock_timestamp(), :what, :version, :deployment, :who)
                        """)
                .param("id", entry.id().text())
                .param("life", entry.life())
                .param("what", entry.what().name())
                .param("version", entry.version().map(JpaHistory::column).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("deployment", entry.deployment().orElse(null), Types.OTHER)
                .param("who", entry.who().orElse(null), Types.VARCHAR)
                .update();
    }

    private static OffsetDateTime column(Version version) {
        return version.instant().atOffset(ZoneOffset.UTC);
    }

    @Override
    public Optional<StoredVersion> find(PodId id, Version version) {
        if (version.instant().isBefore(Instant.EPOCH) || version.instant().isAfter(LAST)) {
            return Optional.empty();
        }
        return jdbc.sql(SELECT + " where pod_id = ? and version = ?")
                .param(id.text())
                .param(column(version))
                .query(JpaHistory::stored)
                .optional();
    }

    @Override
    public List<StoredVersion> findAll(Collection<VersionKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        // Two arrays, whose number of parameters does not grow with the number of pods.
        String[] ids = keys.stream().map(key -> key.id().text()).toArray(String[]::new);
        String[] versions = keys.stream().map(key -> key.version().toString()).toArray(String[]::new);
        return jdbc.sql(SELECT + """
                         where (pod_id, version) in (
                            select id, version
                            from unnest(cast(? as text[]), cast(cast(? as text[]) as timestamptz[]))
                                 as asked (id, version))
                        """)
                .param(new SqlArrayValue("text", (Object[]) ids))
                .param(new SqlArrayValue("text", (Object[]) versions))
                .query(JpaHistory::stored)
                .list();
    }

    private static StoredVersion stored(ResultSet row, int number) throws SQLException {
        return new StoredVersion(
                new PodId(row.getString("pod_id")),
                new Version(row.getObject("version", OffsetDateTime.class).toInstant()),
                row.getInt("life"),
                row.getString("config_hash"),
                row.getString("definition"),
                Optional.ofNullable(row.getString("submitted_by")));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Version> exposed(PodId id) {
        return entityManager.createQuery("""
                        select distinct entry.version from AuditRow entry
                        where entry.podId = :id and entry.what in (
                            io.muster.history.Happening.EXPOSED, io.muster.history.Happening.IMPORTED)
                        order by entry.version
                        """, Instant.class).setParameter("id", id.text()).getResultList().stream()
                .map(Version::new)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public List<AuditEntry> page(PodId id, Page page) {
        String query = switch (page.order()) {
            case OLDEST_FIRST ->
                "from AuditRow entry where entry.podId = :id and entry.seq > :after order by entry.seq";
            case NEWEST_FIRST ->
                "from AuditRow entry where entry.podId = :id and entry.seq < :after order by entry.seq desc";
        };
        long beginning = page.order() == Order.OLDEST_FIRST ? Long.MIN_VALUE : Long.MAX_VALUE;
        return entityManager
                .createQuery(query, AuditRow.class)
                .setParameter("id", id.text())
                .setParameter("after", page.after().orElse(beginning))
                .setMaxResults(page.limit())
                .getResultList()
                .stream()
                .map(AuditRow::toEntry)
                .toList();
    }
}
