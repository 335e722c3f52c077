package io.muster.mesos.transport.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.mesos.transport.RecordingListener;
import io.muster.mesos.transport.ScriptedMaster;
import io.muster.mesos.transport.Transport;
import io.muster.mesos.transport.TransportContract;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.mesos.MesosNativeLibrary;
import org.apache.mesos.v1.Protos.Credential;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.apache.mesos.v1.scheduler.V0Mesos;
import org.apache.mesos.v1.scheduler.V1Mesos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transport over the native border: calls go down through JNI, and events come up from native threads. */
@OnTheBorder
class BorderTest {

    private final ScriptedMaster master = new ScriptedMaster();

    @AfterEach
    void close() {
        master.close();
    }

    @Nested
    class V1Contract extends Contract {

        V1Contract() {
            super(JniApi.V1);
        }
    }

    @Nested
    class V0Contract extends Contract {

        V0Contract() {
            super(JniApi.V0);
        }
    }

    abstract class Contract extends TransportContract {

        private final JniApi api;

        Contract(JniApi api) {
            this.api = api;
        }

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
            return Border.transport(api, authority());
        }
    }

    @Test
    void exportsEveryNativeMethodOfTheClasses() throws IOException {
        List<String> symbols = symbols();
        assertThat(Stream.of(V1Mesos.class, V0Mesos.class, MesosNativeLibrary.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isNative(method.getModifiers()))
                        .map(BorderTest::symbol))
                .hasSize(8)
                .isSubsetOf(symbols);
    }

    @ParameterizedTest
    @EnumSource(JniApi.class)
    void livesOnWhenAListenerThrows(JniApi api) {
        try (Transport transport = Border.transport(api, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            listener.onEvent(_ -> {
                listener.onEvent(_ -> {});
                throw new StackOverflowError("broken");
            });
            transport.open(listener, () -> true);

            awaitSecondSubscription(listener);
            assertThat(listener.heard()).anyMatch(word -> word.startsWith("disconnected: the listener failed"));
        }
    }

    @ParameterizedTest
    @EnumSource(JniApi.class)
    void livesOnWhenACallbackFails(JniApi api) {
        var failing = new ArrayBlockingQueue<Signal>(10) {
            private static final long serialVersionUID = 1;

            @Override
            public boolean offer(Signal signal, long time, TimeUnit unit) {
                throw new OutOfMemoryError("in a callback");
            }
        };
        NativeLink link = new NativeLink(failing, Duration.ofSeconds(1));
        link.begin(
                new LibMesos(Border.settings(api, authority(), Optional.empty()), Border.library()),
                RecordingListener.SUBSCRIBE.getSubscribe().getFrameworkInfo());

        await().until(() -> link.broken() != null);
        assertThat(link.broken()).contains("a callback failed").contains("in a callback");
        link.end();
    }

    @Test
    void destroysTheObjectOfV0WithEachConnectionAndThatOfV1AtTheEnd() {
        await().atMost(Duration.ofSeconds(20)).until(() -> NativeSide.objects() == 0);
        try (Transport transport = Border.transport(JniApi.V0, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);
            await().until(() -> listener.heard().contains("SUBSCRIBED"));
            master.stream().end();
            awaitSecondSubscription(listener);
            await().until(() -> NativeSide.objects() == 1);
        }
        await().until(() -> NativeSide.objects() == 0);
        try (Transport transport = Border.transport(JniApi.V1, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);
            await().until(() -> listener.heard().contains("SUBSCRIBED"));
            master.stream().end();
            awaitSecondSubscription(listener);
            assertThat(NativeSide.objects()).isEqualTo(1);
        }
        await().until(() -> NativeSide.objects() == 0);
    }

    @ParameterizedTest
    @EnumSource(JniApi.class)
    void reachesAMasterThroughZooKeeperWithACredential(JniApi api) throws Exception {
        String zooKeeper = "zk://me:pw@one.invalid:2181,two.invalid:2181/mesos";
        NativeSide.leadingAt(zooKeeper, master.address());
        JniTransportSettings settings =
                Border.settings(api, zooKeeper, Optional.of(new MasterCredential("muster", "s3cret")));
        assertThat(settings.toString()).doesNotContain("pw").doesNotContain("s3cret");

        try (Transport transport = new JniTransport(settings, Border.library(), Clock.systemUTC(), new Random(1))) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);
            await().until(() -> listener.heard().contains("SUBSCRIBED"));
        }
        assertThat(Credential.parseFrom(NativeSide.lastCredential()))
                .isEqualTo(Credential.newBuilder()
                        .setPrincipal("muster")
                        .setSecret("s3cret")
                        .build());
    }

    @Test
    void givesUpWhenTheMasterWillNeverTakeIt() {
        master.answersSubscribe(401, "who are you");
        try (Transport transport = Border.transport(JniApi.V1, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);

            await().untilAsserted(
                            () -> assertThat(listener.heard())
                                    .containsExactly(
                                            "connected",
                                            "refused: SUBSCRIBE was answered with status 401: who are you; it was shown no credentials"));
        }
    }

    @Test
    void tellsEventsThatNobodyKnows() {
        try (Transport transport = Border.transport(JniApi.V1, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);
            await().until(() -> listener.heard().contains("SUBSCRIBED"));
            master.stream().emit(Event.getDefaultInstance());

            await().until(() -> listener.heard().contains("UNKNOWN"));
        }
    }

    @Test
    void connectsAnewWhenHeartbeatsAreMissing() {
        master.announcesHeartbeats(0.02);
        try (Transport transport = Border.transport(JniApi.V1, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);

            // The library may notice the silence itself, now and then, and be the first.
            await().until(() -> listener.heard().contains("disconnected: no heartbeat within PT0.1S"));
            awaitSecondSubscription(listener);
        }
    }

    @Test
    void registersV0WithWhatTheSubscribeSays() {
        try (Transport transport = Border.transport(JniApi.V0, authority())) {
            RecordingListener listener = new RecordingListener(transport);
            transport.open(listener, () -> true);
            await().until(() -> listener.heard().contains("SUBSCRIBED"));
        }
        FrameworkInfo asked = RecordingListener.SUBSCRIBE.getSubscribe().getFrameworkInfo();
        assertThat(master.received().getFirst().call().getSubscribe().getFrameworkInfo())
                .isEqualTo(asked);
    }

    private String authority() {
        return master.address().getAuthority();
    }

    private static void awaitSecondSubscription(RecordingListener listener) {
        await().untilAsserted(() ->
                assertThat(listener.heard()).filteredOn("SUBSCRIBED"::equals).hasSizeGreaterThanOrEqualTo(2));
    }

    /** As JNI names what is not overloaded. */
    private static String symbol(Method method) {
        return "Java_" + method.getDeclaringClass().getName().replace('.', '_') + "_"
                + method.getName().replace("_", "_1");
    }

    private static List<String> symbols() throws IOException {
        String content = Files.readString(Border.library().path(), StandardCharsets.ISO_8859_1);
        return Pattern.compile("Java_\\w+")
                .matcher(content)
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
