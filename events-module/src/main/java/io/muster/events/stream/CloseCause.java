package io.muster.events.stream;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** Why a stream ended. */
enum CloseCause {
    /** The client went. */
    CLIENT,
    /** The client took nothing for longer than a write may wait. */
    STALLED,
    /** The client took less than came, for so long that the ring went around. */
    BEHIND,
    STOPPING,
    FAULT;

    /** A write fails either since the client is gone, or since it does not read. */
    static CloseCause of(IOException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return STALLED;
            }
        }
        return CLIENT;
    }

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
