package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.db.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All tests use one data directory, which each of them leaves usable. */
class KilledJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    @Test
    void serverEndsWithAKilledJvmAndItsChildrenToo() throws Exception {
        var holder = ServerHolder.start(directory, List.of("unshare", "setpriv", "setsid"));
        var server = holder.server();
        var children = server.descendants().toList();
        assertThat(children).isNotEmpty();

        holder.kill();

        await().atMost(PATIENCE).until(() -> !server.isAlive());
        await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void serverThatIsLeftBehindIsStoppedAndItsDataKept() throws Exception {
        try (var first = EmbeddedPostgres.start(settings())) {
            execute(first, "create table if not exists kept (id int); insert into kept values (7)");
        }
        // Without the tool that binds the server to its JVM.
        var holder = ServerHolder.start(directory, List.of("unshare"));
        var leftBehind = holder.server();
        holder.kill();
        assertThat(leftBehind.isAlive()).isTrue();

        try (var next = EmbeddedPostgres.start(settings())) {
            await().atMost(PATIENCE).until(() -> !leftBehind.isAlive());
            assertThat(next.pid()).isNotEqualTo(leftBehind.pid());
            execute(next, "insert into kept select id + 1 from kept");
        }
    }

    @Test
    void secondLivingProcessIsRefusedAndTheFirstKeepsItsServer() throws Exception {
        try (var server = EmbeddedPostgres.start(settings())) {
            // The refusal in this JVM must not cost the lock that keeps other processes out.
            assertThatThrownBy(() -> EmbeddedPostgres.start(settings()))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("is in use by this process");

            var second = ServerHolder.start(directory, List.of("unshare"));

            assertThat(second.answer())
                    .contains(directory.toRealPath() + " is in use by process "
                            + ProcessHandle.current().pid())
                    .contains("choose another data directory");
            execute(server, "select 1");
        }
    }

    private static EmbeddedPostgres.Settings settings() {
        return new EmbeddedPostgres.Settings(directory, TestDatabase.binaries(), false);
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        var owner = server.owner();
        try (var connection = DriverManager.getConnection(
                        server.jdbcUrl(EmbeddedPostgres.DATABASE), owner.name(), owner.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
