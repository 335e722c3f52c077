package io.muster.db.wakeups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.muster.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class WakeupsTest {

    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private Wakeups listening(Connections connections) {
        var wakeups = new Wakeups(Optional.of(connections));
        wakeups.listen("muster_one", () -> heard.add("one"));
        wakeups.listen("muster_other", () -> heard.add("other"));
        return wakeups;
    }

    private void awaitBoth() throws InterruptedException {
        var first = heard.poll(1, TimeUnit.MINUTES);
        var second = heard.poll(1, TimeUnit.MINUTES);
        assertThat(new String[] {first, second}).containsExactlyInAnyOrder("one", "other");
    }

    @Test
    void eachChannelWakesItsOwnListeners() throws SQLException, InterruptedException {
        try (TestDatabase database = TestDatabase.create()) {
            var jdbc = new JdbcTemplate(database.appDataSource());
            try (Wakeups wakeups = listening(database.appDataSource()::getConnection)) {
                wakeups.start();
                awaitBoth();

                jdbc.execute("notify muster_other");

                assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("other");
                assertThat(heard).isEmpty();
            }
        }
    }

    @Test
    void connectsAgainAndWakesEverybodySinceTheyMayHaveMissedSomething() throws SQLException, InterruptedException {
        try (TestDatabase database = TestDatabase.create()) {
            var jdbc = new JdbcTemplate(database.ownerDataSource());
            var connections = new LinkedBlockingQueue<Connection>();
            try (Wakeups wakeups = listening(() -> {
                Connection connection = database.ownerDataSource().getConnection();
                connections.add(connection);
                return connection;
            })) {
                wakeups.start();
                awaitBoth();
                Connection first = connections.take();

                first.abort(Runnable::run);

                awaitBoth();
                jdbc.execute("notify muster_one");
                assertThat(heard.poll(1, TimeUnit.MINUTES)).isEqualTo("one");
            }
        }
    }

    @Test
    void withoutConnectionsNobodyIsWoken() {
        var wakeups = new Wakeups(Optional.empty());
        wakeups.listen("muster_one", () -> heard.add("one"));
        wakeups.start();
        wakeups.close();

        assertThat(heard).isEmpty();
    }

    @Test
    void namesOfChannelsAreCheckedAndCannotComeLate() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Wakeups wakeups = listening(database.appDataSource()::getConnection)) {
            assertThatIllegalArgumentException().isThrownBy(() -> wakeups.listen("x; drop table pod", () -> {}));
            wakeups.start();
            assertThatIllegalStateException().isThrownBy(() -> wakeups.listen("muster_late", () -> {}));
        }
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        var pauses = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(3));

        assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(2));
        assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(3));
        pauses.reset();
        assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(1));
    }
}
