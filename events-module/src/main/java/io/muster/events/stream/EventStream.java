package io.muster.events.stream;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** One stream from when it has caught up. It has no thread and no clock of its own. */
final class EventStream {

    private final Wire wire;
    private final BooleanSupplier stopping;
    private final LongConsumer pause;

    /**
     * A stream.
     *
     * @param pause waits until there is something new, or so many nanoseconds, or less
     */
    EventStream(Wire wire, BooleanSupplier stopping, LongConsumer pause) {
        this.wire = wire;
        this.stopping = stopping;
        this.pause = pause;
    }

    /** Sends what comes, until something ends it. */
    CloseCause follow(Cursor cursor) throws IOException {
        while (true) {
            for (Frame next = cursor.next(); next != null && !stopping.getAsBoolean(); next = cursor.next()) {
                wire.write(next);
            }
            wire.flush();
            if (stopping.getAsBoolean()) {
                return CloseCause.STOPPING;
            }
            if (cursor.isBehind()) {
                return CloseCause.BEHIND;
            }
            if (cursor.isAtEnd()) {
                pause.accept(wire.untilHeartbeat());
            }
        }
    }
}
