package io.muster.mesos.transport.jni;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Mesos;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.apache.mesos.v1.scheduler.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native object with its callbacks, which do nothing but put a signal into a queue. They come one at a time, each on
 * another native thread. What they throw ends the JVM, so they throw nothing, and when there is no room in the queue the
 * link breaks after a while instead of blocking the library for ever.
 */
final class NativeLink implements Scheduler {

    private static final Logger LOG = LoggerFactory.getLogger(NativeLink.class);

    private final BlockingQueue<Signal> signals;
    private final Duration room;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile int connection;
    private volatile @Nullable String broken;

    /** Held here for as long as the link is: the native side does not hold it. */
    private volatile @Nullable NativeMesos mesos;

    NativeLink(BlockingQueue<Signal> signals, Duration room) {
        this.signals = signals;
        this.room = room;
    }

    /**
     * Makes the native object; to be called once.
     *
     * @throws LinkageError if the library is not one of Mesos, or of another age
     */
    void begin(NativeMesos.Factory factory, FrameworkInfo framework) {
        mesos = factory.create(this, framework);
    }

    /** Throws nothing; a failure breaks the link. */
    void send(Call call) {
        NativeMesos target = mesos;
        try {
            if (target != null && !over.get()) {
                target.send(call);
            }
        } catch (RuntimeException | LinkageError failed) {
            breaks(call.getType() + " could not be sent: " + failed);
        }
    }

    /** Breaks the connection of the library, and forgets what was broken. Throws nothing; a failure breaks the link. */
    void reconnect() {
        broken = null;
        NativeMesos target = mesos;
        try {
            if (target != null) {
                target.reconnect();
            }
        } catch (RuntimeException | LinkageError failed) {
            LOG.error("The native library cannot make its connection anew", failed);
            breaks("no new connection: " + failed);
        }
    }

    /** Destroys the native object, in the background: it waits for a callback that is under way. */
    void end() {
        NativeMesos target = mesos;
        if (over.compareAndSet(false, true) && target != null) {
            Thread.ofPlatform().name("mesos-end").daemon().start(target::close);
        }
    }

    /** Which connection of the library there is, counted from 1; 0 while there is none. Known before any signal of it. */
    int connection() {
        return connection;
    }

    /** Why nothing more can be expected; null as long as all is well. */
    @Nullable
    String broken() {
        return broken;
    }

    @Override
    public void connected(Mesos by) {
        try {
            connection = connections.incrementAndGet();
            tell(new Signal.Connected(this));
        } catch (Throwable failure) {
            caught(failure);
        }
    }

    @Override
    public void disconnected(Mesos by) {
        try {
            connection = 0;
            tell(new Signal.Disconnected(this));
        } catch (Throwable failure) {
            caught(failure);
        }
    }

    @Override
    public void received(Mesos by, Event event) {
        try {
            tell(new Signal.Received(this, event));
        } catch (Throwable failure) {
            caught(failure);
        }
    }

    private void tell(Signal signal) throws InterruptedException {
        if (!over.get() && broken == null && !signals.offer(signal, room.toNanos(), TimeUnit.NANOSECONDS)) {
            breaks("no room for another event within " + room);
        }
    }

    private void breaks(String reason) {
        broken = reason;
        var _ = signals.offer(new Signal.Wake());
    }

    /** Even telling of it may fail, for instance for want of memory. */
    private void caught(Throwable failure) {
        try {
            broken = "a callback failed";
            breaks("a callback failed: " + failure);
            LOG.error("A callback of the native library failed; the connection is made anew", failure);
        } catch (Throwable again) {
            broken = "a callback failed twice";
        }
    }
}
