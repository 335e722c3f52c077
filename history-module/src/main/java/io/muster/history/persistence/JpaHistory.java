package io.muster.history.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.history.AuditEntry;
import io.muster.history.History;
import io.muster.history.NewAuditEntry;
import io.muster.history.NewVersion;
import io.muster.history.PodId;
import io.muster.history.StoredVersion;
import io.muster.history.StoredVersion.Content;
import io.muster.history.StoredVersion.Definition;
import io.muster.history.StoredVersion.Tombstone;
import io.muster.history.Version;
import io.muster.history.VersionLife;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JpaHistory implements History {

    /** Clients may ask for instants that no column can hold. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Version FIRST = new Version(Instant.EPOCH);
    private static final Version END = new Version(LAST);

    private static final String SELECT =
            "select pod_id, version, life, config_hash, definition, submitted_by, purged_at, purged_by,"
                    + " purge_reason from pod_version";

    private static final MultiRow<NewAuditEntry> APPEND_AUDIT = new MultiRow<NewAuditEntry>("""
                    insert into pod_audit (pod_id, life, at, what, version, deployment_id, who)
                    select pod_id, life::integer, clock_timestamp(), what, version::timestamptz, deployment::uuid, who
                    from unnest(?, ?, ?, ?, ?, ?)
                        with ordinality as row (pod_id, life, what, version, deployment, who, number)
                    order by number
                    """)
            .column(NewAuditEntry::id)
            .column(NewAuditEntry::life)
            .column(entry -> entry.what().name())
            .column(entry -> entry.version().orElse(null))
            .column(entry -> entry.deployment().orElse(null))
            .column(entry -> entry.who().orElse(null));

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final VersionLives lives;

    JpaHistory(JdbcTemplate template, JdbcClient jdbc, VersionLives lives) {
        this.template = template;
        this.jdbc = jdbc;
        this.lives = lives;
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
    public void append(List<NewAuditEntry> entries) {
        APPEND_AUDIT.execute(template, entries);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void begun(List<Begun> versions) {
        if (versions.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into pod_audit (pod_id, life, at, what, version, deployment_id)
                        select v.pod_id, v.life, clock_timestamp(), 'BEGUN', v.version, begun.deployment
                        from unnest(cast(? as text[]), cast(cast(? as text[]) as timestamptz[]),
                                cast(cast(? as text[]) as uuid[]))
                            with ordinality as begun (id, version, deployment, number)
                        join pod_version v on v.pod_id = begun.id and v.version = begun.version
                        order by begun.number
                        """)
                .param(texts(versions, begun -> begun.id().text()))
                .param(texts(versions, begun -> begun.version().toString()))
                .param(texts(versions, begun -> begun.deployment().toString()))
                .update();
    }

    private static <T> SqlArrayValue texts(Collection<T> of, Function<T, String> text) {
        return new SqlArrayValue("text", (Object[]) of.stream().map(text).toArray(String[]::new));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Tombstone> purge(PodId id, Version version, Optional<String> who, String reason) {
        return jdbc.sql("select purge_version(:id, :version, :who, :reason)")
                .param("id", id.text())
                .param("version", column(version))
                .param("who", who.orElse(null), Types.VARCHAR)
                .param("reason", reason)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .map(at -> new Tombstone(at.toInstant(), who, reason));
    }

    /** The nearest instant that a column can hold, for one that clients go on behind. */
    private static OffsetDateTime column(Version version) {
        Instant instant = version.instant();
        Instant within = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant.isAfter(LAST) ? LAST : instant;
        return within.atOffset(ZoneOffset.UTC);
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

    private static Content content(ResultSet row) throws SQLException {
        String definition = row.getString("definition");
        return definition == null ? tombstone(row) : new Definition(definition);
    }

    private static Tombstone tombstone(ResultSet row) throws SQLException {
        return new Tombstone(
                row.getObject("purged_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getString("purged_by")),
                row.getString("purge_reason"));
    }

    @Override
    public List<StoredVersion> findAll(Collection<VersionKey> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        // Two arrays, whose number of parameters does not grow with the number of pods.
        return jdbc.sql(SELECT + """
                         where (pod_id, version) in (
                            select id, version
                            from unnest(cast(? as text[]), cast(cast(? as text[]) as timestamptz[]))
                                 as asked (id, version))
                        """)
                .param(texts(keys, key -> key.id().text()))
                .param(texts(keys, key -> key.version().toString()))
                .query(JpaHistory::stored)
                .list();
    }

    private static StoredVersion stored(ResultSet row, int number) throws SQLException {
        return new StoredVersion(
                new PodId(row.getString("pod_id")),
                new Version(row.getObject("version", OffsetDateTime.class).toInstant()),
                row.getInt("life"),
                row.getString("config_hash"),
                content(row),
                Optional.ofNullable(row.getString("submitted_by")));
    }

    @Override
    public List<Version> exposed(PodId id, Optional<Version> after, int limit) {
        return jdbc.sql("""
                        select distinct version from pod_audit
                        where pod_id = ? and what in ('EXPOSED', 'IMPORTED') and version > ?
                        order by version limit ?
                        """)
                .param(id.text())
                .param(column(after.orElse(FIRST)))
                .param(limit)
                .query((row, number) ->
                        new Version(row.getObject(1, OffsetDateTime.class).toInstant()))
                .list();
    }

    @Override
    public List<AuditEntry> page(PodId id, Page page) {
        String behind = switch (page.order()) {
            case OLDEST_FIRST -> " and seq > ? order by seq limit ?";
            case NEWEST_FIRST -> " and seq < ? order by seq desc limit ?";
        };
        long beginning = page.order() == Order.OLDEST_FIRST ? Long.MIN_VALUE : Long.MAX_VALUE;
        return jdbc.sql(VersionLives.SELECT_ENTRIES + behind)
                .param(id.text())
                .param(VersionLives.knownHappenings())
                .param(page.after().orElse(beginning))
                .param(page.limit())
                .query((row, number) -> VersionLives.entry(id, row))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public List<VersionLife> lives(PodId id, Optional<Version> before, int limit) {
        return lives.page(id, column(before.orElse(END)), limit);
    }
}
