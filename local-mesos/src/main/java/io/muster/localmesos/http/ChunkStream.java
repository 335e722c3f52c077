package io.muster.localmesos.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response that stays open: chunks wait here, in order, for the connection to write them. Bounded: a
 * reader that falls behind by more than the bound is disconnected, so that it cannot hold the master's memory.
 */
public final class ChunkStream {
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private final long mostBytes;
    private final Runnable onGone;
    private long waitingBytes;
    private boolean finished;
    private boolean torn;
    private boolean gone;
    private @Nullable Runnable connection;

    /**
     * A stream nobody reads yet.
     *
     * @param mostBytes how much may wait to be written
     * @param onGone called once, on any thread, when the reader is gone or was too slow; not after {@link #finish()}
     */
    public ChunkStream(long mostBytes, Runnable onGone) {
        this.mostBytes = mostBytes;
        this.onGone = onGone;
    }

    /** Queues a chunk without waiting; dropped if the stream has ended. */
    public void send(byte[] chunk) {
        boolean tooSlow;
        synchronized (this) {
            if (finished || torn || gone) {
                return;
            }
            tooSlow = waitingBytes + chunk.length > mostBytes;
            if (!tooSlow) {
                waiting.add(chunk);
                waitingBytes += chunk.length;
                notifyAll();
            }
        }
        if (tooSlow) {
            abort();
        }
    }

    /** Ends the body after what waits was written. */
    public synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** Cuts the connection after what waits was written, without ending the body. */
    public synchronized void cutAfterWhatWaits() {
        torn = true;
        notifyAll();
    }

    /** Drops what waits and cuts the connection, even in the middle of a write. */
    public void abort() {
        Runnable cut;
        boolean tell;
        synchronized (this) {
            if (gone) {
                return;
            }
            gone = true;
            tell = !finished;
            waiting.clear();
            cut = connection;
            notifyAll();
        }
        if (cut != null) {
            cut.run();
        }
        if (tell) {
            onGone.run();
        }
    }

    /** Says how to cut the connection that writes this stream. */
    void attach(Runnable cut) {
        boolean late;
        synchronized (this) {
            connection = cut;
            late = gone;
        }
        if (late) {
            cut.run();
        }
    }

    /** Waits for chunks; an empty list is the end of the body. */
    synchronized List<byte[]> take() throws InterruptedException {
        while (waiting.isEmpty() && !finished && !torn && !gone) {
            wait();
        }
        return takeWaiting();
    }

    synchronized boolean isGone() {
        return gone;
    }

    /** Whether the body was ended as it should be. */
    synchronized boolean isComplete() {
        return finished && !gone;
    }

    /** Takes what waits, without waiting for more. */
    public synchronized List<byte[]> takeWaiting() {
        var taken = new ArrayList<>(waiting);
        waiting.clear();
        waitingBytes = 0;
        return taken;
    }
}
