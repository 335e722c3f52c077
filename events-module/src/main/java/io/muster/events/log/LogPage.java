package io.muster.events.log;

import java.util.List;

/**
 * A piece of the log, as it is at one moment.
 *
 * @param newest the last number that was given; 0 before the first
 * @param events ascending and without gaps; they may begin later than was asked for, if what was before is forgotten
 */
public record LogPage(String logId, long newest, List<LoggedEvent> events) {

    public LogPage {
        events = List.copyOf(events);
    }
}
