package io.muster.mesos.transport;

import io.muster.deploy.cluster.Cluster.SendPermit;
import io.muster.mesos.transport.HttpCalls.Target;
import io.muster.mesos.transport.SubscribeAnswer.Elsewhere;
import io.muster.mesos.transport.SubscribeAnswer.Never;
import io.muster.mesos.transport.SubscribeAnswer.NotNow;
import io.muster.mesos.transport.SubscribeAnswer.Streaming;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduler API over HTTP: one request whose answer never ends brings the events; all other calls are requests of
 * their own, in turn. Two kinds come in great numbers. What accepts offers does not wait for each other, as each is about
 * offers of its own; any other call waits for them. Acknowledgements, two for each task that starts, mean nothing to any
 * other call and have a queue of their own; where that is full they are dropped, since Mesos repeats what was not
 * acknowledged. Needs no native library.
 */
public final class HttpTransport implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);

    private static final int UNAUTHORIZED = 401;

    /** Of each of the two kinds; each takes a connection to the master. */
    private static final int AT_ONCE = 16;

    private final HttpTransportSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final HttpCalls http;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable Call> subscribeCall = new AtomicReference<>();
    private volatile @Nullable Connection connection;
    private MasterSearch search;

    /** @param random used by the thread of the transport only */
    public HttpTransport(HttpTransportSettings settings, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.http = new HttpCalls(settings.callTimeout(), settings.tls());
        this.search = MasterSearch.over(
                settings.masters().stream()
                        .map(master -> master.resolve(SubscribeAnswer.SCHEDULER_API))
                        .toList(),
                settings.backoff());
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
        Connection current = connection;
        if (current == null) {
            LOG.debug("Dropped {}: not subscribed", call.getType());
        } else if (call.getType() == Call.Type.ACKNOWLEDGE) {
            if (!current.acknowledgements().offer(call)) {
                LOG.debug("Dropped {}: too many wait", call.getType());
            }
        } else if (!current.calls().offer(call)) {
            current.events().cut("more than " + settings.waitingCalls() + " calls are waiting");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        http.close();
        Connection current = connection;
        if (current != null) {
            current.calls().close();
            current.acknowledgements().close();
            current.events().cut("closed");
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void connectAgainAndAgain(TransportListener listener, SendPermit permit) {
        try {
            while (!closed.await(search.pause(random).toNanos(), TimeUnit.NANOSECONDS)) {
                connectOnce(listener, permit);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectOnce(TransportListener listener, SendPermit permit) throws InterruptedException {
        String reason;
        try {
            subscribeCall.set(null);
            listener.connected();
            Call call = subscribeCall.getAndSet(null);
            reason = call == null ? "no subscription was asked for" : subscribe(call, listener, permit);
        } catch (RuntimeException broken) {
            LOG.error("The listener failed; the connection is made anew", broken);
            reason = "the listener failed: " + broken;
        }
        search = search.ended(clock.instant());
        if (!isClosed()) {
            listener.disconnected(reason);
        }
    }

    /** Follows redirects to the leader and reads its events. Returns why that ended. */
    private String subscribe(Call call, TransportListener listener, SendPermit permit) throws InterruptedException {
        while (!isClosed()) {
            if (!permit.maySend()) {
                return "no permit to subscribe";
            }
            URI address = search.target();
            Target target;
            HttpResponse<HttpCalls.Body> answer;
            try {
                target = new Target(address, settings.credentials().authorization());
                answer = http.subscribe(target, call);
            } catch (IOException unreachable) {
                return address.getAuthority() + " cannot be asked: " + unreachable;
            }
            HttpCalls.Body body = answer.body();
            switch (SubscribeAnswer.of(address, answer.statusCode(), answer.headers(), target.censor(body.text()))) {
                case Streaming(String streamId) -> {
                    return read(target, streamId, body, listener, permit);
                }
                case Elsewhere(URI leader) -> {
                    if (search.isLost()) {
                        return "too many redirects, the last one to " + leader.getAuthority();
                    }
                    search = search.redirected(leader);
                }
                case NotNow(String why) -> {
                    discard(body);
                    return why;
                }
                case Never(String message) -> {
                    close();
                    String told = answer.statusCode() == UNAUTHORIZED
                            ? message + "; it was shown " + settings.credentials()
                            : message;
                    listener.refused(told);
                    return told;
                }
            }
        }
        return "closed";
    }

    private String read(
            Target master, String streamId, HttpCalls.Body body, TransportListener listener, SendPermit permit)
            throws InterruptedException {
        EventStream stream = body.stream();
        if (stream == null) {
            return "an answer without a stream";
        }
        Subscription events = new Subscription(streamId, stream, new RecordIoDecoder(settings.largestRecord()));
        var accepts = new Semaphore(AT_ONCE);
        var acknowledgements = new Semaphore(AT_ONCE);
        // Calls that still wait when the subscription ends are dropped with it: later they would mean something else.
        try (CallQueue acks = queue(
                        "mesos-acknowledgements",
                        permit,
                        events,
                        call -> beside(master, events, call, acknowledgements));
                CallQueue calls =
                        queue("mesos-calls", permit, events, call -> deliver(master, events, call, accepts))) {
            connection = new Connection(events, calls, acks);
            return events.read(new Subscription.Reader() {
                @Override
                public void event(Event event) {
                    if (!isClosed()) {
                        hear(event, listener);
                    }
                }

                @Override
                public void unreadable(String why) {
                    if (!isClosed()) {
                        listener.unreadable(why);
                    }
                }
            });
        } finally {
            connection = null;
        }
    }

    private void hear(Event event, TransportListener listener) {
        if (event.getType() == Event.Type.SUBSCRIBED) {
            search = search.subscribed(clock.instant());
        }
        listener.received(event);
    }

    private static void discard(HttpCalls.Body body) {
        EventStream stream = body.stream();
        if (stream != null) {
            stream.cancel();
        }
    }

    private CallQueue queue(String thread, SendPermit permit, Subscription target, Sending sending) {
        return new CallQueue(thread, settings.waitingCalls(), call -> {
            try {
                if (permit.maySend()) {
                    sending.send(call);
                } else {
                    LOG.debug("Dropped {}: no permit", call.getType());
                }
            } catch (IOException | RuntimeException failed) {
                target.cut(call.getType() + " could not be sent: " + failed);
            }
        });
    }

    @FunctionalInterface
    private interface Sending {
        void send(Call call) throws IOException, InterruptedException;
    }

    private void deliver(Target master, Subscription target, Call call, Semaphore accepts)
            throws IOException, InterruptedException {
        if (call.getType() == Call.Type.ACCEPT) {
            beside(master, target, call, accepts);
            return;
        }
        accepts.acquire(AT_ONCE);
        accepts.release(AT_ONCE);
        judge(call, http.send(master, target.streamId(), call), master, target);
    }

    /** Sends it without waiting for the answer, if not too many of these are without one. */
    private void beside(Target master, Subscription target, Call call, Semaphore unanswered)
            throws InterruptedException {
        unanswered.acquire();
        boolean begun = false;
        try {
            var _ = http.sendBeside(master, target.streamId(), call).whenComplete((answer, failed) -> {
                unanswered.release();
                if (failed == null) {
                    judge(call, answer, master, target);
                } else if (!isClosed()) {
                    target.cut(call.getType() + " could not be sent: " + failed);
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                unanswered.release();
            }
        }
    }

    private static void judge(Call call, HttpResponse<String> answer, Target master, Subscription target) {
        switch (CallAnswer.of(answer.statusCode(), answer.body())) {
            case TAKEN -> {}
            case CALL_REFUSED -> LOG.error("The call is lost: {}", told(call, answer, master));
            case SUBSCRIPTION_LOST -> target.cut(told(call, answer, master));
        }
    }

    private static String told(Call call, HttpResponse<String> answer, Target master) {
        return call.getType() + " was answered with status " + answer.statusCode() + ": "
                + master.censor(answer.body());
    }

    /** One subscription with its calls. */
    private record Connection(Subscription events, CallQueue calls, CallQueue acknowledgements) {}
}
