package io.muster.localmesos.master;

import io.muster.localmesos.http.ChunkStream;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.wire.Encoding;
import io.muster.localmesos.wire.RecordIo;
import java.time.Duration;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** One subscription's stream of events; sends heartbeats by itself until it ends. On the loop. */
final class EventStream {
    private static final Event HEARTBEAT =
            Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    /** How long a reader may take for the last records of a stream that has ended. */
    private static final Duration LAST_READ = Duration.ofSeconds(5);

    private final String id;
    private final Encoding encoding;
    private final ChunkStream chunks;
    private final EventLoop loop;
    private EventLoop.Timer heartbeat = () -> {};

    EventStream(String id, Encoding encoding, ChunkStream chunks, EventLoop loop) {
        this.id = id;
        this.encoding = encoding;
        this.chunks = chunks;
        this.loop = loop;
    }

    String id() {
        return id;
    }

    void send(Event event) {
        chunks.send(RecordIo.frame(encoding.encode(event)));
    }

    /** Sends a heartbeat now and then each interval. */
    void beat(Duration interval) {
        send(HEARTBEAT);
        heartbeat = loop.schedule(interval, () -> beat(interval));
    }

    /** Ends the stream with an ERROR as its last event. */
    void fail(String message) {
        send(Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message))
                .build());
        finish();
    }

    void finish() {
        heartbeat.cancel();
        chunks.finish();
        loop.schedule(LAST_READ, chunks::abort);
    }

    /** The reader is gone. */
    void lost() {
        heartbeat.cancel();
    }
}
