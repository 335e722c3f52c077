package io.muster.contract;

import static io.muster.contract.EventClient.listen;
import static io.muster.contract.EventClient.resume;
import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.EventClient.Frame;
import io.muster.events.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** The stream of events, byte by byte. Other tests use the same server, so these tell of types of their own. */
@ExtendWith(Servers.class)
class EventsContractTest {

    private final Server server;

    EventsContractTest(Server server) {
        this.server = server;
    }

    /** Events with the numbers from 1 as their content. */
    static List<Event> events(String type, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> Event.ofFramework(
                        type, JsonNodeFactory.instance.objectNode().put("number", number), Instant.now()))
                .toList();
    }

    static List<Integer> numbers(List<Frame> frames) {
        return frames.stream().map(frame -> frame.data().get("number").asInt()).toList();
    }

    static long seq(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }

    @Test
    void aStreamBeginsAsListenersOfMarathonExpect() {
        try (EventClient client = listen(server, "")) {
            assertThat(client.status()).isEqualTo(200);
            assertThat(client.header("content-type")).isEqualTo("text/event-stream;charset=UTF-8");
            assertThat(client.header("connection")).isEqualTo("close");
            assertThat(client.header("x-accel-buffering")).isEqualTo("no");
            assertThat(client.header("cache-control")).isEqualTo("no-cache, no-store, must-revalidate");
            assertThat(client.header("content-encoding")).isNull();
            assertThat(client.header("transfer-encoding")).isNull();

            assertThat(client.frame().fields()).isEqualTo(Map.of("retry", "3000"));
            Frame attached = client.frame();

            assertThat(attached.fields()).containsOnlyKeys("event", "data");
            assertThat(attached.type()).isEqualTo("event_stream_attached");
            assertThat(attached.data().propertyNames()).containsExactly("remoteAddress", "eventType", "timestamp");
            assertThat(attached.data().get("remoteAddress").asString()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void anEventHasAnIdATypeAndOneLineOfJson() {
        try (EventClient client = listen(server, "?event_type=shape_event")) {
            client.frame();
            server.tell(events("shape_event", 1, 1));

            Frame frame = client.next("shape_event");

            assertThat(frame.fields()).containsOnlyKeys("id", "event", "data");
            assertThat(frame.id().orElseThrow()).matches("[0-9a-f]{8}-[1-9][0-9]*");
            assertThat(frame.data().propertyNames()).containsExactly("number", "eventType", "timestamp");
            assertThat(frame.data().get("timestamp").asString())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @Test
    void comingsAndGoingsAreToldToAllWhoWantThem() {
        try (EventClient client =
                listen(server, "?event_type=event_stream_attached&event_type=event_stream_detached")) {
            client.next("event_stream_attached");
            try (EventClient other = listen(server, "?event_type=nothing")) {
                assertThat(other.status()).isEqualTo(200);
                assertThat(client.next("event_stream_attached").id()).isEmpty();
            }
            // That the other one has gone is seen when something is written to it.
            server.tell(events("nothing", 1, 100));

            assertThat(client.next("event_stream_detached").data().propertyNames())
                    .containsExactly("remoteAddress", "eventType", "timestamp");
        }
    }

    @Test
    void onlyTheTypesThatAreAskedForAreSent() {
        String query = "?event_type=one_event&event_type=other_event&event_type=unheard_of&plan-format=light";
        try (EventClient client = listen(server, query)) {
            client.frame();
            for (String type : List.of("one_event", "third_event", "deployment_success", "other_event")) {
                server.tell(events(type, 1, 1));
            }

            assertThat(List.of(client.frame().type(), client.frame().type()))
                    .containsExactly("one_event", "other_event");
        }
    }

    @Test
    void typesThatMarathonHasNotAreSentToThoseWhoAskForThem() {
        try (EventClient usual = listen(server, "");
                EventClient extended = listen(server, "?extended=true");
                EventClient named = listen(server, "?event_type=deployment_paused_event")) {
            List.of(usual, extended, named).forEach(EventClient::frame);
            server.tell(events("deployment_paused_event", 1, 1));
            server.tell(events("scheduler_registered_event", 1, 1));

            assertThat(usual.next(frame -> frame.id().isPresent()
                                    && List.of("deployment_paused_event", "scheduler_registered_event")
                                            .contains(frame.type()))
                            .type())
                    .isEqualTo("scheduler_registered_event");
            extended.next("deployment_paused_event");
            named.next("deployment_paused_event");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/*", "text/event-stream;q=0", "nonsense"})
    void whoDoesNotAskForAStreamIsRefusedAsInMarathon(String accept) {
        Answer refused = server.send("GET", "/v2/events", Map.of("Accept", accept), null);

        assertThat(refused.expect(405).message()).contains("Accept: text/event-stream");
        assertThat(refused.header("Content-Type")).contains("application/json");
    }

    @Test
    void headersAreAnsweredWithoutAStream() {
        Answer head = server.send("HEAD", "/v2/events", Map.of("Accept", "text/event-stream"), null);

        assertThat(head.expect(200).header("Content-Type")).contains("text/event-stream;charset=UTF-8");
    }

    /** Any of the ways to say which event was the last. */
    @ParameterizedTest
    @CsvSource({"id, header", "number, header", "id, since", "number, since", "both, both"})
    void aStreamGoesOnAfterTheEventThatItsClientHad(String form, String way) {
        String type = "resumed_" + form + "_" + way + "_event";
        List<Integer> got = new ArrayList<>();
        String last;
        try (EventClient client = listen(server, "?event_type=" + type)) {
            client.frame();
            server.tell(events(type, 1, 5));
            got.addAll(numbers(client.logged(3)));
            last = client.lastId();
        }
        server.tell(events(type, 6, 8));
        String text = form.equals("number") ? String.valueOf(seq(last)) : last;
        String since = way.equals("since") ? "&since=" + text : way.equals("both") ? "&since=0" : "";
        Map<String, String> header = way.equals("since") ? Map.of() : Map.of("Last-Event-ID", text);
        try (EventClient client = new EventClient(server.port(), "?event_type=" + type + since, header, 0)) {
            client.frame();
            server.tell(events(type, 9, 10));
            got.addAll(numbers(client.logged(7)));
        }

        assertThat(got).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void aStreamMayBeginWithAllThatIsKept() {
        for (int i = 0; i < 10; i++) {
            server.tell(events("long_event", 1000 * i + 1, 1000 * (i + 1)));
        }
        try (EventClient client = listen(server, "?event_type=long_event&since=0")) {
            server.tell(events("long_event", 10_001, 10_100));

            assertThat(numbers(client.logged(10_100)))
                    .isEqualTo(IntStream.rangeClosed(1, 10_100).boxed().toList());
        }
    }

    @Test
    void idsThatCannotBeFollowedAreAnsweredWithAResetAndWhatComes() {
        server.tell(events("reset_event", 1, 1));
        String real;
        try (EventClient client = listen(server, "?event_type=reset_event&since=0")) {
            client.logged(1);
            real = client.lastId();
        }
        for (String forged : List.of("ffffffff-1", "00000000-" + seq(real), "999999999999", real + "0000000")) {
            try (EventClient client = resume(server, "?event_type=reset_event", forged)) {
                client.frame();
                Frame reset = client.frame();
                server.tell(events("reset_event", 2, 2));

                assertThat(reset.type()).as(forged).isEqualTo("stream_reset");
                assertThat(reset.id()).isEmpty();
                assertThat(reset.data().get("oldestSeq").asLong()).isEqualTo(1);
                assertThat(reset.data().get("newestSeq").asLong()).isGreaterThanOrEqualTo(seq(real));
                assertThat(numbers(client.logged(1)))
                        .as("what was before is not sent")
                        .containsExactly(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "-7", "1-2-3", "99999999999999999999999", "%00"})
    void idsThatAreNoneArePassedOver(String id) {
        String type = "ignored_" + Integer.toHexString(id.hashCode()) + "_event";
        server.tell(events(type, 1, 1));
        try (EventClient client = listen(server, "?since=0&event_type=" + type)) {
            client.logged(1);
        }
        try (EventClient client = resume(server, "?since=" + id + "&event_type=stream_reset&event_type=" + type, id)) {
            client.frame();
            server.tell(events(type, 2, 2));

            assertThat(client.frame().data().path("number").asInt()).isEqualTo(2);
        }
    }

    @Test
    void everyChangeOfAPodIsTold() {
        try (EventClient client = listen(server, "?event_type=deployment_success")) {
            client.frame();
            String deployment =
                    server.post(Pod.suspended("/events/pod")).expect(201).deployment();

            Supplier<String> ended =
                    () -> client.next("deployment_success").data().path("id").asString();
            soon().until(() -> ended.get().equals(deployment));
        } finally {
            server.delete("/v2/pods/events/pod?force=true");
        }
    }
}
