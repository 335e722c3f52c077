package io.muster.events;

import io.muster.db.rows.MultiRow;
import io.muster.history.PodId;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Where events are put, in the transaction of the change: what is rolled back is told to nobody. */
@Repository
public class Outbox {

    private static final MultiRow<Event> APPEND = new MultiRow<Event>("""
                    insert into event_outbox (type, pod_id, body, at)
                    select type, pod_id, body::jsonb, at::timestamptz
                    from unnest(?, ?, ?, ?) as row (type, pod_id, body, at)
                    """)
            .column(Event::type)
            .column(event -> event.pod().map(PodId::text).orElse(null))
            .column(Event::body)
            .column(Event::at);

    private final JdbcTemplate jdbc;

    Outbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends them in this order; one statement, however many they are, and none for none. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<Event> events) {
        APPEND.execute(jdbc, events);
    }

    /**
     * Forgets old events.
     *
     * @param limit how many at most, so that no call takes long
     * @return how many were forgotten
     */
    public int trim(Duration retention, int limit) {
        return jdbc.update("""
                delete from event_outbox where id in (
                    select id from event_outbox where at < clock_timestamp() - make_interval(secs => ?)
                    order by at limit ?)
                """, retention.toSeconds(), limit);
    }
}
