package io.muster.localmesos.master;

import io.muster.localmesos.http.ChunkStream;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.wire.Encoding;
import io.muster.localmesos.wire.RecordIo;
import java.time.Duration;
import java.util.Arrays;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** Events as records of an HTTP response that stays open. */
final class ChunkedSink implements EventSink {
    private static final long LARGEST_BACKLOG = 64L << 20;

    /** How long a reader may take for the last records of a stream that has ended. */
    private static final Duration LAST_READ = Duration.ofSeconds(5);

    private final Encoding encoding;
    private final EventLoop loop;
    private final ChunkStream chunks;

    /** The sink of a new stream; {@code onGone} is run on the loop when its reader has gone by itself. */
    ChunkedSink(Encoding encoding, EventLoop loop, Runnable onGone) {
        this.encoding = encoding;
        this.loop = loop;
        this.chunks = new ChunkStream(LARGEST_BACKLOG, () -> loop.execute(onGone));
    }

    ChunkStream chunks() {
        return chunks;
    }

    @Override
    public void send(Event event) {
        chunks.send(RecordIo.frame(encoding.encode(event)));
    }

    @Override
    public void tear(Event event) {
        byte[] frame = RecordIo.frame(encoding.encode(event));
        chunks.send(Arrays.copyOf(frame, frame.length / 2 + 1));
        chunks.cutAfterWhatWaits();
    }

    @Override
    public void finish() {
        chunks.finish();
        loop.schedule(LAST_READ, chunks::abort);
    }

    @Override
    public void abort() {
        chunks.abort();
    }
}
