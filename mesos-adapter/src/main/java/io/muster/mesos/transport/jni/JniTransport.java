package io.muster.mesos.transport.jni;

import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.mesos.transport.Heartbeats;
import io.muster.mesos.transport.Transport;
import io.muster.mesos.transport.TransportListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way through the native library, which finds the leading master by itself, also through ZooKeeper. The library
 * calls back on threads of its own; they leave a signal for the one thread that speaks with the listener. Calls go to the
 * library at once, which keeps those that wait.
 *
 * <p>With V1 one native object serves all connections, and is told to reconnect when a master goes silent. With V0 there is
 * one for each: a driver registers when it is made, with what the SUBSCRIBE says, and when it has told an ERROR it is of
 * no use any more. A driver registers again by itself while it lives, and without asking for a permit; all calls after
 * that need one.
 *
 * <p>A launch that V0 would lose because there is no master is told as TASK_DROPPED at once, from the moment on at which
 * the library tells that the connection is lost. Before that moment the driver may have lost it a while ago without a
 * word. Then, and for all other calls, the reconciliation after the next subscription tells what became of the tasks; and
 * a launch that is never told of is ended by the engine as overdue.
 */
public final class JniTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(JniTransport.class);

    private final JniTransportSettings settings;
    private final NativeMesos.Factory library;
    private final Clock clock;
    private final RandomGenerator random;
    private final BlockingQueue<Signal> signals;
    private final AtomicReference<@Nullable Call> subscribeCall = new AtomicReference<>();
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable NativeLink link;
    private volatile boolean closed;

    /** Whether the library has a connection, as far as its signals have been heard. */
    private boolean up;

    private Attempts attempts;

    /** @param random used by the thread of the transport only */
    public JniTransport(
            JniTransportSettings settings, NativeLibrary.Loaded library, Clock clock, RandomGenerator random) {
        this(settings, new LibMesos(settings, library), clock, random);
    }

    JniTransport(JniTransportSettings settings, NativeMesos.Factory library, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.library = library;
        this.clock = clock;
        this.random = random;
        this.signals = new ArrayBlockingQueue<>(settings.waitingEvents());
        this.attempts = Attempts.with(settings.backoff());
    }

    /** Where calls go, for as long as this connection of the library is there. */
    private record Subscription(NativeLink link, int connection, SendPermit permit) {

        boolean isLive() {
            return link.connection() == connection;
        }
    }

    @Override
    public void open(TransportListener listener, SendPermit permit) {
        Thread.ofPlatform().name("mesos-events").daemon().start(() -> connectAgainAndAgain(listener, permit));
    }

    @Override
    public void send(Call call) {
        if (call.getType() == Call.Type.SUBSCRIBE) {
            subscribeCall.set(call);
            return;
        }
        Subscription current = subscription;
        if (!settings.api().carries(call.getType())) {
            LOG.warn("Dropped {}: the {} API of the library cannot carry it", call.getType(), settings.api());
        } else if (current == null || !current.isLive()) {
            LOG.debug("Dropped {}: not subscribed", call.getType());
            tellDropped(call);
        } else if (!current.permit().maySend()) {
            LOG.debug("Dropped {}: no permit", call.getType());
        } else {
            current.link().send(settings.api().prepare(call));
        }
    }

    @Override
    public void close() {
        closed = true;
        subscription = null;
        var _ = signals.offer(new Signal.Wake());
        NativeLink current = link;
        if (current != null) {
            current.end();
        }
    }

    private void tellDropped(Call call) {
        if (settings.api() == JniApi.V0 && !closed) {
            for (Event update : DroppedLaunches.updates(call)) {
                if (!signals.offer(new Signal.MadeUp(update))) {
                    LOG.warn("No room to tell of a launch that was dropped; the reconciliation will");
                }
            }
        }
    }

    private void connectAgainAndAgain(TransportListener listener, SendPermit permit) {
        try {
            while (!closed) {
                pause(attempts.pause(random), listener);
                if (!closed) {
                    connectOnce(listener, permit);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void connectOnce(TransportListener listener, SendPermit permit) throws InterruptedException {
        String reason;
        try {
            reason = subscribe(listener, permit);
        } catch (RuntimeException | Error broken) {
            LOG.error("The listener failed; the connection is made anew", broken);
            reason = "the listener failed: " + broken;
            breakUp();
        } finally {
            subscription = null;
            if (settings.api() == JniApi.V0) {
                discard();
            }
        }
        attempts = attempts.ended(clock.instant());
        if (!closed) {
            listener.disconnected(reason);
        }
    }

    /** Returns why there is no subscription, or not any more. */
    private String subscribe(TransportListener listener, SendPermit permit) throws InterruptedException {
        subscribeCall.set(null);
        listener.connected();
        Call call = subscribeCall.getAndSet(null);
        if (call == null) {
            return "no subscription was asked for";
        }
        if (!permit.maySend()) {
            return "no permit to subscribe";
        }
        NativeLink current;
        try {
            current = link(call.getSubscribe().getFrameworkInfo());
        } catch (IOException unknown) {
            return "no master can be looked for: " + unknown.getMessage();
        } catch (LinkageError unusable) {
            LOG.error("The native library of Mesos lacks what it should have", unusable);
            return refuse("the native library cannot be used: " + unusable, listener);
        }
        if (!awaitConnection(current, listener)) {
            return "the library found no leading master at " + settings.master() + " within "
                    + settings.connectTimeout();
        }
        if (closed || !permit.maySend()) {
            return "no permit to subscribe";
        }
        current.send(call);
        return read(current, listener, permit);
    }

    private NativeLink link(FrameworkInfo framework) throws IOException {
        NativeLink current = link;
        if (current == null) {
            settings.master().lookUp();
            up = false;
            current = new NativeLink(signals, settings.roomTimeout());
            current.begin(library, framework);
            link = current;
            if (closed) {
                current.end();
            }
        }
        return current;
    }

    private boolean awaitConnection(NativeLink current, TransportListener listener) throws InterruptedException {
        if (current.broken() != null) {
            breakUp();
        }
        long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
        while (!up && !closed) {
            Signal signal = signals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                return false;
            }
            idle(signal, listener);
        }
        return true;
    }

    private void pause(Duration length, TransportListener listener) throws InterruptedException {
        long deadline = System.nanoTime() + length.toNanos();
        while (!closed) {
            Signal signal = signals.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                return;
            }
            idle(signal, listener);
        }
    }

    /** What a signal means while there is no subscription. */
    private void idle(Signal signal, TransportListener listener) {
        switch (signal) {
            case Signal.Connected(NativeLink by) when by == link -> up = true;
            case Signal.Disconnected(NativeLink by) when by == link -> up = false;
            case Signal.MadeUp(Event event) -> tellMadeUp(event, listener);
            case Signal.Received late -> LOG.debug("Late event {}", late.event().getType());
            case Signal.Connected _, Signal.Disconnected _, Signal.Wake _ -> {}
        }
    }

    private void tellMadeUp(Event event, TransportListener listener) {
        try {
            if (!closed) {
                listener.received(event);
            }
        } catch (RuntimeException broken) {
            LOG.error("The listener failed at a launch that was dropped; the reconciliation will tell", broken);
        }
    }

    private String read(NativeLink current, TransportListener listener, SendPermit permit) throws InterruptedException {
        Duration patience = settings.answerTimeout();
        while (!closed) {
            String broken = current.broken();
            if (broken != null) {
                breakUp();
                return broken;
            }
            Signal signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            switch (signal) {
                case null -> {
                    breakUp();
                    return (subscription == null ? "no answer to SUBSCRIBE within " : "no heartbeat within ")
                            + patience;
                }
                case Signal.Received(NativeLink by, Event event)
                when by == current -> {
                    if (event.getType() == Event.Type.SUBSCRIBED) {
                        attempts = attempts.subscribed(clock.instant());
                        patience = patience(event.getSubscribed());
                        subscription = new Subscription(current, current.connection(), permit);
                    }
                    String end = hear(event, listener);
                    if (end != null) {
                        return end;
                    }
                }
                case Signal.Disconnected(NativeLink by)
                when by == current -> {
                    up = false;
                    return "the library has lost the master";
                }
                default -> idle(signal, listener);
            }
        }
        return "closed";
    }

    private static Duration patience(Event.Subscribed subscribed) {
        return subscribed.hasHeartbeatIntervalSeconds()
                ? Heartbeats.patience(subscribed.getHeartbeatIntervalSeconds())
                : Heartbeats.patience();
    }

    /** Returns why the subscription ends with this event; null if it does not. */
    private @Nullable String hear(Event event, TransportListener listener) {
        if (event.getType() != Event.Type.ERROR) {
            listener.received(event);
            return null;
        }
        String message = event.getError().getMessage();
        if (settings.api() == JniApi.V0) {
            listener.received(event);
            return "the driver has stopped: " + message;
        }
        switch (LibraryError.of(event.getError())) {
            case LibraryError.OfMaster() -> listener.received(event);
            case LibraryError.CallLost(String told) -> LOG.error("The call is lost: {}", told);
            case LibraryError.Refused(String told) -> {
                return refuse(told, listener);
            }
            case LibraryError.SubscriptionLost(String told) -> {
                breakUp();
                return told;
            }
            case LibraryError.LibraryDead(String told) -> {
                discard();
                return told;
            }
        }
        return null;
    }

    private String refuse(String message, TransportListener listener) {
        close();
        listener.refused(message);
        return message;
    }

    /** Makes the library give the connection up, if there is one; the driver of V0 is discarded in any case. */
    private void breakUp() {
        NativeLink current = link;
        if (current != null && settings.api() == JniApi.V1) {
            up = false;
            current.reconnect();
        }
    }

    private void discard() {
        NativeLink current = link;
        up = false;
        link = null;
        if (current != null) {
            current.end();
        }
    }
}
