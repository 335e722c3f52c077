package io.muster.localmesos.agent;

import com.google.protobuf.ByteString;
import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;

/**
 * Delivers updates at least once and in order: of each task one is outstanding, sent again after 10 s, then after twice
 * as long each time up to 10 min, until it is acknowledged; only then comes the next.
 */
final class StatusUpdates {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(10);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);

    private final EventLoop loop;
    private final BiConsumer<FrameworkID, TaskStatus> forward;
    private final Map<Key, Stream> streams = new LinkedHashMap<>();

    private record Key(FrameworkID framework, TaskID task) {}

    private static final class Stream {
        private final ArrayDeque<TaskStatus> pending = new ArrayDeque<>();
        private Duration retryIn = FIRST_RETRY;
        private EventLoop.Timer retry = () -> {};
    }

    StatusUpdates(EventLoop loop, BiConsumer<FrameworkID, TaskStatus> forward) {
        this.loop = loop;
        this.forward = forward;
    }

    /** Queues an update; it is sent now if none of the same task is outstanding. */
    void add(FrameworkID framework, TaskStatus status) {
        var key = new Key(framework, status.getTaskId());
        Stream stream = streams.computeIfAbsent(key, absent -> new Stream());
        stream.pending.add(status);
        if (stream.pending.size() == 1) {
            send(key, stream);
        }
    }

    /** Takes the acknowledged update off and sends the next one; empty if that uuid is not the outstanding one. */
    Optional<TaskStatus> acknowledge(FrameworkID framework, TaskID task, ByteString uuid) {
        var key = new Key(framework, task);
        Stream stream = streams.get(key);
        if (stream == null || !stream.pending.element().getUuid().equals(uuid)) {
            return Optional.empty();
        }
        stream.retry.cancel();
        TaskStatus acknowledged = stream.pending.remove();
        if (stream.pending.isEmpty()) {
            streams.remove(key);
        } else {
            stream.retryIn = FIRST_RETRY;
            send(key, stream);
        }
        return Optional.of(acknowledged);
    }

    /** Sends what is outstanding for a framework that has come back; the pauses begin anew. */
    void resend(FrameworkID framework) {
        for (var entry : List.copyOf(streams.entrySet())) {
            if (entry.getKey().framework().equals(framework)) {
                entry.getValue().retry.cancel();
                entry.getValue().retryIn = FIRST_RETRY;
                send(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Sends everything outstanding to a master that may have missed it; the pauses begin anew. */
    void resendAll() {
        streams.keySet().stream().map(Key::framework).distinct().toList().forEach(this::resend);
    }

    /** Forgets the updates of a framework that will not acknowledge any more. */
    void drop(FrameworkID framework) {
        streams.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().framework().equals(framework);
            if (gone) {
                entry.getValue().retry.cancel();
            }
            return gone;
        });
    }

    private void send(Key key, Stream stream) {
        Duration pause = stream.retryIn;
        stream.retry = loop.schedule(pause, () -> {
            Duration doubled = pause.multipliedBy(2);
            stream.retryIn = doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
            send(key, stream);
        });
        forward.accept(key.framework(), stream.pending.element());
    }
}
