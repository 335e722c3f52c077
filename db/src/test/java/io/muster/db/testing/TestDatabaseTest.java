package io.muster.db.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {
    @Test
    void eachDatabaseIsMigratedAndIndependent() throws SQLException {
        try (var one = TestDatabase.create();
                var other = TestDatabase.create()) {
            execute(one.appDataSource(), "insert into framework values (1, 'f-1', now())");

            assertThat(query(one.appDataSource(), "select count(*) from framework"))
                    .isEqualTo("1");
            assertThat(query(other.appDataSource(), "select count(*) from framework"))
                    .isEqualTo("0");
        }
    }

    @Test
    void dataSourcesConnectAsTheirRoles() throws SQLException {
        try (var database = TestDatabase.create()) {
            assertThat(query(database.ownerDataSource(), "select current_user")).isEqualTo("muster_owner");
            assertThat(query(database.appDataSource(), "select current_user")).isEqualTo("muster_app");
        }
    }

    @Test
    void closingDropsTheDatabaseThoughSomebodyIsConnected() throws SQLException {
        var database = TestDatabase.createEmpty();
        try (var connection = database.appDataSource().getConnection()) {
            database.close();
            assertThat(connection.isValid(5)).isFalse();
        }
        assertThatThrownBy(() -> database.appDataSource().getConnection()).hasMessageContaining("does not exist");
    }

    @Test
    void springPropertiesNameTheAppRoleAndSwitchMigratingOff() throws SQLException {
        try (var database = TestDatabase.createEmpty()) {
            assertThat(database.springProperties())
                    .containsEntry("spring.datasource.url", database.jdbcUrl())
                    .containsEntry("spring.datasource.username", "muster_app")
                    .containsEntry("spring.flyway.enabled", "false")
                    .containsKey("spring.datasource.password");
        }
    }

    @Test
    void unknownKindOfServerIsRefusedWithTheAllowedOnes() {
        assertThatThrownBy(() -> TestServer.start("mysql"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("-Dmuster.test.postgres=mysql is unknown; allowed are embedded and testcontainers.");
    }

    @Test
    void containerWithoutDockerEngineSaysHowToGoBack() {
        assertThatThrownBy(() -> ContainerServer.start(() -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("needs a Docker engine, and none answers")
                .hasMessageContaining("leave the property out");
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(DataSource source, String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
