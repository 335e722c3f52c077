package io.muster.mesos.transport.jni;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Mesos;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.apache.mesos.v1.scheduler.Scheduler;
import org.jspecify.annotations.Nullable;

/** A library without a native half: what it calls back is what a test says, on the thread of the test. */
final class FakeLibrary implements NativeMesos.Factory {

    private static final Mesos NOBODY = new Mesos() {
        @Override
        public void send(Call call) {
            throw new IllegalStateException("never from a callback");
        }

        @Override
        public void reconnect() {
            throw new IllegalStateException("never from a callback");
        }
    };

    private final List<Native> made = new CopyOnWriteArrayList<>();
    private volatile @Nullable LinkageError fault;

    @Override
    public NativeMesos create(Scheduler callbacks, FrameworkInfo framework) {
        LinkageError broken = fault;
        if (broken != null) {
            throw broken;
        }
        Native next = new Native(callbacks, framework);
        made.add(next);
        return next;
    }

    void isBroken(LinkageError with) {
        fault = with;
    }

    /** All objects that were made, the latest last. */
    List<Native> made() {
        return made;
    }

    Native latest() {
        return made.getLast();
    }

    static Event subscribed() {
        return Event.newBuilder()
                .setType(Event.Type.SUBSCRIBED)
                .setSubscribed(Event.Subscribed.newBuilder()
                        .setFrameworkId(FrameworkID.newBuilder().setValue("f-1"))
                        .setHeartbeatIntervalSeconds(15))
                .build();
    }

    static Event error(String message) {
        return Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage(message))
                .build();
    }

    /** One object. */
    static final class Native implements NativeMesos {

        private final Scheduler callbacks;
        private final FrameworkInfo framework;
        private final List<Call> sent = new CopyOnWriteArrayList<>();
        private volatile int reconnects;
        private volatile boolean closed;

        private Native(Scheduler callbacks, FrameworkInfo framework) {
            this.callbacks = callbacks;
            this.framework = framework;
        }

        @Override
        public void send(Call call) {
            sent.add(call);
        }

        @Override
        public synchronized void reconnect() {
            reconnects++;
        }

        @Override
        public void close() {
            closed = true;
        }

        FrameworkInfo framework() {
            return framework;
        }

        List<Call> sent() {
            return sent;
        }

        int reconnects() {
            return reconnects;
        }

        boolean isClosed() {
            return closed;
        }

        void connected() {
            callbacks.connected(NOBODY);
        }

        void disconnected() {
            callbacks.disconnected(NOBODY);
        }

        void received(Event event) {
            callbacks.received(NOBODY, event);
        }
    }
}
