package io.muster.mesos.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * One stream of events. Bytes of any kind are signs of life; when none come for as long as {@value Heartbeats#MISSED}
 * heartbeats take, the master is taken for dead.
 */
final class Subscription {

    private final URI master;
    private final String streamId;
    private final EventStream stream;
    private final RecordIoDecoder decoder;
    private Duration patience = Heartbeats.patience();

    Subscription(URI master, String streamId, EventStream stream, RecordIoDecoder decoder) {
        this.master = master;
        this.streamId = streamId;
        this.stream = stream;
        this.decoder = decoder;
    }

    /** The address that answered, where all calls of this subscription go. */
    URI master() {
        return master;
    }

    String streamId() {
        return streamId;
    }

    /** Ends it from outside; may be called from any thread. */
    void cut(String reason) {
        stream.cut(reason);
    }

    /** Hands the events over, one by one, until the stream ends. Returns why it did; the connection is closed then. */
    String read(Consumer<Event> events) throws InterruptedException {
        try {
            while (true) {
                switch (stream.next(patience)) {
                    case EventStream.Next.Bytes(List<ByteBuffer> portion) -> {
                        for (ByteBuffer bytes : portion) {
                            decode(bytes, events);
                        }
                    }
                    case EventStream.Next.Ended(String reason) -> {
                        return reason;
                    }
                    case EventStream.Next.Silence() -> {
                        return "no heartbeat within " + patience;
                    }
                }
            }
        } catch (MalformedStreamException | InvalidProtocolBufferException garbage) {
            return "the stream is broken: " + garbage.getMessage();
        } finally {
            stream.cancel();
        }
    }

    private void decode(ByteBuffer bytes, Consumer<Event> events)
            throws MalformedStreamException, InvalidProtocolBufferException {
        for (byte[] record : decoder.decode(bytes)) {
            Event event = Event.parseFrom(record);
            if (event.hasSubscribed() && event.getSubscribed().hasHeartbeatIntervalSeconds()) {
                patience = Heartbeats.patience(event.getSubscribed().getHeartbeatIntervalSeconds());
            }
            events.accept(event);
        }
    }
}
