package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every transport promises, whatever it speaks to its master. */
public abstract class TransportContract {

    private Transport transport;
    private RecordingListener listener;
    private Peer peer;
    private final AtomicBoolean permit = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();

    /** The master on the other side. It answers a SUBSCRIBE with a SUBSCRIBED. */
    protected interface Peer {

        void emit(Event event);

        /** Breaks the connection that is there. */
        void cut();

        /** All calls but SUBSCRIBE, in the order of their arrival. */
        List<Call> calls();
    }

    /** A master for one test. */
    protected abstract Peer peer();

    /** A transport to this master that has not been opened, with short pauses. */
    protected abstract Transport transport();

    @BeforeEach
    void prepare() {
        peer = peer();
        transport = transport();
        listener = new RecordingListener(transport);
        permit.set(true);
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void tellsTheEventsOfAConnectionInOrder() {
        open();
        peer.emit(event(Event.Type.OFFERS));
        peer.emit(event(Event.Type.FAILURE));
        peer.emit(event(Event.Type.RESCIND));

        await().untilAsserted(() ->
                assertThat(heard()).containsExactly("connected", "SUBSCRIBED", "OFFERS", "FAILURE", "RESCIND"));
    }

    @Test
    void sendsCallsInTheirOrder() {
        open();
        List<Call> calls =
                IntStream.range(0, 50).mapToObj(TransportContract::kill).toList();

        calls.forEach(transport::send);

        await().untilAsserted(() -> assertThat(peer.calls()).containsExactlyElementsOf(calls));
    }

    @Test
    void connectsAnewAfterALoss() {
        open();

        peer.cut();

        await().untilAsserted(() -> assertThat(heard())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("connected"),
                        second -> assertThat(second).isEqualTo("SUBSCRIBED"),
                        third -> assertThat(third).startsWith("disconnected: "),
                        fourth -> assertThat(fourth).isEqualTo("connected"),
                        fifth -> assertThat(fifth).isEqualTo("SUBSCRIBED")));
        transport.send(kill(1));
        await().untilAsserted(() -> assertThat(peer.calls()).containsExactly(kill(1)));
    }

    @Test
    void dropsCallsWithoutAPermit() {
        open();
        asked.set(0);

        permit.set(false);
        transport.send(kill(1));
        await().until(() -> asked.get() > 0);
        permit.set(true);
        transport.send(kill(2));

        await().untilAsserted(() -> assertThat(peer.calls()).containsExactly(kill(2)));
    }

    @Test
    void asksForAPermitToSubscribeToo() {
        permit.set(false);
        transport.open(listener, this::maySend);
        await().untilAsserted(() -> assertThat(heard()).anyMatch(word -> word.startsWith("disconnected: ")));
        assertThat(heard()).doesNotContain("SUBSCRIBED");

        permit.set(true);

        await().untilAsserted(() -> assertThat(heard()).contains("SUBSCRIBED"));
    }

    @Test
    void countsAnAttemptWithoutSubscriptionAsFailed() {
        listener.doesNotSubscribe();
        transport.open(listener, this::maySend);

        await().untilAsserted(() -> assertThat(heard())
                .startsWith("connected", "disconnected: no subscription was asked for", "connected"));
    }

    @Test
    void dropsCallsBeforeTheFirstSubscription() {
        transport.send(kill(1));
        open();
        transport.send(kill(2));

        await().untilAsserted(() -> assertThat(peer.calls()).containsExactly(kill(2)));
    }

    @Test
    void saysNothingAfterItWasClosedByTheListener() {
        listener.onEvent(event -> {
            if (event.getType() == Event.Type.FAILURE) {
                transport.close();
            }
        });
        open();
        peer.emit(event(Event.Type.FAILURE));

        await().untilAsserted(() -> assertThat(heard()).contains("FAILURE"));
        transport.send(kill(1));
        transport.close();
        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(heard()).containsExactly("connected", "SUBSCRIBED", "FAILURE"));
        assertThat(peer.calls()).isEmpty();
    }

    private void open() {
        transport.open(listener, this::maySend);
        await().untilAsserted(() -> assertThat(heard()).contains("SUBSCRIBED"));
    }

    /** Without heartbeats: they come at any time, and some transports make up their own. */
    private List<String> heard() {
        return listener.heard().stream()
                .filter(word -> !word.equals("HEARTBEAT"))
                .toList();
    }

    private boolean maySend() {
        asked.incrementAndGet();
        return permit.get();
    }

    private static Event event(Event.Type type) {
        return Event.newBuilder().setType(type).build();
    }

    private static Call kill(int task) {
        return Call.newBuilder()
                .setType(Call.Type.KILL)
                .setKill(Call.Kill.newBuilder().setTaskId(TaskID.newBuilder().setValue("t-" + task)))
                .build();
    }
}
