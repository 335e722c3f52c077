package io.muster.mesos.transport.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.mesos.transport.Backoff;
import io.muster.mesos.transport.RecordingListener;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OperationID;
import org.apache.mesos.v1.Protos.TaskGroupInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JniTransportTest {

    private final FakeLibrary library = new FakeLibrary();
    private JniTransport transport = transport(JniApi.V1);
    private RecordingListener listener = new RecordingListener(transport);

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void usesOneObjectOfV1ForAllConnections() {
        subscribe();
        library.latest().disconnected();
        await().until(() -> listener.heard().contains("disconnected: the library has lost the master"));
        library.latest().connected();
        await().until(() -> library.latest().sent().size() == 2);
        library.latest().received(FakeLibrary.subscribed());

        await().untilAsserted(() -> assertThat(listener.heard())
                .containsExactly(
                        "connected",
                        "SUBSCRIBED",
                        "disconnected: the library has lost the master",
                        "connected",
                        "SUBSCRIBED"));
        assertThat(library.made()).hasSize(1);
        assertThat(library.latest().reconnects()).isZero();
        transport.close();
        await().until(library.latest()::isClosed);
    }

    @Test
    void makesAnObjectOfV0ForEachConnection() {
        use(JniApi.V0);
        subscribe();
        assertThat(library.latest().framework())
                .isEqualTo(RecordingListener.SUBSCRIBE.getSubscribe().getFrameworkInfo());
        library.latest().disconnected();

        await().until(() -> library.made().size() == 2);
        await().until(library.made().getFirst()::isClosed);
        library.latest().connected();
        library.latest().received(FakeLibrary.subscribed());
        await().untilAsserted(() ->
                assertThat(listener.heard()).filteredOn("SUBSCRIBED"::equals).hasSize(2));
    }

    @Test
    void reconnectsWhenTheMasterDoesNotAnswerTheSubscribe() {
        use(settings(JniApi.V1, Duration.ofMillis(50), 100, Duration.ofSeconds(5)));
        transport.open(listener, () -> true);
        await().until(() -> library.made().size() == 1);
        library.latest().connected();

        await().until(() -> library.latest().reconnects() == 1);
        assertThat(listener.heard()).contains("disconnected: no answer to SUBSCRIBE within PT0.05S");
    }

    @Test
    void saysThatThereIsNoMasterAndKeepsLooking() {
        JniTransportSettings usual = settings(JniApi.V1);
        use(new JniTransportSettings(
                usual.api(),
                usual.master(),
                usual.credential(),
                usual.backoff(),
                Duration.ofMillis(30),
                usual.answerTimeout(),
                usual.waitingEvents(),
                usual.roomTimeout()));
        transport.open(listener, () -> true);
        await().untilAsserted(() -> assertThat(listener.heard())
                .contains("disconnected: the library found no leading master at 127.0.0.1:5050 within PT0.03S"));

        library.latest().connected();
        await().until(() -> !library.latest().sent().isEmpty());
        assertThat(library.made()).hasSize(1);
    }

    @Test
    void leavesTheLibraryAloneWhenTheMasterIsNotKnownByTheNameService() {
        use(new JniTransportSettings(
                JniApi.V1,
                new NativeMaster("no-such-host.invalid:5050"),
                Optional.empty(),
                settings(JniApi.V1).backoff(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                100,
                Duration.ofSeconds(5)));
        transport.open(listener, () -> true);

        await().untilAsserted(
                        () -> assertThat(listener.heard())
                                .contains(
                                        "disconnected: no master can be looked for: the host of no-such-host.invalid:5050 is not known"));
        assertThat(library.made()).isEmpty();
    }

    @Test
    void isRefusedWhenTheLibraryLacksAMethod() {
        library.isBroken(new UnsatisfiedLinkError("void V1Mesos.initialize()"));
        transport.open(listener, () -> true);

        await().untilAsserted(() -> assertThat(listener.heard())
                .containsExactly(
                        "connected",
                        "refused: the native library cannot be used: java.lang.UnsatisfiedLinkError: void"
                                + " V1Mesos.initialize()"));
    }

    @Test
    void isRefusedWhenTheMasterWillNeverTakeTheSubscribe() {
        open();
        library.latest().received(FakeLibrary.error("Received unexpected '403 Forbidden' (not you) for SUBSCRIBE"));

        await().untilAsserted(() -> assertThat(listener.heard())
                .containsExactly("connected", "refused: SUBSCRIBE was answered with status 403: not you"));
        await().until(library.latest()::isClosed);
    }

    @Test
    void triesAgainWhenTheMasterHasAFault() {
        open();
        library.latest()
                .received(FakeLibrary.error("Received unexpected '500 Internal Server Error' (oops) for SUBSCRIBE"));

        await().until(() -> library.latest().reconnects() == 1);
        assertThat(listener.heard())
                .startsWith("connected", "disconnected: SUBSCRIBE was answered with status 500: oops");
    }

    @Test
    void goesOnAfterACallThatTheMasterCannotRead() {
        subscribe();
        library.latest().received(FakeLibrary.error("Received unexpected '400 Bad Request' (no uuid) for ACKNOWLEDGE"));
        library.latest().received(event(Event.Type.FAILURE));

        await().untilAsserted(() -> assertThat(listener.heard()).containsExactly("connected", "SUBSCRIBED", "FAILURE"));
    }

    @Test
    void makesANewObjectWhenTheLibraryHasStoppedLooking() {
        subscribe();
        library.latest().received(FakeLibrary.error("Failed to detect a master: no ZooKeeper"));

        await().until(() -> library.made().size() == 2);
        await().until(library.made().getFirst()::isClosed);
        assertThat(listener.heard()).contains("disconnected: Failed to detect a master: no ZooKeeper");
    }

    @ParameterizedTest
    @EnumSource(JniApi.class)
    void passesErrorsOfTheMasterOn(JniApi api) {
        use(api);
        subscribe();
        library.latest().received(FakeLibrary.error("Framework failed over"));

        await().untilAsserted(() -> assertThat(listener.heard()).contains("ERROR"));
        if (api == JniApi.V0) {
            await().until(library.made().getFirst()::isClosed);
        }
    }

    @Test
    void tellsLaunchesThatTheOlderDriverWouldLose() {
        use(JniApi.V0);
        List<TaskStatus> updates = new CopyOnWriteArrayList<>();
        listener.onEvent(event -> {
            if (event.hasUpdate()) {
                updates.add(event.getUpdate().getStatus());
            }
        });
        subscribe();
        library.latest().disconnected();

        transport.send(accept("one", "two"));

        await().untilAsserted(() -> assertThat(updates)
                .extracting(status -> status.getTaskId().getValue())
                .containsExactly("one", "two"));
        assertThat(updates).allSatisfy(status -> {
            assertThat(status.getState()).isEqualTo(TaskState.TASK_DROPPED);
            assertThat(status.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
            assertThat(status.getReason()).isEqualTo(TaskStatus.Reason.REASON_MASTER_DISCONNECTED);
            assertThat(status.hasUuid()).isFalse();
            assertThat(status.getAgentId().getValue()).isEqualTo("a-1");
        });
        assertThat(library.made().getFirst().sent()).extracting(Call::getType).containsExactly(Call.Type.SUBSCRIBE);
    }

    @Test
    void sendsLaunchesOverV0WithoutTheIdsThatEndTheProcess() {
        use(JniApi.V0);
        subscribe();
        Call accept = accept("one");
        Call.Builder marked = accept.toBuilder();
        marked.getAcceptBuilder()
                .getOperationsBuilder(0)
                .setId(OperationID.newBuilder().setValue("op"));

        transport.send(marked.build());

        assertThat(library.latest().sent()).containsExactly(RecordingListener.SUBSCRIBE, accept);
    }

    @ParameterizedTest
    @EnumSource(JniApi.class)
    void keepsBackCallsThatEndTheProcess(JniApi api) {
        use(api);
        subscribe();

        transport.send(Call.newBuilder().setType(Call.Type.RECONCILE_OPERATIONS).build());
        transport.send(Call.getDefaultInstance());

        assertThat(library.latest().sent()).containsExactly(RecordingListener.SUBSCRIBE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACCEPT_INVERSE_OFFERS", "DECLINE_INVERSE_OFFERS", "SHUTDOWN", "UPDATE_FRAMEWORK"})
    void keepsBackCallsThatV0DoesNotKnow(String type) {
        use(JniApi.V0);
        subscribe();

        transport.send(Call.newBuilder().setType(Call.Type.valueOf(type)).build());

        assertThat(library.latest().sent()).containsExactly(RecordingListener.SUBSCRIBE);
    }

    @Test
    void connectsAnewWhenTheListenerLagsTooFarBehind() {
        use(settings(JniApi.V1, Duration.ofSeconds(5), 3, Duration.ofMillis(50)));
        CountDownLatch behind = new CountDownLatch(1);
        listener.onEvent(event -> {
            if (event.getType() == Event.Type.FAILURE) {
                await().until(() -> behind.getCount() == 0);
            }
        });
        subscribe();

        Stream.generate(() -> event(Event.Type.FAILURE)).limit(6).forEach(library.latest()::received);
        behind.countDown();

        await().until(() -> library.latest().reconnects() == 1);
        assertThat(listener.heard()).contains("disconnected: no room for another event within PT0.05S");
    }

    @Test
    void hearsNothingMoreOfAnObjectThatIsDiscarded() {
        use(JniApi.V0);
        subscribe();
        library.latest().disconnected();
        await().until(() -> library.made().size() == 2);

        library.made().getFirst().connected();
        library.made().getFirst().received(FakeLibrary.subscribed());

        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(library.latest().sent()).isEmpty());
    }

    private static JniTransportSettings settings(JniApi api) {
        return settings(api, Duration.ofSeconds(5), 100, Duration.ofSeconds(5));
    }

    private static JniTransportSettings settings(JniApi api, Duration answer, int events, Duration room) {
        return new JniTransportSettings(
                api,
                new NativeMaster("127.0.0.1:5050"),
                Optional.empty(),
                new Backoff(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(20)),
                Duration.ofSeconds(5),
                answer,
                events,
                room);
    }

    private JniTransport transport(JniApi api) {
        return new JniTransport(settings(api), library, Clock.systemUTC(), new Random(1));
    }

    private void use(JniApi api) {
        use(settings(api));
    }

    private void use(JniTransportSettings settings) {
        transport = new JniTransport(settings, library, Clock.systemUTC(), new Random(1));
        listener = new RecordingListener(transport);
    }

    private void open() {
        transport.open(listener, () -> true);
        await().until(() -> library.made().size() == 1);
        library.latest().connected();
        await().until(() -> library.latest().sent().size() == 1);
    }

    private void subscribe() {
        open();
        library.latest().received(FakeLibrary.subscribed());
        await().until(() -> listener.heard().contains("SUBSCRIBED"));
    }

    private static Event event(Event.Type type) {
        return Event.newBuilder().setType(type).build();
    }

    private static Call accept(String... tasks) {
        TaskGroupInfo.Builder group = TaskGroupInfo.newBuilder();
        for (String task : tasks) {
            group.addTasks(TaskInfo.newBuilder()
                    .setName(task)
                    .setTaskId(TaskID.newBuilder().setValue(task))
                    .setAgentId(AgentID.newBuilder().setValue("a-1")));
        }
        return Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder()
                        .addOperations(Offer.Operation.newBuilder()
                                .setType(Offer.Operation.Type.LAUNCH_GROUP)
                                .setLaunchGroup(Offer.Operation.LaunchGroup.newBuilder()
                                        .setExecutor(ExecutorInfo.newBuilder()
                                                .setExecutorId(
                                                        ExecutorID.newBuilder().setValue("e")))
                                        .setTaskGroup(group))))
                .build();
    }
}
