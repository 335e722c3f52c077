package io.muster.events.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.db.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A log from when bodies were moved into it goes on where it was. */
class BodiesOnceMigrationTest {

    @Test
    void numbersAndWhatHasNoneYetStay() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            var jdbc = new JdbcTemplate(database.ownerDataSource());
            migrate(database, "16");
            jdbc.update("insert into event_log (seq, type, pod_id, body, at) values "
                    + "(7, 'seven', '/p', '{}', now()), (8, 'eight', null, '{\"b\": 1}', now())");
            jdbc.update("insert into event_outbox (type, body, at) values ('nine', '{}', now()), ('ten', '{}', now())");
            jdbc.update("update event_numbering set newest = 8");

            migrate(database, "latest");

            var log = new EventLog(
                    new JdbcTemplate(database.appDataSource()), new JdbcTransactionManager(database.appDataSource()));
            assertThat(log.after(0, 10).events())
                    .extracting(LoggedEvent::seq, LoggedEvent::type, LoggedEvent::body)
                    .containsExactly(tuple(7L, "seven", "{}"), tuple(8L, "eight", "{\"b\": 1}"));
            assertThat(log.number(10)).isTrue();
            jdbc.update("insert into event (type, body, at) values ('later', '{}', now())");
            assertThat(log.after(8, 10).events())
                    .extracting(LoggedEvent::seq, LoggedEvent::type)
                    .containsExactly(tuple(9L, "nine"), tuple(10L, "ten"));
        }
    }

    @Test
    void anEmptyLogStaysEmpty() throws SQLException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            migrate(database, "16");

            migrate(database, "latest");

            assertThat(new JdbcTemplate(database.ownerDataSource())
                            .queryForMap("select (select count(*) from event) as events, "
                                    + "(select count(*) from event_outbox) as outbox, "
                                    + "(select count(*) from event_log) as log"))
                    .isEqualTo(Map.of("events", 0L, "outbox", 0L, "log", 0L));
        }
    }

    private static void migrate(TestDatabase database, String target) {
        Flyway.configure()
                .dataSource(database.ownerDataSource())
                .placeholders(Map.of("appRole", database.app().name()))
                .target(target)
                .load()
                .migrate();
    }
}
