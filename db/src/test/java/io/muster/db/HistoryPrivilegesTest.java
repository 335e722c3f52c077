package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.db.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryPrivilegesTest {
    private static final String INSERT_POD = """
            insert into pod (id, life, present, target_version, created_at, row_version)
            values ('/web', 1, true, '2026-01-01T00:00:00.001Z', now(), 0)""";
    private static final String INSERT_VERSION = """
            insert into pod_version (pod_id, version, life, config_hash, definition)
            values ('/web', '2026-01-01T00:00:00.001Z', 1, 'abc', '{}')""";
    private static final String INSERT_AUDIT = """
            insert into pod_audit (pod_id, life, at, what, version)
            values ('/web', 1, now(), 'CREATED', '2026-01-01T00:00:00.001Z')""";

    private static final String PURGE = "select purge_version('/web', '2026-01-01T00:00:00.001Z', 'ann', 'leaked')";

    private static TestDatabase database;

    @BeforeAll
    static void appRoleWritesOneVersion() throws SQLException {
        database = TestDatabase.create();
        writeHistory(database.appDataSource());
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update pod_version set definition = '[]'",
                "update pod_version set definition = null, purged_at = now(), purge_reason = 'x'",
                "do $do$ begin update pod_version set definition = null, purged_at = now(), purge_reason = 'x'; end $do$",
                "delete from pod_version",
                "truncate pod_version cascade",
                "update pod_audit set what = 'NOTHING'",
                "delete from pod_audit",
                "truncate pod_audit"
            })
    void historyIsRefusedToTheAppRoleByPrivilegeAndToTheOwnerByTrigger(String rewriting) {
        assertRefused(database.appDataSource(), rewriting).withMessageContaining("permission denied");
        assertRefused(database.ownerDataSource(), rewriting).withMessageContaining("history is append-only");
    }

    @Test
    void foreignKeysHoldForTheAppRole() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(database.appDataSource(), INSERT_AUDIT.replace("/web", "/unknown")))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("23503"));
    }

    @Test
    void appRoleMayWorkOnAllOtherTables() throws SQLException {
        var restricted = new ArrayList<String>();
        try (var connection = database.appDataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select relname from pg_class
                        where relkind = 'r' and relnamespace = 'public'::regnamespace and not (
                            has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
                            and has_table_privilege(oid, 'update') and has_table_privilege(oid, 'delete'))""")) {
            while (rows.next()) {
                restricted.add(rows.getString(1));
            }
        }
        assertThat(restricted).containsExactlyInAnyOrder("pod_version", "pod_audit", "flyway_schema_history");
    }

    @Test
    void appRoleCannotChangeTheSchema() {
        assertRefused(database.appDataSource(), "create table mine (id int)");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(database.appDataSource(), "alter table pod_version disable trigger all"))
                .withMessageContaining("must be owner");
    }

    @Test
    void privilegesGivenByHandAreTakenBackWithTheNextMigration() throws SQLException {
        execute(database.ownerDataSource(), "grant all on pod_version, pod_audit to muster_app");

        migrate(database, "muster_app");

        assertRefused(database.appDataSource(), "delete from pod_audit").withMessageContaining("permission denied");
    }

    @Test
    void oneUserForEverythingIsHeldBackByTheTriggers() throws SQLException {
        try (var single = TestDatabase.createEmpty()) {
            migrate(single, "muster_owner");

            assertThatCode(() -> writeHistory(single.ownerDataSource())).doesNotThrowAnyException();
            assertRefused(single.ownerDataSource(), "update pod_version set definition = '[]'")
                    .withMessageContaining("history is append-only");
            assertRefused(single.ownerDataSource(), "truncate pod_audit")
                    .withMessageContaining("history is append-only");
        }
    }

    @Test
    void theDefinitionAloneGoesByAPurgeAndNobodyButTheAppRoleMayAskForOne() throws SQLException {
        try (var fresh = TestDatabase.create()) {
            writeHistory(fresh.appDataSource());
            execute(fresh.appDataSource(), INSERT_VERSION.replace("00.001Z", "00.002Z"));

            execute(fresh.appDataSource(), PURGE);

            assertThat(versions(fresh.ownerDataSource()))
                    .containsExactly("1 abc null ann leaked", "1 abc {} null null");
            assertThat(text(fresh.ownerDataSource(), "select string_agg(what, ' ' order by seq) from pod_audit"))
                    .isEqualTo("CREATED PURGED");
            assertThat(text(fresh.ownerDataSource(), """
                            select proacl::text from pg_proc where proname = 'purge_version'"""))
                    .contains("muster_app=X")
                    .doesNotContain("{=X")
                    .doesNotContain(",=X");
            assertRefused(fresh.ownerDataSource(), "update pod_version set purge_reason = 'other'")
                    .withMessageContaining("history is append-only");
        }
    }

    @Test
    void aPurgeLooksNamesUpInItsOwnSchemaWhateverTheCallerSays() throws SQLException {
        try (var fresh = TestDatabase.create()) {
            writeHistory(fresh.appDataSource());

            execute(fresh.appDataSource(), """
                    create temporary table pod_version (pod_id text, version timestamptz, definition text,
                        purged_at timestamptz, purged_by text, purge_reason text, life integer);
                    set search_path = pg_temp, public;
                    """ + PURGE);

            assertThat(text(fresh.ownerDataSource(), "select purge_reason from public.pod_version"))
                    .isEqualTo("leaked");
        }
    }

    @Test
    void oneUserForEverythingMayPurgeAndStillNotUpdate() throws SQLException {
        try (var single = TestDatabase.createEmpty()) {
            migrate(single, "muster_owner");
            writeHistory(single.ownerDataSource());

            assertRefused(
                            single.ownerDataSource(),
                            "update pod_version set definition = null, purged_at = now(), purge_reason = 'x'")
                    .withMessageContaining("history is append-only");
            execute(single.ownerDataSource(), PURGE);

            assertThat(versions(single.ownerDataSource())).containsExactly("1 abc null ann leaked");
            assertRefused(single.ownerDataSource(), "delete from pod_version")
                    .withMessageContaining("history is append-only");
        }
    }

    private static List<String> versions(DataSource source) throws SQLException {
        return List.of(text(source, """
                        select string_agg(concat_ws(' ', life, config_hash, coalesce(definition, 'null'),
                            coalesce(purged_by, 'null'), coalesce(purge_reason, 'null')), ';' order by version)
                        from pod_version""").split(";", -1));
    }

    private static String text(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void migrate(TestDatabase database, String appRole) {
        Flyway.configure()
                .dataSource(
                        database.jdbcUrl(),
                        database.owner().name(),
                        database.owner().password())
                .placeholders(Map.of("appRole", appRole))
                .load()
                .migrate();
    }

    private static void writeHistory(DataSource source) throws SQLException {
        execute(source, INSERT_POD);
        execute(source, INSERT_VERSION);
        execute(source, INSERT_AUDIT);
    }

    private static ThrowableAssertAlternative<SQLException> assertRefused(DataSource source, String sql) {
        return assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(source, sql))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
