package io.muster.mesos.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * One stream of events. Bytes of any kind are signs of life; when none come for as long as {@value #MISSED_HEARTBEATS}
 * heartbeats take, the master is taken for dead.
 */
final class Subscription {

    static final int MISSED_HEARTBEATS = 5;

    /** What masters use unless they say otherwise. */
    private static final double USUAL_INTERVAL_SECONDS = 15;

    private static final double LONGEST_INTERVAL_SECONDS = 3600;

    private final URI master;
    private final String streamId;
    private final EventStream stream;
    private final RecordIoDecoder decoder;
    private Duration patience = patience(USUAL_INTERVAL_SECONDS);

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
                patience = patience(event.getSubscribed().getHeartbeatIntervalSeconds());
            }
            events.accept(event);
        }
    }

    private static Duration patience(double intervalSeconds) {
        boolean sensible = intervalSeconds > 0 && intervalSeconds <= LONGEST_INTERVAL_SECONDS;
        double seconds = (sensible ? intervalSeconds : USUAL_INTERVAL_SECONDS) * MISSED_HEARTBEATS;
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
