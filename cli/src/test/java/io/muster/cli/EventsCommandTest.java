package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of events, which a server may break off. */
class EventsCommandTest {

    private static final String FIRST = "retry: 1000\r\n\r\nevent: pod_created_event\r\nid: k-7\r\n"
            + "data: {\"eventType\":\"pod_created_event\",\"timestamp\":\"2026-11-22T11:18:13.066Z\",\"podId\":\"/web\"}"
            + "\r\n\r\n\r\n";
    private static final String SECOND = "event: deployment_success\r\nid: k-8\r\n"
            + "data: {\"eventType\":\"deployment_success\",\"timestamp\":\"2026-11-22T11:18:14.000Z\",\"plan\":{\"id\":\"d1\"}}"
            + "\r\n\r\n";

    @TempDir
    private Path home;

    private FakeServer server;
    private Terminal terminal;

    @BeforeEach
    void start() {
        server = new FakeServer();
        terminal = new Terminal(home).with("MUSTER_URL", server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goesOnAfterTheLastEventWhenTheStreamEnds() {
        server.answer("GET /v2/events", 200, FIRST)
                .answer("GET /v2/events", 503, "")
                .answer("GET /v2/events", 200, SECOND);

        assertThat(terminal.run("events --count 2")).as(terminal.err()).isZero();

        assertThat(terminal.out()).isEqualTo("""
                2026-11-22T11:18:13.066Z  pod_created_event  podId=/web
                2026-11-22T11:18:14.000Z  deployment_success  plan=d1
                """);
        assertThat(server.asked().get(0).headers())
                .containsEntry("Accept", "text/event-stream")
                .doesNotContainKey("Last-event-id");
        assertThat(server.asked().get(1).headers()).containsEntry("Last-event-id", "k-7");
        assertThat(server.asked().get(2).headers()).containsEntry("Last-event-id", "k-7");
        assertThat(terminal.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(1500));
    }

    @Test
    void asksForTypesAndABeginning() {
        server.answer("GET /v2/events?extended=true&event_type=a&event_type=b&since=k-3", 200, FIRST);

        assertThat(terminal.run("events --type a --type b --since k-3 --extended --count 1 -o id"))
                .isZero();

        assertThat(terminal.out()).isEqualTo("k-7\n");
    }

    @Test
    void missingEventsAreTold() {
        server.answer("GET /v2/events", 200, "event: stream_reset\r\ndata: {\"oldest\":\"k-9\"}\r\n\r\n");

        assertThat(terminal.run("events --count 1 -o json")).isZero();

        assertThat(terminal.out()).isEqualTo("{\"oldest\":\"k-9\"}\n");
        assertThat(terminal.err()).startsWith("Warning: Events are missing");
    }

    @Test
    void refusalEndsIt() {
        server.answer("GET /v2/events", 405, "{\"message\":\"Method Not Allowed\"}");

        assertThat(terminal.run("events")).isEqualTo(1);
    }
}
