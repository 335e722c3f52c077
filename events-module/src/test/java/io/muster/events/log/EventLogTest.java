package io.muster.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.db.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

class EventLogTest {

    private static final int PIECE = 100;
    private static final String TELL = "with told as (insert into event (type, body, at) ";
    private static final String TOLD =
            " returning id) insert into event_outbox (events) select array_agg(id order by id) from told";

    @SuppressWarnings("NullAway.Init")
    private static TestDatabase database;

    private final JdbcTemplate jdbc = new JdbcTemplate(database.appDataSource());
    private final EventLog log = replica();

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @BeforeEach
    void beginAnew() {
        jdbc.update("delete from event_outbox");
        jdbc.update("delete from event_log");
        jdbc.update("delete from event");
        jdbc.update("update event_numbering set newest = 0");
    }

    private EventLog replica() {
        var source = database.appDataSource();
        return new EventLog(new JdbcTemplate(source), new JdbcTransactionManager(source));
    }

    private static void tell(Statement statement, String type) throws SQLException {
        statement.execute(TELL + "values ('" + type + "', '{}', now())" + TOLD);
    }

    private void tell(String type, String age) {
        jdbc.update(TELL + "values (?, '{}', now() - cast(? as interval))" + TOLD, type, age);
    }

    private void numberAll() {
        while (log.number(PIECE)) {
            // Until there is nothing more.
        }
    }

    private List<String> all() {
        return log.after(0, 10_000).events().stream()
                .map(event -> event.seq() + event.type())
                .toList();
    }

    private int waiting() {
        return count("event_outbox");
    }

    private int count(String table) {
        return jdbc.queryForObject("select count(*)::int from " + table, (row, number) -> row.getInt(1));
    }

    @Test
    void whatIsNumberedLeavesTheOutbox() {
        tell("a", "0");
        tell("b", "0");
        assertThat(log.bounds())
                .extracting(LogBounds::oldest, LogBounds::newest)
                .containsExactly(1L, 0L);

        assertThat(log.number(PIECE)).isTrue();

        assertThat(log.number(PIECE)).as("nothing more").isFalse();
        assertThat(all()).containsExactly("1a", "2b");
        assertThat(waiting()).isZero();
        assertThat(log.bounds())
                .extracting(LogBounds::oldest, LogBounds::newest)
                .containsExactly(1L, 2L);
    }

    @Test
    void piecesAreBounded() {
        for (int i = 0; i < 7; i++) {
            tell("a", "0");
        }

        assertThat(log.number(3)).isTrue();
        assertThat(waiting()).isEqualTo(4);
        assertThat(log.after(1, 1).events()).extracting(LoggedEvent::seq).containsExactly(2L);

        numberAll();
        assertThat(log.after(2, 3).events()).extracting(LoggedEvent::seq).containsExactly(3L, 4L, 5L);
        assertThat(log.after(7, 3)).extracting(LogPage::newest).isEqualTo(7L);
        assertThat(log.after(7, 3).events()).isEmpty();
    }

