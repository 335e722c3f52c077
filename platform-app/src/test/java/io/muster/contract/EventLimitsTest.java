package io.muster.contract;

import static io.muster.contract.EventClient.listen;
import static io.muster.contract.EventClient.resume;
import static io.muster.contract.EventsContractTest.events;
import static io.muster.contract.EventsContractTest.numbers;
import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.EventClient.Frame;
import io.muster.events.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a server does that serves few streams, beats often and waits for nobody. */
class EventLimitsTest {

    private static final int MAX_STREAMS = 4;
    private static final int LARGE = 60_000;

    @SuppressWarnings("NullAway.Init")
    private static Server server;

    @BeforeAll
    static void start() {
        server = Server.start(List.of(
                "muster.events.heartbeat=100ms",
                "muster.events.max-streams=" + MAX_STREAMS,
                "server.tomcat.connection-timeout=2s"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void awaitRoom() {
        soon().until(() -> server.measured("muster.events.streams", "", "") == 0);
    }

    @Test
    void anIdleStreamBeats() {
        try (EventClient client = listen(server, "?event_type=nothing")) {
            client.frame();

            assertThat(IntStream.range(0, 6).mapToObj(beat -> client.frame())).allMatch(Frame::isHeartbeat);
        }
    }

    @Test
    void oneStreamTooManyIsToldToComeBackLater() {
        var clients = new ArrayList<EventClient>();
        try {
            for (int i = 0; i < MAX_STREAMS; i++) {
                clients.add(listen(server, ""));
            }

            Answer refused = server.send("GET", "/v2/events", Map.of("Accept", "text/event-stream"), null);

            assertThat(refused.expect(503).message()).contains("muster.events.max-streams");
            assertThat(refused.header("Retry-After")).contains("10");
            assertThat(server.get("/v2/pods").status()).as("all else").isEqualTo(200);
        } finally {
            clients.forEach(EventClient::close);
        }
        awaitRoom();
        try (EventClient client = listen(server, "")) {
            assertThat(client.status()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatReadsNothingIsClosedAndKeepsNobodyWaiting() {
        double stalled = server.measured("muster.events.streams.closed", "cause", "stalled");
        try (EventClient lazy = new EventClient(server.port(), "?event_type=large_event", Map.of(), 4096);
                EventClient busy = listen(server, "?event_type=large_event")) {
            busy.frame();
            var got = new ArrayList<Integer>();
            for (int i = 0; i < 40; i++) {
                int from = 10 * i + 1;
                server.tell(IntStream.range(from, from + 10)
                        .mapToObj(EventLimitsTest::large)
                        .toList());
                got.addAll(numbers(busy.logged(10)));
            }

            assertThat(got).isEqualTo(IntStream.rangeClosed(1, 400).boxed().toList());
            assertThat(lazy.status()).isEqualTo(200);
            soon().until(() -> server.measured("muster.events.streams.closed", "cause", "stalled") > stalled);
            server.tell(events("large_event", 401, 401));
            assertThat(numbers(busy.logged(1))).containsExactly(401);
        }
    }

    private static Event large(int number) {
        return Event.ofFramework(
                "large_event",
                JsonNodeFactory.instance.objectNode().put("number", number).put("filling", "x".repeat(LARGE)),
                Instant.now());
    }

    @Test
    void whatWasTrimmedIsToldByAReset() {
        server.tell(events("trimmed_event", 1, 4));
        String second;
        String third;
        try (EventClient client = listen(server, "?event_type=trimmed_event&since=0")) {
            client.logged(2);
            second = client.lastId();
            client.logged(1);
            third = client.lastId();
        }
        server.sql("delete from event_log where seq <= " + EventsContractTest.seq(third));

        try (EventClient behind = resume(server, "?event_type=trimmed_event", second);
                EventClient onTime = resume(server, "?event_type=trimmed_event", third)) {
            Frame reset = behind.next("stream_reset");
            assertThat(reset.data().get("oldestSeq").asLong()).isEqualTo(EventsContractTest.seq(third) + 1);

            assertThat(numbers(onTime.logged(1))).containsExactly(4);
        }
    }

    @Test
    void aLogThatWasRestoredEndsAllStreamsAndIsNoticedByTheirClients() {
        String last;
        try (EventClient client = listen(server, "?event_type=restored_event")) {
            client.frame();
            server.tell(events("restored_event", 1, 1));
            client.logged(1);
            last = client.lastId();

            server.sql("update event_numbering set log_id = left(gen_random_uuid()::text, 8)");

            client.awaitEnd();
        }
        try (EventClient client = resume(server, "?event_type=restored_event", last)) {
            client.next("stream_reset");
            server.tell(events("restored_event", 2, 2));
            assertThat(numbers(client.logged(1))).containsExactly(2);
        }
    }

    @Test
    void streamsEndAtOnceWhenTheServerStops() {
        Server other = Server.start(List.of());
        try (EventClient client = listen(other, "")) {
            client.frame();
            Instant begin = Instant.now();

            other.close();

            client.awaitEnd();
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }
}
