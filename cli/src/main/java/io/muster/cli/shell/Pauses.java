package io.muster.cli.shell;

import java.time.Duration;

/** Waits. */
@FunctionalInterface
public interface Pauses {

    void pause(Duration time) throws InterruptedException;

    /** The next of several pauses: half as long again as the last, up to a longest one. */
    static Duration longer(Duration last, Duration longest) {
        Duration next = last.plus(last.dividedBy(2));
        return next.compareTo(longest) < 0 ? next : longest;
    }
}
