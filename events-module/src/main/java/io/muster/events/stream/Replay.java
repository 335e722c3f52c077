package io.muster.events.stream;

import io.muster.events.log.LogBounds;
import io.muster.events.log.LogPage;
import io.muster.events.log.LoggedEvent;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Brings streams from where their clients were to where the ring is, by pages of the log. Only some have a page at a time;
 * the others wait, so that neither memory nor the database suffers when all clients come back at once.
 */
final class Replay {

    private static final int PAGES_AT_ONCE = 8;

    private final Ring ring;
    private final LongFunction<LogPage> pageAfter;
    private final Supplier<LogBounds> bounds;
    private final InstantSource clock;
    private final BooleanSupplier stopping;
    private final Semaphore turns = new Semaphore(PAGES_AT_ONCE, true);

    Replay(
            Ring ring,
            LongFunction<LogPage> pageAfter,
            Supplier<LogBounds> bounds,
            InstantSource clock,
            BooleanSupplier stopping) {
        this.ring = ring;
        this.pageAfter = pageAfter;
        this.bounds = bounds;
        this.clock = clock;
        this.stopping = stopping;
    }

    /** Sends what came after that point. Where that is lost, says so, and begins with what comes. */
    Cursor catchUp(ResumePoint from, EventFilter filter, Frame own, Wire wire) throws IOException {
        LogBounds log = bounds.get();
        if (!from.isIn(log)) {
            return reset(filter, own, wire);
        }
        long seq = from.seq();
        while (true) {
            OptionalLong position = ring.positionAfter(seq);
            if (position.isPresent() || stopping.getAsBoolean()) {
                return new Cursor(ring, filter, own, position.orElse(ring.end()), seq);
            }
            awaitTurn(wire);
            try {
                LogPage page = pageAfter.apply(seq);
                List<LoggedEvent> events = page.events();
                if (!page.logId().equals(log.logId())
                        || events.isEmpty()
                        || events.getFirst().seq() != seq + 1) {
                    return reset(filter, own, wire);
                }
                for (LoggedEvent event : events) {
                    if (filter.wants(event.type())) {
                        wire.write(Frames.of(page.logId(), event));
                    }
                }
                wire.flush();
                seq = events.getLast().seq();
            } finally {
                turns.release();
            }
        }
    }

    /** The bounds are read after the place in the ring, so that nothing above them is left out. */
    private Cursor reset(EventFilter filter, Frame own, Wire wire) throws IOException {
        Ring.Place now = ring.now();
        wire.write(Frames.reset(bounds.get(), clock.instant()));
        return new Cursor(ring, filter, own, now.position(), now.seq());
    }

    private void awaitTurn(Wire wire) throws IOException {
        try {
            do {
                wire.flush();
            } while (!turns.tryAcquire(Math.max(1, wire.untilHeartbeat()), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it waited for its turn", stopped);
        }
    }

    /** Those who wait for a turn get one, to see that it is over. */
    void stop() {
        turns.release(Short.MAX_VALUE);
    }
}
