package io.muster.mesos.transport.jni;

import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.mesos.transport.TransportListener;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * A {@code V1Mesos} as in {@code src/scheduler/scheduler.cpp}: it tells that it is connected and waits for a SUBSCRIBE.
 * Of a SUBSCRIBE that a master is not ready for it says nothing, and of one that is refused an ERROR of its own.
 */
final class V1Side implements NativeSide.Side {

    private static final Pattern REFUSAL = Pattern.compile("\\S+ answered with status (\\d+)(?:: (.*))?");

    private final URI leader;
    private final Outbox outbox = new Outbox();
    private Round round;

    V1Side(URI leader) {
        this.leader = leader;
        this.round = begin();
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public synchronized void send(Call call) {
        round.send(call);
    }

    @Override
    public synchronized void reconnect() {
        round.end();
        round = begin();
    }

    @Override
    public synchronized void close() {
        round.end();
    }

    private Round begin() {
        Round next = new Round();
        next.transport.open(next, () -> true);
        return next;
    }

    /** From one detection of the master to the next. */
    private final class Round implements TransportListener {

        private final HttpTransport transport = new HttpTransport(
                HttpTransportSettings.of(List.of(leader), Duration.ofMillis(200)), Clock.systemUTC(), new Random(3));
        private final BlockingQueue<Call> subscribes = new LinkedBlockingQueue<>();
        private boolean told;
        private boolean subscribed;
        private boolean over;

        void send(Call call) {
            if (call.getType() == Call.Type.SUBSCRIBE) {
                subscribes.add(call);
            } else {
                transport.send(call);
            }
        }

        synchronized void end() {
            over = true;
            transport.close();
            subscribes.add(Call.getDefaultInstance());
            if (told) {
                outbox.disconnected();
            }
        }

        @Override
        public void connected() {
            synchronized (this) {
                if (!told && !over) {
                    told = true;
                    outbox.connected();
                }
            }
            try {
                Call subscribe = subscribes.take();
                if (subscribe.hasType()) {
                    transport.send(subscribe);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public synchronized void received(Event event) {
            if (!over) {
                subscribed |= event.hasSubscribed();
                outbox.received(event);
            }
        }

        @Override
        public synchronized void disconnected(String reason) {
            if (subscribed && !over) {
                subscribed = false;
                told = false;
                outbox.disconnected();
            }
        }

        @Override
        public synchronized void refused(String message) {
            Matcher refusal = REFUSAL.matcher(message);
            String words = refusal.matches()
                    ? "Received unexpected '" + refusal.group(1) + " Status' (" + refusal.group(2) + ") for SUBSCRIBE"
                    : message;
            outbox.received(Event.newBuilder()
                    .setType(Event.Type.ERROR)
                    .setError(Event.Error.newBuilder().setMessage(words))
                    .build());
        }
    }
}
