package io.muster.mesos.transport.jni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.mesos.transport.Backoff;
import io.muster.mesos.transport.RecordingListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the driver of libmesos called back through a failover of masters, recorded, played to the transport. After the
 * failover the driver says {@code registered} again, never {@code reregistered}: an adapter that waited for that would
 * stay disconnected.
 */
class RecordedCallbacksTest {

    /** A line: milliseconds, the callback, and what it was told. */
    private record Callback(String name, List<String> told) {

        static Callback of(String line) {
            List<String> words = List.of(line.strip().split(" +", -1));
            return new Callback(words.get(1), words.subList(2, words.size()));
        }
    }

    private final FakeLibrary library = new FakeLibrary();
    private final JniTransport transport = new JniTransport(
            new JniTransportSettings(
                    JniApi.V0,
                    new NativeMaster("127.0.0.1:25082"),
                    Optional.empty(),
                    new Backoff(Duration.ZERO, Duration.ofMillis(5), Duration.ofMillis(20)),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    100,
                    Duration.ofSeconds(5)),
            library,
            Clock.systemUTC(),
            new Random(1));
    private final RecordingListener listener = new RecordingListener(transport);
    private final List<Event> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void hearsEveryCallbackThroughAFailover() throws IOException {
        List<Callback> recorded = recorded();
        listener.onEvent(events::add);
        transport.open(listener, () -> true);
        await().until(() -> library.made().size() == 1);

        for (Callback callback : recorded) {
            play(callback);
        }

        List<Event> expected =
                recorded.stream().flatMap(callback -> event(callback).stream()).toList();
        await().untilAsserted(() -> assertThat(events).isEqualTo(expected));
        assertThat(expected).hasSize(recorded.size() - 3);
        assertThat(events.stream().filter(Event::hasSubscribed).distinct())
                .as("the same framework with both masters")
                .hasSize(1);
        assertThat(listener.heard())
                .containsSubsequence(
                        "connected",
                        "SUBSCRIBED",
                        "disconnected: the library has lost the master",
                        "connected",
                        "SUBSCRIBED",
                        "FAILURE");
        assertThat(library.made())
                .hasSize(2)
                .allSatisfy(object -> assertThat(object.sent()).hasSize(1));
    }

    private void play(Callback callback) {
        switch (callback.name()) {
            case "REGISTERED" -> {
                int subscriptions = subscriptions();
                FakeLibrary.Native driver = library.latest();
                driver.connected();
                await().until(() -> !driver.sent().isEmpty());
                driver.received(event(callback).orElseThrow());
                await().until(() -> subscriptions() == subscriptions + 1);
            }
            case "DISCONNECTED" -> {
                int objects = library.made().size();
                library.latest().disconnected();
                await().until(() -> library.made().size() == objects + 1);
            }
            default -> event(callback).ifPresent(library.latest()::received);
        }
    }

    private int subscriptions() {
        return (int) listener.heard().stream().filter("SUBSCRIBED"::equals).count();
    }

    /** As {@code V0ToV1Adapter} of libmesos makes it from a callback; what a program did itself makes none. */
    private static Optional<Event> event(Callback callback) {
        List<String> told = callback.told();
        return switch (callback.name()) {
            case "REGISTERED" ->
                Optional.of(Event.newBuilder()
                        .setType(Event.Type.SUBSCRIBED)
                        .setSubscribed(Event.Subscribed.newBuilder()
                                .setFrameworkId(framework(told.getFirst()))
                                .setHeartbeatIntervalSeconds(15))
                        .build());
            case "OFFER" ->
                Optional.of(Event.newBuilder()
                        .setType(Event.Type.OFFERS)
                        .setOffers(Event.Offers.newBuilder()
                                .addOffers(Offer.newBuilder()
                                        .setId(OfferID.newBuilder().setValue(told.getFirst()))
                                        .setFrameworkId(framework("f"))
                                        .setAgentId(AgentID.newBuilder().setValue("s"))
                                        .setHostname("h")))
                        .build());
            case "STATUS" ->
                Optional.of(Event.newBuilder()
                        .setType(Event.Type.UPDATE)
                        .setUpdate(Event.Update.newBuilder()
                                .setStatus(TaskStatus.newBuilder()
                                        .setTaskId(TaskID.newBuilder().setValue(told.getFirst()))
                                        .setState(TaskState.valueOf(told.get(1)))
                                        .setSource(TaskStatus.Source.valueOf(told.get(3)))
                                        .setMessage(String.join(" ", told.subList(4, told.size())))))
                        .build());
            case "EXECUTOR" ->
                Optional.of(Event.newBuilder()
                        .setType(Event.Type.FAILURE)
                        .setFailure(Event.Failure.newBuilder()
                                .setExecutorId(ExecutorID.newBuilder().setValue(told.get(1)))
                                .setStatus(Integer.parseInt(told.get(2))))
                        .build());
            case "DISCONNECTED", "killTask", "stop" -> Optional.empty();
            default -> throw new IllegalArgumentException("nobody knows " + callback);
        };
    }

    private static FrameworkID framework(String id) {
        return FrameworkID.newBuilder().setValue(id).build();
    }

    private static List<Callback> recorded() throws IOException {
        try (InputStream in = RecordedCallbacksTest.class.getResourceAsStream("/recorded/jni-driver-callbacks.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Callback::of)
                    .toList();
        }
    }
}
