package io.muster.events.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The events in the order of their numbers (ADR 0018). A number is given to what is committed, by one process at a time, so
 * whoever has read the number n will never miss one below it.
 */
@Repository
public class EventLog {

    /** On which it is said that the log has grown. */
    public static final String CHANNEL = "muster_events";

    /** Writes nothing while there is nothing to number. */
    private static final String TAKE_TURN = """
            select newest from event_numbering
            where one = 1 and exists (select from event_outbox)
            for update skip locked
            """;

    /**
     * A statement of its own: it must see what was committed before the lock was taken. What one statement told gets its
     * numbers together, also where the limit lies within.
     */
    private static final String NUMBER = """
            with taken as (
                delete from event_outbox where id = any (array(
                    select id from (
                        select id, sum(cardinality(events)) over (order by id) - cardinality(events) as before
                        from event_outbox order by id limit ?) oldest
                    where before < ?))
                returning id, events
            ), numbered as (
                insert into event_log (seq, event)
                select ? + row_number() over (order by taken.id, told.place), told.event
                from taken, unnest(taken.events) with ordinality as told (event, place)
                returning seq
            )
            update event_numbering set newest = newest + (select count(*) from numbered)
            where one = 1 returning newest, pg_notify('%s', '')
            """.formatted(CHANNEL);

    private static final String READ = """
            select n.log_id, n.newest, e.seq, e.type, e.body, e.at
            from event_numbering n left join lateral (
                select l.seq, event.type, event.body, event.at
                from (select seq, event from event_log where seq > ? order by seq limit ?) l
                join event on event.id = l.event
            ) e on true
            where n.one = 1 order by e.seq
            """;

    private static final String BOUNDS = """
            select log_id, coalesce((select min(seq) from event_log), newest + 1) as oldest, newest
            from event_numbering where one = 1
            """;

    /** Only from the beginning of the log, so that it never has gaps. */
    private static final String TRIM = """
            with forgotten as (
                delete from event_log where seq < (
                    select coalesce(
                        min(seq) filter (where at >= clock_timestamp() - make_interval(secs => ?)), max(seq) + 1)
                    from (select seq, event from event_log order by seq limit ?) as oldest
                    join event on event.id = oldest.event)
                returning event
            )
            delete from event where id = any (array(select event from forgotten))
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    EventLog(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Numbers a piece of what is committed and not numbered yet.
     *
     * @param limit positive; a piece ends with the statement that tells of the event at which this many are reached
     * @return whether there may be more to do; false as well while another process numbers, which then looks again
     */
    public boolean number(int limit) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<Long> newest = jdbc.query(TAKE_TURN, (row, number) -> row.getLong("newest"));
            newest.forEach(last -> jdbc.query(NUMBER, row -> {}, limit, limit, last));
            return !newest.isEmpty();
        }));
    }

    /** What follows this number, at most so many. */
    public LogPage after(long seq, int limit) {
        return jdbc.query(READ, EventLog::page, seq, limit);
    }

    private static LogPage page(ResultSet rows) throws SQLException {
        List<LoggedEvent> events = new ArrayList<>();
        @Nullable LogPage page = null;
        while (rows.next()) {
            long seq = rows.getLong("seq");
            if (!rows.wasNull()) {
                events.add(new LoggedEvent(
                        seq,
                        rows.getString("type"),
                        rows.getString("body"),
                        rows.getObject("at", OffsetDateTime.class).toInstant()));
            }
            page = new LogPage(rows.getString("log_id"), rows.getLong("newest"), List.of());
        }
        if (page == null) {
            throw new IllegalStateException("event_numbering has no row");
        }
        return new LogPage(page.logId(), page.newest(), events);
    }

    public LogBounds bounds() {
        return jdbc.query(BOUNDS, rows -> {
            if (!rows.next()) {
                throw new IllegalStateException("event_numbering has no row");
            }
            return new LogBounds(rows.getString("log_id"), rows.getLong("oldest"), rows.getLong("newest"));
        });
    }

    /**
     * Forgets the oldest events.
     *
     * @param limit how many at most, so that no call takes long
     * @return how many were forgotten
     */
    public int trim(Duration retention, int limit) {
        return jdbc.update(TRIM, retention.toSeconds(), limit);
    }
}
