package io.muster.events.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The way to one client: what is written, and when an empty line is due. For one thread. */
final class Wire {

    private final OutputStream out;
    private final StreamMeters meters;
    private final LongSupplier nanoClock;
    private final long heartbeat;
    private long lastFlush;
    private long pending;

    Wire(OutputStream out, StreamMeters meters, LongSupplier nanoClock, Duration heartbeat) {
        this.out = out;
        this.meters = meters;
        this.nanoClock = nanoClock;
        this.heartbeat = heartbeat.toNanos();
        this.lastFlush = nanoClock.getAsLong();
    }

    void write(Frame frame) throws IOException {
        frame.writeTo(out);
        pending += frame.size();
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        pending += bytes.length;
    }

    /** Sends what was written; if that is nothing for too long, a heartbeat. */
    void flush() throws IOException {
        if (pending == 0 && untilHeartbeat() <= 0) {
            write(Frames.heartbeat());
        }
        if (pending > 0) {
            out.flush();
            meters.sent(pending);
            pending = 0;
            lastFlush = nanoClock.getAsLong();
        }
    }

    /** In nanoseconds; zero or less if it is due. */
    long untilHeartbeat() {
        return lastFlush + heartbeat - nanoClock.getAsLong();
    }
}
