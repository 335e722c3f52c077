package io.muster.events;

import io.muster.db.rows.MultiRow;
import io.muster.history.PodId;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where events are put, in the transaction of the change: what is rolled back is told to nobody. They stay until they are
 * numbered.
 */
@Repository
public class Outbox {

    private static final MultiRow<Event> APPEND = new MultiRow<Event>("""
                    with told as (
                        insert into event (type, pod_id, body, at)
                        select type, pod_id, body, at::timestamptz
                        from unnest(?, ?, ?, ?) as row (type, pod_id, body, at)
                        returning id
                    )
                    insert into event_outbox (events) select array_agg(id order by id) from told
                    """)
            .column(Event::type)
            .column(event -> event.pod().map(PodId::text).orElse(null))
            .column(Event::body)
            .column(Event::at);

    private final JdbcTemplate jdbc;
    private volatile Runnable listener = () -> {};

    Outbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Appends them in this order; one statement, however many they are, and none for none. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        APPEND.execute(jdbc, events);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                listener.run();
            }
        });
    }

    /**
     * Who numbers events in this process; he replaces the one before.
     *
     * @param listener called after each commit with events, on the thread that committed, so it must return at once
     */
    public void onCommitted(Runnable listener) {
        this.listener = listener;
    }
}
