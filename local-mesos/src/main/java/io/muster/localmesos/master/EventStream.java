package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** One subscription's stream of events; sends heartbeats by itself until it ends. On the loop. */
final class EventStream {
    private static final Event HEARTBEAT =
            Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

    private final String id;
    private final EventSink sink;
    private final Wire wire;
    private final EventLoop loop;
    private EventLoop.Timer heartbeat = () -> {};

    EventStream(String id, EventSink sink, Wire wire, EventLoop loop) {
        this.id = id;
        this.sink = sink;
        this.wire = wire;
        this.loop = loop;
    }

    String id() {
        return id;
    }

    void send(Event event) {
        wire.carry(event, sink);
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
        sink.finish();
    }

    /** The master goes away: nothing more is said. */
    void cut() {
        heartbeat.cancel();
        sink.abort();
    }

    /** The reader is gone. */
    void lost() {
        heartbeat.cancel();
    }
}
