package io.muster.pods.persistence;

import io.muster.db.rows.MultiRow;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.application.PodState;
import io.muster.pods.application.PodStore;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Changes of one pod go through JPA, those of many at once past it; no transaction does both to one pod. Queries are plain
 * statements: they need no transaction, in one they see what was changed, since {@link #save} flushes, and JPA would translate
 * those with lists of ids anew each time.
 */
@Repository
class JpaPodStore implements PodStore {

    private static final String SELECT =
            "select id, life, present, exposed_version, target_version, deleted_at from pod";

    private static final MultiRow<PodState> SAVE = new MultiRow<PodState>("""
                    update pod set life = row.life::integer, present = row.present::boolean,
                        exposed_version = row.exposed_version::timestamptz,
                        target_version = row.target_version::timestamptz,
                        deleted_at = row.deleted_at::timestamptz, row_version = row_version + 1
                    from unnest(?, ?, ?, ?, ?, ?) as row (id, life, present, exposed_version, target_version, deleted_at)
                    where pod.id = row.id
                    """)
            .column(PodState::id)
            .column(PodState::life)
            .column(PodState::present)
            .column(state -> state.exposed().orElse(null))
            .column(PodState::target)
            .column(state -> state.deletedAt().orElse(null));

    private final EntityManager entityManager;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;

    JpaPodStore(EntityManager entityManager, JdbcTemplate template, JdbcClient jdbc) {
        this.entityManager = entityManager;
        this.template = template;
        this.jdbc = jdbc;
    }

    @Override
    public PodState lockOrCreate(PodId id) {
        boundWaiting();
        // Waits for another transaction that makes the same row; the placeholders are overwritten by a first life.
        jdbc.sql("""
                        insert into pod (id, life, present, target_version, created_at, row_version)
                        values (?, 0, false, timestamptz 'epoch', clock_timestamp(), 0)
                        on conflict do nothing
                        """).param(id.text()).update();
        return lock(id).orElseThrow(() -> new IllegalStateException("no row for " + id));
    }

    @Override
    public Optional<PodState> lock(PodId id) {
        boundWaiting();
        return Optional.ofNullable(entityManager.find(PodRow.class, id.text(), LockModeType.PESSIMISTIC_WRITE))
                .map(PodRow::toState);
    }

    @Override
    public List<PodState> lock(Collection<PodId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        boundWaiting();
        return jdbc.sql(SELECT + " where id = any (cast(? as text[])) order by id for update")
                .param(texts(ids))
                .query(JpaPodStore::state)
                .list();
    }

    /** A request that cannot get its lock fails, rather than holding its connection for ever. */
    private void boundWaiting() {
        jdbc.sql("set local lock_timeout = '10s'").update();
    }

    @Override
    public void save(PodState state) {
        entityManager.find(PodRow.class, state.id().text()).take(state);
        // At once, for statements of others in this transaction that do not go through JPA.
        entityManager.flush();
    }

    @Override
    public void save(List<PodState> states) {
        SAVE.execute(template, states);
    }

    @Override
    public Optional<PodState> find(PodId id) {
        return jdbc.sql(SELECT + " where id = ?")
                .param(id.text())
                .query(JpaPodStore::state)
                .optional();
    }

    @Override
    public List<PodState> present() {
        return jdbc.sql(SELECT + " where present order by id")
                .query(JpaPodStore::state)
                .list();
    }

    @Override
    public List<PodState> present(Optional<PodId> after, int limit) {
        return jdbc.sql(SELECT + " where present and id > ? order by id limit ?")
                .param(after.map(PodId::text).orElse(""))
                .param(limit)
                .query(JpaPodStore::state)
                .list();
    }

    @Override
    public List<PodState> presentBelow(Optional<PodId> group) {
        String above = group.map(PodId::text).orElse("");
        // As in clashesWithGroup.
        return jdbc.sql(SELECT + " where present and id > ? and id < ? order by id")
                .param(above + "/")
                .param(above + "0")
                .query(JpaPodStore::state)
                .list();
    }

    private static PodState state(ResultSet row, int number) throws SQLException {
        return new PodState(
                new PodId(row.getString("id")),
                row.getInt("life"),
                row.getBoolean("present"),
                instant(row, "exposed_version").map(Version::new),
                new Version(
                        row.getObject("target_version", OffsetDateTime.class).toInstant()),
                instant(row, "deleted_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    @Override
    public List<PodState> present(Collection<PodId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(SELECT + " where present and id = any (cast(? as text[])) order by id")
                .param(texts(ids))
                .query(JpaPodStore::state)
                .list();
    }

    /** An array is one parameter, however many ids it holds. */
    private static String[] texts(Collection<PodId> ids) {
        return ids.stream().map(PodId::text).toArray(String[]::new);
    }

    @Override
    public boolean clashesWithGroup(PodId id) {
        List<String> segments = id.segments();
        List<String> above = new ArrayList<>();
        for (int depth = 1; depth < segments.size(); depth++) {
            above.add("/" + String.join("/", segments.subList(0, depth)));
        }
        lockPath(id, above);
        // '0' follows '/': all ids below, found by the order of the primary key.
        return jdbc.sql("""
                        select exists (select from pod where present and id = any (cast(? as text[])))
                            or exists (select from pod where present and id > ? and id < ?)
                        """)
                .param(above.toArray(String[]::new))
                .param(id.text() + "/")
                .param(id.text() + "0")
                .query(Boolean.class)
                .single();
    }

    /**
     * Whoever is at one of the places above shares it, and is alone at his own: so those beside each other do not wait, and
     * all lock from the top down.
     */
    private void lockPath(PodId id, List<String> above) {
        jdbc.sql("""
                        select pg_advisory_xact_lock_shared(hashtextextended(place, 0))
                        from unnest(cast(? as text[])) as place
                        """).param(above.toArray(String[]::new)).query(row -> {});
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(id.text())
                .query(row -> {});
    }

    @Override
    public Instant now() {
        return jdbc.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
