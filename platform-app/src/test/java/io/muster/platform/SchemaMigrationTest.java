package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.MusterApplication;
import io.muster.db.DatabaseUser;
import io.muster.db.testing.TestDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaMigrationTest {

    private final TestDatabase database = TestDatabase.createEmpty();

    @AfterEach
    void drop() throws SQLException {
        database.close();
    }

    @Test
    void theOwnerMigratesAndTheProgramEnds() {
        // Applications of other tests may run in this JVM.
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());

        migrate();

        assertThat(pods()).isZero();
        assertThatCode(this::migrate).as("again").doesNotThrowAnyException();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.endsWith("housekeeper") || name.equals("muster-engine"));
    }

    @Test
    void withoutADatabaseItSaysWhatIsMissing() {
        assertThatThrownBy(() -> SchemaMigration.run(new String[] {SchemaMigration.ARGUMENT}))
                .hasMessageContaining("spring.datasource.url is not set");
    }

    @Test
    void whoeverWorksWithTheLeastRightsComparesTheSchema() {
        migrate();

        assertThatCode(this::compare).doesNotThrowAnyException();
        assertThatThrownBy(() -> JdbcClient.create(database.appDataSource())
                        .sql("delete from flyway_schema_history")
                        .update())
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void aSchemaThatIsBehindStopsTheStartAndTellsTheRemedy() {
        Flyway.configure()
                .dataSource(database.ownerDataSource())
                .placeholders(Map.of("appRole", database.app().name()))
                .target("3")
                .load()
                .migrate();

        assertThatThrownBy(this::compare)
                .hasRootCauseInstanceOf(FlywayValidateException.class)
                .satisfies(failure -> {
                    FailureAnalysis told = Objects.requireNonNull(new UnfitSchemaAnalyzer().analyze(failure));
                    assertThat(told.getDescription()).contains("not applied", "4");
                    assertThat(told.getAction()).contains("'migrate'", "spring.flyway.user");
                });
    }

    @Test
    void aLaterSchemaIsGood() {
        migrate();
        JdbcClient.create(database.ownerDataSource()).sql("""
                insert into flyway_schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'somebody', 1, true)""").update();

        assertThatCode(this::compare).doesNotThrowAnyException();
    }

    private void migrate() {
        List<String> arguments = arguments(database.owner());
        arguments.addFirst(SchemaMigration.ARGUMENT);
        MusterApplication.main(arguments.toArray(String[]::new));
    }

    /** As a replica does that works with the role of the application alone. */
    private void compare() {
        new SpringApplicationBuilder(SchemaMigration.class, SchemaComparison.class)
                .web(WebApplicationType.NONE)
                .run(arguments(database.app()).toArray(String[]::new))
                .close();
    }

    private List<String> arguments(DatabaseUser migrating) {
        return new ArrayList<>(List.of(
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + database.app().name(),
                "--spring.datasource.password=" + database.app().password(),
                "--spring.flyway.user=" + migrating.name(),
                "--spring.flyway.password=" + migrating.password(),
                "--muster.database.migrate=false"));
    }

    private long pods() {
        return JdbcClient.create(database.appDataSource())
                .sql("select count(*) from pod")
                .query(Long.class)
                .single();
    }
}
