package io.muster.db.wakeups;

import java.time.Duration;

/** How long to wait before each next attempt: twice as long as before, up to the longest. For one thread. */
public final class Pauses {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    public Pauses(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        next = first;
    }

    public Duration next() {
        Duration now = next;
        Duration doubled = now.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return now;
    }

    /** An attempt succeeded. */
    public void reset() {
        next = first;
    }
}