    @Test
    void whatOneStatementToldIsNumberedTogether() {
        for (int i = 0; i < 3; i++) {
            jdbc.update(TELL + "values ('a', '{}', now()), ('b', '{}', now())" + TOLD);
        }

        assertThat(log.number(3)).isTrue();

        assertThat(all()).containsExactly("1a", "2b", "3a", "4b");
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void membersKeepTheirOrder() {
        String body = "{\"z\": 1,  \"a\": {\"y\": [], \"b\": \"ü\"}}";
        jdbc.update(TELL + "values ('a', ?, now())" + TOLD, body);

        numberAll();

        assertThat(log.after(0, 1).events().getFirst().body()).isEqualTo(body);
    }

    @Test
    void ofTwoThatCommitInReverseOrderNoneIsSkipped() throws SQLException {
        try (Connection first = database.appDataSource().getConnection();
                Connection second = database.appDataSource().getConnection();
                Statement early = first.createStatement();
                Statement late = second.createStatement()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            tell(early, "early");
            tell(late, "late");

            second.commit();
            numberAll();
            LogPage read = log.after(0, PIECE);
            assertThat(read.events()).extracting(LoggedEvent::type).containsExactly("late");
            first.commit();
            numberAll();

            assertThat(log.after(read.newest(), PIECE).events())
                    .extracting(LoggedEvent::seq, LoggedEvent::type)
                    .containsExactly(tuple(2L, "early"));
        }
    }

    @Test
    void whatIsRolledBackTakesNoNumber() throws SQLException {
        try (Connection connection = database.appDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            tell(statement, "never");
            connection.rollback();
        }
        tell("a", "0");

        numberAll();

        assertThat(all()).containsExactly("1a");
    }

    @Test
    void nobodyWaitsWhileAnotherNumbers() throws SQLException {
        tell("a", "0");
        try (Connection other = database.appDataSource().getConnection();
                Statement numbering = other.createStatement()) {
            other.setAutoCommit(false);
            numbering.execute("select * from event_numbering for update");

            assertThat(log.number(PIECE)).isFalse();
            assertThat(waiting()).isEqualTo(1);

            other.rollback();
        }
        assertThat(log.number(PIECE)).isTrue();
    }

    /** Many write, three number, one reads: it sees 1, 2, 3 … and in the end as many as were committed. */
    @Test
    void aReaderThatOnlyEverAsksForWhatFollowsMissesNothing() throws Exception {
        long seed = 20261123;
        int writers = 4;
        int transactions = 60;
        var running = new AtomicInteger(writers);
        var committed = new AtomicInteger();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            var tasks = new ArrayList<Future<?>>();
            for (int w = 0; w < writers; w++) {
                var random = new Random(seed + w);
                tasks.add(threads.submit((Callable<Object>) () -> {
                    try (Connection connection = database.appDataSource().getConnection();
                            Statement statement = connection.createStatement()) {
                        connection.setAutoCommit(false);
                        for (int t = 0; t < transactions; t++) {
                            int events = random.nextInt(1, 6);
                            for (int e = 0; e < events; e++) {
                                tell(statement, "a");
                            }
                            if (random.nextInt(10) == 0) {
                                connection.rollback();
                            } else {
                                connection.commit();
                                committed.addAndGet(events);
                            }
                        }
                    } finally {
                        running.decrementAndGet();
                    }
                    return running;
                }));
            }
            for (int n = 0; n < 3; n++) {
                EventLog replica = replica();
                tasks.add(threads.submit(() -> {
                    while (running.get() > 0 || waiting() > 0) {
                        replica.number(7);
                    }
                }));
            }
            long seq = 0;
            boolean last = false;
            while (!last) {
                last = tasks.stream().allMatch(Future::isDone);
                for (LoggedEvent event : log.after(seq, 5).events()) {
                    assertThat(event.seq()).as("seed %d", seed).isEqualTo(++seq);
                    last = false;
                }
            }
            for (Future<?> task : tasks) {
                task.get();
            }
            assertThat(seq).as("seed %d", seed).isEqualTo(committed.get()).isPositive();
        }
    }

    @Test
    void forgetsTheOldestOnlyAndNeverAHole() {
        tell("old", "3 hours");
        tell("old", "2 hours");
        tell("young", "1 minute");
        tell("old behind a young one", "2 hours");
        numberAll();
        tell("old, and without a number", "2 hours");

        assertThat(log.trim(Duration.ofHours(1), 1)).isEqualTo(1);
        assertThat(log.trim(Duration.ofHours(1), PIECE)).isEqualTo(1);
        assertThat(log.trim(Duration.ofHours(1), PIECE)).isZero();

        assertThat(all()).containsExactly("3young", "4old behind a young one");
        assertThat(log.bounds())
                .extracting(LogBounds::oldest, LogBounds::newest)
                .containsExactly(3L, 4L);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void theNewestNumberIsRememberedWhenAllIsForgotten() {
        tell("a", "2 hours");
        tell("b", "2 hours");
        numberAll();

        assertThat(log.trim(Duration.ofHours(1), PIECE)).isEqualTo(2);

        assertThat(count("event_log")).isZero();
        assertThat(count("event")).isZero();
        assertThat(log.bounds())
                .extracting(LogBounds::oldest, LogBounds::newest)
                .containsExactly(3L, 2L);
        tell("c", "0");
        numberAll();
        assertThat(all()).containsExactly("3c");
    }

    @Test
    void saysThatTheLogHasGrown() throws SQLException {
        try (Connection listening = database.appDataSource().getConnection();
                Statement statement = listening.createStatement()) {
            statement.execute("listen " + EventLog.CHANNEL);
            tell("a", "0");

            numberAll();

            assertThat(listening.unwrap(PGConnection.class).getNotifications(10_000))
                    .hasSize(1);
        }
    }

    @Test
    void eachLogHasAnIdOfItsOwn() {
        String id = log.bounds().logId();
        assertThat(id).matches("[0-9a-f]{8}");

        jdbc.update("update event_numbering set log_id = left(gen_random_uuid()::text, 8)");

        assertThat(log.bounds().logId()).isNotEqualTo(id);
        assertThat(log.after(0, 1).logId()).isEqualTo(log.bounds().logId());
        assertThat(log.after(0, 1).newest()).isZero();
    }
}
