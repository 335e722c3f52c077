package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {

    private static final Backoff BRIEF = new Backoff(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(20));

    private final ScriptedMaster master = new ScriptedMaster();
    private HttpTransport transport = transport(List.of(master.address()), Duration.ofSeconds(10), 1_000);
    private RecordingListener listener = new RecordingListener(transport);

    @AfterEach
    void close() {
        transport.close();
        master.close();
    }

    @Nested
    class Contract extends TransportContract {

        @Override
        protected Peer peer() {
            return new Peer() {
                @Override
                public void emit(Event event) {
                    master.stream().emit(event);
                }

                @Override
                public void cut() {
                    master.stream().end();
                }

                @Override
                public List<Call> calls() {
                    return master.calls();
                }
            };
        }

        @Override
        protected Transport transport() {
            return HttpTransportTest.transport(List.of(master.address()), Duration.ofSeconds(10), 1_000);
        }
    }

    @Test
    void tellsHeartbeatsAndEventsThatNobodyKnows() {
        open();
        master.stream().emit(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
        master.stream().emit(Event.getDefaultInstance());

        await().untilAsserted(() ->
                assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED", "HEARTBEAT", "UNKNOWN"));
    }

    @Test
    void marksEveryCallButSubscribeWithTheStreamItBelongsTo() {
        open();
        transport.send(kill(1));

        await().until(() -> master.received().size() == 2);
        assertThat(master.received())
                .containsExactly(
                        new ScriptedMaster.Received("/api/v1/scheduler", "", RecordingListener.SUBSCRIBE),
                        new ScriptedMaster.Received("/api/v1/scheduler", "stream-1", kill(1)));
    }

    @Test
    void followsRedirectsToTheLeaderAndSendsItsCallsThere() {
        try (ScriptedMaster second = new ScriptedMaster();
                ScriptedMaster leader = new ScriptedMaster()) {
            master.redirectsTo("//127.0.0.1:" + second.address().getPort() + "/master/api/v1/scheduler");
            second.redirectsTo("//127.0.0.1:" + leader.address().getPort() + "/master/api/v1/scheduler");
            open();
            transport.send(kill(1));

            await().untilAsserted(() -> assertThat(leader.calls()).containsExactly(kill(1)));
            assertThat(leader.received()).extracting("path").containsOnly("/master/api/v1/scheduler");
            assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED");
        }
    }

    @Test
    void getsOutOfACircleOfRedirects() {
        for (int i = 0; i <= MasterSearch.MOST_REDIRECTS; i++) {
            master.redirectsTo("/api/v1/scheduler");
        }
        open();

        assertThat(listener.heard()).hasSize(4);
        assertThat(listener.heard().get(1)).startsWith("disconnected: too many redirects");
    }

    @ParameterizedTest
    @CsvSource({"503, No leader elected", "404, ''", "503, Master has not finished recovery"})
    void triesAgainUntilAMasterLeads(int status, String body) {
        master.answersSubscribe(status, body).answersSubscribe(status, body);
        open();

        assertThat(listener.heard()).hasSize(6);
        assertThat(listener.heard().get(1)).contains("status " + status).endsWith(body);
    }

    @Test
    void goesOnToTheNextMasterWhenOneIsNotThere() {
        URI nobody;
        try (ScriptedMaster gone = new ScriptedMaster()) {
            nobody = gone.address();
        }
        use(transport(List.of(nobody, master.address()), Duration.ofSeconds(10), 1_000));
        open();

        assertThat(listener.heard()).hasSize(4);
        assertThat(listener.heard().get(1)).startsWith("disconnected: ").contains("cannot be asked");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 415})
    void givesUpWhenTheMasterWillNeverTakeIt(int status) {
        master.answersSubscribe(status, "go away");
        transport.open(listener, () -> true);

        await().until(() -> listener.heard().size() == 2);
        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(listener.heard())
                        .containsExactly(
                                "connected",
                                "refused: " + master.address().getAuthority() + " answered with status " + status
                                        + ": go away"
                                        + (status == 401 ? "; it was shown no credentials" : "")));
    }

    @Test
    void connectsAnewWhenTheStreamIsCutWithinARecord() {
        open();
        master.stream().write("1000\nonly a part".getBytes(StandardCharsets.UTF_8));
        master.stream().end();

        awaitSecondSubscription();
        assertThat(listener.heard()).doesNotContain("UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "2000\n", "-5\nabcde", "\n", "2\n\u0008\u0008\u0001\u0001"})
    void connectsAnewWhenTheStreamIsGarbage(String garbage) {
        open();
        master.stream().write(garbage.getBytes(StandardCharsets.US_ASCII));

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).startsWith("disconnected: the stream is broken");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2, 5})
    void connectsAnewWhenALengthIsALie(int lie) {
        byte[] error = Event.newBuilder()
                .setType(Event.Type.ERROR)
                .setError(Event.Error.newBuilder().setMessage("none of this is heard"))
                .build()
                .toByteArray();
        byte[] length = (error.length + lie + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] heartbeats = "2\n\u0008\u00082\n\u0008\u0008".getBytes(StandardCharsets.US_ASCII);
        open();
        master.stream()
                .write(ByteBuffer.allocate(length.length + error.length + heartbeats.length)
                        .put(length)
                        .put(error)
                        .put(heartbeats)
                        .array());

        awaitSecondSubscription();
        assertThat(listener.heard().get(listener.heard().size() - 3))
                .startsWith("disconnected: the stream is broken: expected the length of a record");
        assertThat(listener.heard()).doesNotContain("ERROR", "HEARTBEAT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\n\u0001\u0001\u0001", "2\n\u0012\u007f", "1\n\u0007"})
    void goesOnAfterARecordThatIsNoEvent(String record) {
        open();
        master.stream().write(record.getBytes(StandardCharsets.US_ASCII));
        master.stream().emit(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());

        await().untilAsserted(() ->
                assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED", "unreadable", "HEARTBEAT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\n\u0001\u0001\u0001", "2\n\u0008\u0008", "2\n\u0008\u0001"})
    void connectsAnewWhenTheStreamDoesNotBeginWithASubscription(String record) {
        master.answersSubscribe(exchange -> master.begin(exchange).write(record.getBytes(StandardCharsets.US_ASCII)));
        open();

        assertThat(listener.heard()).hasSize(4);
        assertThat(listener.heard().get(1)).startsWith("disconnected: the stream is broken");
    }

    @Test
    void handsOverEventsThatLackWhatIsRequired() {
        open();
        Event update = Event.newBuilder()
                .setType(Event.Type.UPDATE)
                .setUpdate(Event.Update.newBuilder().buildPartial())
                .buildPartial();
        master.stream().emit(update);

        await().untilAsserted(() -> assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED", "UPDATE"));
    }

    @Test
    void connectsAnewWhenHeartbeatsAreMissing() {
        master.announcesHeartbeats(0.02);
        open();

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).isEqualTo("disconnected: no heartbeat within PT0.1S");
    }

    @Test
    void takesNoSilenceOfItsOwnForOneOfTheMaster() {
        CountDownLatch behind = new CountDownLatch(1);
        master.announcesHeartbeats(0.02);
        listener.onEvent(_ -> await().until(() -> behind.getCount() == 0));
        transport.open(listener, () -> true);
        await().until(() -> listener.heard().contains("SUBSCRIBED"));

        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        master.stream().emit(Event.newBuilder().setType(Event.Type.HEARTBEAT).build());
        behind.countDown();

        await().untilAsserted(() -> assertThat(listener.heard()).startsWith("connected", "SUBSCRIBED", "HEARTBEAT"));
    }

    @Test
    void connectsAnewWhenTheMasterDoesNotKnowTheStream() {
        open();
        master.answersCalls(400, "The stream ID 'x' included in this request didn't match the stream ID");
        transport.send(kill(1));

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).contains("KILL was answered with status 400");
    }

    @Test
    void goesOnAfterACallThatTheMasterCannotRead() {
        open();
        master.answersCalls(400, "Failed to validate scheduler::Call: Not a valid UUID");
        transport.send(kill(1));
        transport.send(kill(2));

        await().untilAsserted(() -> assertThat(master.calls()).containsExactly(kill(1), kill(2)));
        assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED");
    }

    @Test
    void connectsAnewWhenACallIsNotAnsweredInTime() {
        use(transport(List.of(master.address()), Duration.ofMillis(300), 1_000));
        open();
        master.answersCalls(_ -> {});
        transport.send(kill(1));

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).contains("KILL could not be sent").contains("no answer within PT0.3S");
    }

    @Test
    void sendsAcknowledgementsBesideEachOtherButOtherCallsInTurn() throws InterruptedException {
        open();
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(3);
        master.answersCalls(exchange -> {
            all.countDown();
            until(answer);
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        transport.send(acknowledgement(1));
        transport.send(acknowledgement(2));
        transport.send(kill(1));
        transport.send(kill(2));

        all.await();
        assertThat(master.calls()).containsExactlyInAnyOrder(acknowledgement(1), acknowledgement(2), kill(1));
        answer.countDown();
        await().untilAsserted(() -> assertThat(master.calls()).hasSize(4).last().isEqualTo(kill(2)));
    }

    @Test
    void acceptsOffersBesideEachOtherAndBeforeAnythingElseThatFollows() throws InterruptedException {
        open();
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(2);
        master.answersCalls(exchange -> {
            all.countDown();
            until(answer);
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        transport.send(accept(1));
        transport.send(accept(2));
        transport.send(kill(1));

        all.await();
        assertThat(master.calls()).containsExactlyInAnyOrder(accept(1), accept(2));
        answer.countDown();
        await().untilAsserted(() -> assertThat(master.calls()).hasSize(3).last().isEqualTo(kill(1)));
    }

    @Test
    void connectsAnewWhenOffersCannotBeAccepted() {
        use(transport(List.of(master.address()), Duration.ofMillis(300), 1_000));
        open();
        master.answersCalls(_ -> {});
        transport.send(accept(1));

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).contains("ACCEPT could not be sent");
    }

    @Test
    void dropsAcknowledgementsThatThereIsNoRoomForSinceMesosRepeatsWhatTheyAnswer() {
        use(transport(List.of(master.address()), Duration.ofSeconds(10), 2));
        open();
        CountDownLatch answer = new CountDownLatch(1);
        master.answersCalls(exchange -> {
            until(answer);
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        for (int task = 1; task <= 200; task++) {
            transport.send(acknowledgement(task));
        }
        transport.send(kill(1));
        answer.countDown();

        await().untilAsserted(() -> assertThat(master.calls()).contains(kill(1)));
        transport.send(acknowledgement(201));
        await().untilAsserted(() -> assertThat(master.calls()).contains(acknowledgement(201)));
        assertThat(master.calls()).hasSizeLessThan(202);
        assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED");
    }

    @Test
    void sendsOnlySoManyAcknowledgementsAtOnce() throws InterruptedException {
        open();
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(16);
        master.answersCalls(exchange -> {
            busy.countDown();
            until(answer);
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        for (int task = 1; task <= 40; task++) {
            transport.send(acknowledgement(task));
        }

        busy.await();
        assertThat(master.calls()).hasSize(16);
        answer.countDown();
        await().untilAsserted(() -> assertThat(master.calls()).hasSize(40));
    }

    @Test
    void connectsAnewWhenAnAcknowledgementIsNotAnsweredInTime() {
        use(transport(List.of(master.address()), Duration.ofMillis(300), 1_000));
        open();
        master.answersCalls(_ -> {});
        transport.send(acknowledgement(1));

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).contains("ACKNOWLEDGE could not be sent");
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void connectsAnewWhenTooManyCallsWaitAndDropsThem() {
        use(transport(List.of(master.address()), Duration.ofSeconds(10), 2));
        open();
        master.answersCalls(_ -> {});
        transport.send(kill(1));
        await().until(() -> master.calls().size() == 1);
        for (int task = 2; task <= 4; task++) {
            transport.send(kill(task));
        }

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).isEqualTo("disconnected: more than 2 calls are waiting");
        transport.send(kill(5));
        await().untilAsserted(() -> assertThat(master.calls()).contains(kill(5)));
        assertThat(master.calls()).doesNotContain(kill(2), kill(3), kill(4));
    }

    @Test
    void survivesAListenerThatBreaksItsPromise() {
        listener.onEvent(_ -> {
            listener.onEvent(_ -> {});
            throw new IllegalStateException("broken");
        });
        open();

        awaitSecondSubscription();
        assertThat(listener.heard().get(2)).contains("the listener failed");
    }

    private void use(HttpTransport other) {
        transport.close();
        transport = other;
        listener = new RecordingListener(other);
    }

    private void open() {
        transport.open(listener, () -> true);
        await().untilAsserted(() -> assertThat(listener.heard()).contains("SUBSCRIBED"));
    }

    private void awaitSecondSubscription() {
        await().untilAsserted(() ->
                assertThat(listener.heard()).filteredOn("SUBSCRIBED"::equals).hasSizeGreaterThanOrEqualTo(2));
    }

    private static HttpTransport transport(List<URI> masters, Duration callTimeout, int waitingCalls) {
        return new HttpTransport(
                new HttpTransportSettings(
                        masters, BRIEF, callTimeout, 1_000, waitingCalls, new Credentials.None(), Optional.empty()),
                Clock.systemUTC(),
                new Random(1));
    }

    private static Call acknowledgement(int task) {
        return Call.newBuilder()
                .setType(Call.Type.ACKNOWLEDGE)
                .setAcknowledge(Call.Acknowledge.newBuilder()
                        .setAgentId(AgentID.newBuilder().setValue("a-1"))
                        .setTaskId(TaskID.newBuilder().setValue("t-" + task))
                        .setUuid(ByteString.copyFromUtf8("0123456789abcdef")))
                .build();
    }

    private static Call accept(int offer) {
        return Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder()
                        .addOfferIds(OfferID.newBuilder().setValue("o-" + offer)))
                .build();
    }

    private static Call kill(int task) {
        return Call.newBuilder()
                .setType(Call.Type.KILL)
                .setKill(Call.Kill.newBuilder().setTaskId(TaskID.newBuilder().setValue("t-" + task)))
                .build();
    }
}
