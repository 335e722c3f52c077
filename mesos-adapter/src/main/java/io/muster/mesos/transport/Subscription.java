package io.muster.mesos.transport;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * One stream of events. Bytes of any kind are signs of life; when none come for as long as {@value Heartbeats#MISSED}
 * heartbeats take, the master is taken for dead.
 */
final class Subscription {

    private final String streamId;
    private final EventStream stream;
    private final RecordIoDecoder decoder;
    private boolean subscribed;
    private Duration patience = Heartbeats.patience();

    Subscription(String streamId, EventStream stream, RecordIoDecoder decoder) {
        this.streamId = streamId;
        this.stream = stream;
        this.decoder = decoder;
    }

    String streamId() {
        return streamId;
    }

    /** Ends it from outside; may be called from any thread. */
    void cut(String reason) {
        stream.cut(reason);
    }

    /** Takes what is read, piece by piece. */
    interface Reader {

        /** May lack fields that are required. */
        void event(Event event);

        /** A record that is no event. */
        void unreadable(String why);
    }

    /** Hands the events over, one by one, until the stream ends. Returns why it did; the connection is closed then. */
    String read(Reader reader) throws InterruptedException {
        try {
            while (true) {
                switch (stream.next(patience)) {
                    case EventStream.Next.Bytes(List<ByteBuffer> portion) -> {
                        for (ByteBuffer bytes : portion) {
                            decode(bytes, reader);
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
        } catch (MalformedStreamException garbage) {
            return "the stream is broken: " + garbage.getMessage();
        } finally {
            stream.cancel();
        }
    }

    private void decode(ByteBuffer bytes, Reader reader) throws MalformedStreamException {
        for (byte[] record : decoder.decode(bytes)) {
            Event event;
            try {
                event = Event.parser().parsePartialFrom(record);
            } catch (InvalidProtocolBufferException garbage) {
                // Where the framing holds, one bad record says nothing about the next one.
                requireSubscribed("a record of " + record.length + " bytes that is no event");
                reader.unreadable("a record of " + record.length + " bytes: " + garbage.getMessage());
                continue;
            }
            switch (event.getType()) {
                case SUBSCRIBED -> begin(event.getSubscribed());
                // How a master says why there is no subscription.
                case ERROR -> {}
                default -> requireSubscribed("an event " + event.getType());
            }
            reader.event(event);
        }
    }

    private void begin(Event.Subscribed subscription) throws MalformedStreamException {
        if (subscription.getFrameworkId().getValue().isEmpty()) {
            throw new MalformedStreamException("a subscription without a framework id");
        }
        subscribed = true;
        if (subscription.hasHeartbeatIntervalSeconds()) {
            patience = Heartbeats.patience(subscription.getHeartbeatIntervalSeconds());
        }
    }

    private void requireSubscribed(String found) throws MalformedStreamException {
        if (!subscribed) {
            throw new MalformedStreamException("expected the subscription, found " + found);
        }
    }
}
