package io.muster.mesos.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream, fetched one portion ahead of the one who reads: a slow reader slows the master down, and
 * patience is measured only while the reader really waits.
 */
class EventStream implements Flow.Subscriber<List<ByteBuffer>> {

    /** Holds at most one portion, since the next is asked for when one is taken, and the few reasons to end. */
    private final BlockingQueue<Next> arrived = new LinkedBlockingQueue<>();

    private volatile Flow.@Nullable Subscription subscription;

    /** What became of waiting. */
    sealed interface Next {

        /** Never empty. */
        record Bytes(List<ByteBuffer> portion) implements Next {}

        record Ended(String reason) implements Next {}

        /** Nothing came in time. */
        record Silence() implements Next {}
    }

    /** Waits for what comes next. After {@code Ended} nothing does. A test may wait on a clock of its own. */
    Next next(Duration patience) throws InterruptedException {
        Next next = arrived.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        Flow.Subscription source = subscription;
        if (next instanceof Next.Bytes && source != null) {
            source.request(1);
        }
        return next == null ? new Next.Silence() : next;
    }

    /** Lets the reader see an end, behind what arrived before. */
    void cut(String reason) {
        arrived.add(new Next.Ended(reason));
    }

    /** Closes the connection. */
    void cancel() {
        Flow.Subscription source = subscription;
        if (source != null) {
            source.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> portion) {
        arrived.add(new Next.Bytes(portion));
    }

    @Override
    public void onError(Throwable failure) {
        cut("the stream broke: " + failure.getMessage());
    }

    @Override
    public void onComplete() {
        cut("the master ended the stream");
    }
}
