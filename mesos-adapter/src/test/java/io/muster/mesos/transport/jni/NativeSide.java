package io.muster.mesos.transport.jni;

import com.google.protobuf.InvalidProtocolBufferException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.jspecify.annotations.Nullable;

/**
 * What is behind the border: the native stand-in calls these methods for each of its objects. The objects talk to
 * masters over HTTP, with the habits of libmesos.
 */
public final class NativeSide {

    private static final Map<Long, Side> SIDES = new ConcurrentHashMap<>();
    private static final Map<String, URI> LEADERS = new ConcurrentHashMap<>();
    private static volatile byte[] lastCredential = {};

    private NativeSide() {}

    /** One object. */
    interface Side {

        void send(Call call);

        void reconnect();

        Outbox outbox();

        void close();
    }

    /** What the library shall find where it is told to look. */
    static void leadingAt(String master, URI leader) {
        LEADERS.put(master, leader);
    }

    /** As protobuf; empty if the last object was made without one. */
    static byte[] lastCredential() {
        return lastCredential;
    }

    /** How many objects there are. */
    static int objects() {
        return SIDES.size();
    }

    /** Called from C. */
    static void open(long handle, String master, byte @Nullable [] framework, byte @Nullable [] credential)
            throws InvalidProtocolBufferException {
        lastCredential = credential == null ? new byte[0] : credential;
        URI leader = LEADERS.getOrDefault(master, URI.create("http://" + master));
        SIDES.put(
                handle,
                framework == null ? new V1Side(leader) : new V0Side(leader, FrameworkInfo.parseFrom(framework)));
    }

    /** Called from C. What to call back next: {@code C}, {@code D}, or {@code E} and an event; null for no more. */
    static byte @Nullable [] next(long handle) {
        Side side = SIDES.get(handle);
        return side == null ? null : side.outbox().take();
    }

    /** Called from C. */
    static void send(long handle, byte[] call) throws InvalidProtocolBufferException {
        side(handle).send(Call.parseFrom(call));
    }

    /** Called from C. */
    static void reconnect(long handle) {
        side(handle).reconnect();
    }

    /** Called from C, which waits for the end of a callback that is under way. */
    static void close(long handle) {
        Side side = side(handle);
        side.close();
        side.outbox().close();
        SIDES.remove(handle);
    }

    private static Side side(long handle) {
        return Objects.requireNonNull(SIDES.get(handle), "no such object");
    }
}
