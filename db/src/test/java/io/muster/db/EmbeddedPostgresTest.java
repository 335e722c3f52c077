package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.db.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tests use one data directory, which each of them finds with no server on it. */
class EmbeddedPostgresTest {
    @TempDir
    private static Path directory;

    @BeforeAll
    static void firstStart() throws SQLException {
        try (var server = start()) {
            query(server, server.owner(), "create table kept (id int); insert into kept values (7); select 1");
        }
    }

    @Test
    void dataAndUsersSurviveARestart() throws SQLException {
        try (var server = start()) {
            assertThat(query(server, server.owner(), "select id from kept")).isEqualTo("7");
            assertThat(query(server, server.app(), "select current_user")).isEqualTo("muster_app");
        }
    }

    @Test
    void commitsWaitForTheDiskAndOnlyLoopbackIsServed() throws SQLException {
        var settings = EmbeddedPostgres.Settings.in(directory);
        assertThat(settings.durable()).isTrue();
        try (var server = start()) {
            assertThat(setting(server, "fsync")).isEqualTo("on");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(server, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(server, "unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void throwAwayDataNeedNotWaitForTheDisk() throws SQLException {
        try (var server =
                EmbeddedPostgres.start(new EmbeddedPostgres.Settings(directory, TestDatabase.binaries(), false))) {
            assertThat(setting(server, "fsync")).isEqualTo("off");
            assertThat(setting(server, "synchronous_commit")).isEqualTo("off");
            assertThat(setting(server, "full_page_writes")).isEqualTo("off");
        }
    }

    @Test
    void passwordsAreDemandedAndShownNowhere() throws IOException {
        try (var server = start()) {
            var wrong = new DatabaseUser(server.owner().name(), server.app().password());
            assertThatThrownBy(() -> query(server, wrong, "select 1"))
                    .hasMessageContaining("password authentication failed");
            for (var user : new DatabaseUser[] {server.administrator(), server.owner(), server.app()}) {
                assertThat(user.toString()).contains(user.name()).doesNotContain(user.password());
                assertThat(Files.readString(directory.resolve("postgres.log"))).doesNotContain(user.password());
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("pg.secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void appUserHasNoPrivilegesAtFirst() throws SQLException {
        try (var server = start()) {
            assertThatThrownBy(() -> query(server, server.app(), "select id from kept"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> query(server, server.app(), "create table mine (id int)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void noProcessIsLeftAfterClosingTwice() {
        var server = start();
        var process = ProcessHandle.of(server.pid()).orElseThrow();
        var children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        server.close();
        server.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(directory.resolve("pgdata/postmaster.pid")).doesNotExist();
    }

    @Test
    void dataOfAnotherVersionIsRefused() throws IOException {
        var version = directory.resolve("pgdata/PG_VERSION");
        var original = Files.readString(version);
        Files.writeString(version, "9\n");
        try {
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining(
                            "was written by PostgreSQL 9, and the embedded server is PostgreSQL " + original.strip())
                    .hasMessageContaining("pg_dump");
        } finally {
            Files.writeString(version, original);
        }
    }

    @Test
    void dataWithoutItsSecretIsRefused() throws IOException {
        var secret = directory.resolve("pg.secret");
        var elsewhere = directory.resolve("elsewhere");
        Files.move(secret, elsewhere);
        try {
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("passwords")
                    .hasMessageContaining("pg.secret");
        } finally {
            Files.move(elsewhere, secret);
        }
    }

    @Test
    void failureQuotesTheServersLogAndFreesTheDirectory() throws IOException {
        var configuration = directory.resolve("pgdata/postgresql.conf");
        var original = Files.readString(configuration);
        Files.writeString(configuration, original + "nonsense = on\n");
        try {
            assertThatThrownBy(EmbeddedPostgresTest::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("postgres.log")
                    .hasMessageContaining("unrecognized configuration parameter \"nonsense\"");
        } finally {
            Files.writeString(configuration, original);
        }
        start().close();
    }

    @Test
    void strangerWithTheRecordedProcessIdIsLeftAlone() throws IOException {
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(
                    directory.resolve("pgdata/postmaster.pid"),
                    stranger.pid() + "\n" + directory + "/pgdata\n1\n5432\n");

            start().close();

            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    private static EmbeddedPostgres start() {
        return EmbeddedPostgres.start(new EmbeddedPostgres.Settings(directory, TestDatabase.binaries(), true));
    }

    private static String setting(EmbeddedPostgres server, String name) throws SQLException {
        return query(server, server.administrator(), "show " + name);
    }

    private static String query(EmbeddedPostgres server, DatabaseUser user, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        server.jdbcUrl(EmbeddedPostgres.DATABASE), user.name(), user.password());
                var statement = connection.createStatement()) {
            for (var hasRows = statement.execute(sql); !hasRows; hasRows = statement.getMoreResults()) {
                // the last statement gives the rows
            }
            try (var rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
