package io.muster.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** What happened, in order: the last of it as text, all of it as a number by which two runs can be compared. */
final class Trace {

    private static final long PRIME = 0x100_0000_01B3L;

    private final InstantSource clock;
    private final Instant begin;
    private final int kept;
    private final Deque<String> last = new ArrayDeque<>();
    private long hash = 0xCBF2_9CE4_8422_2325L;
    private long count;

    Trace(InstantSource clock, int kept) {
        this.clock = clock;
        this.begin = clock.instant();
        this.kept = kept;
    }

    void note(String what) {
        long millis = Duration.between(begin, clock.instant()).toMillis();
        hash = (hash ^ millis) * PRIME;
        hash = (hash ^ what.hashCode()) * PRIME;
        count++;
        if (last.size() == kept) {
            last.removeFirst();
        }
        last.addLast(millis + " ms  " + what);
    }

    long hash() {
        return hash;
    }

    long count() {
        return count;
    }

    String lastLines() {
        return String.join("\n", last);
    }
}
