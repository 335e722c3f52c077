package io.muster.events.stream;

import java.io.IOException;
import java.io.OutputStream;

/** An event as it goes over the wire; encoded once, and shared by all streams. */
final class Frame {

    /** The number of what is not in the log. */
    static final long UNLOGGED = 0;

    private final String type;
    private final long seq;
    private final byte[] bytes;

    /** With {@link #UNLOGGED} as number, or one from the log. */
    Frame(String type, long seq, byte[] bytes) {
        this.type = type;
        this.seq = seq;
        this.bytes = bytes;
    }

    String type() {
        return type;
    }

    long seq() {
        return seq;
    }

    boolean isLogged() {
        return seq != UNLOGGED;
    }

    int size() {
        return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
