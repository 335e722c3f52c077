package io.muster.events.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.events.log.LogBounds;
import io.muster.events.log.LoggedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {

    private static final Instant NOW = Instant.parse("2031-03-05T08:12:31.0049Z");
    private static final LogBounds LOG = new LogBounds("0a1b2c3d", 10, 20);

    private static String text(Frame frame) throws IOException {
        var out = new ByteArrayOutputStream();
        frame.writeTo(out);
        return out.toString(UTF_8);
    }

    @Test
    void aLoggedEventHasAnIdAndEndsOfLinesThatOldClientsKnow() throws IOException {
        Frame frame = Frames.of("0a1b2c3d", new LoggedEvent(48213, "deployment_success", "{\"id\":\"ü\"}", NOW));

        assertThat(text(frame))
                .isEqualTo("id: 0a1b2c3d-48213\r\nevent: deployment_success\r\ndata: {\"id\":\"ü\"}\r\n\r\n");
        assertThat(frame.seq()).isEqualTo(48213);
    }

    @Test
    void aBodyStaysOnOneLine() throws IOException {
        Frame frame = Frames.of("0a1b2c3d", new LoggedEvent(1, "a", "{\r\n\"id\":\n1}", NOW));

        assertThat(text(frame)).isEqualTo("id: 0a1b2c3d-1\r\nevent: a\r\ndata: {  \"id\": 1}\r\n\r\n");
    }

    @Test
    void comingsAndGoingsHaveNoId() throws IOException {
        assertThat(text(Frames.attached("10.1.0.7", NOW))).isEqualTo("""
                        event: event_stream_attached\r
                        data: {"remoteAddress":"10.1.0.7","eventType":"event_stream_attached",\
                        "timestamp":"2031-03-05T08:12:31.004Z"}\r
                        \r
                        """);
        assertThat(text(Frames.detached("10.1.0.7", NOW))).startsWith("event: event_stream_detached\r\n");
    }

    @Test
    void aResetTellsWhatThereIs() throws IOException {
        assertThat(text(Frames.reset(LOG, NOW))).isEqualTo("""
                        event: stream_reset\r
                        data: {"oldestSeq":10,"newestSeq":20,"eventType":"stream_reset",\
                        "timestamp":"2031-03-05T08:12:31.004Z"}\r
                        \r
                        """);
    }

    @Test
    void clientsAreToldOnceWhenToComeBack() {
        assertThat(new String(Frames.retry(3000), UTF_8)).isEqualTo("retry: 3000\r\n\r\n");
        assertThat(new String(Frames.heartbeat(), UTF_8)).isEqualTo("\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0a1b2c3d-9  | true
            0a1b2c3d-20 | true
            9           | true
            15          | true
            0a1b2c3d-8  | false
            0           | false
            0a1b2c3d-21 | false
            ffffffff-15 | false
            999999999999999999 | false
            """)
    void aStreamIsResumedWhereEverythingAfterItsIdIsThere(String id, boolean possible) {
        assertThat(ResumePoint.parse(id).orElseThrow().isIn(LOG)).isEqualTo(possible);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "abc",
                "-5",
                "1.5",
                "0a1b2c3d-",
                "0a1b2c3d--1",
                "1-2-3",
                "٣",
                "1234567890123456789",
                "1;drop"
            })
    void whatIsNoIdIsPassedOver(String id) {
        assertThat(ResumePoint.parse(id)).isEmpty();
    }

    @Test
    void anEmptyLogCanBeFollowedFromItsEnd() {
        assertThat(new LogBounds("0a1b2c3d", 1, 0).canFollow(0)).isTrue();
        assertThat(new LogBounds("0a1b2c3d", 21, 20).canFollow(20)).isTrue();
        assertThat(new LogBounds("0a1b2c3d", 21, 20).canFollow(19)).isFalse();
    }

    @Test
    void withoutNamesOnlyTheTypesOfMarathonAreSent() {
        var usual = new EventFilter(Set.of(), false);
        var extended = new EventFilter(Set.of(), true);

        assertThat(usual.wants("deployment_success")).isTrue();
        assertThat(usual.wants("event_stream_attached")).isTrue();
        assertThat(usual.wants("deployment_paused_event")).isFalse();
        assertThat(extended.wants("deployment_paused_event")).isTrue();
    }

    @Test
    void namesAreExactAndAnyOfThemWillDo() {
        var named = new EventFilter(Set.of("deployment_success", "leader_changed_event", "nonsense"), false);

        assertThat(named.wants("deployment_success")).isTrue();
        assertThat(named.wants("leader_changed_event")).isTrue();
        assertThat(named.wants("deployment")).isFalse();
        assertThat(new EventFilter(Set.of(""), true).wants("deployment_success"))
                .isFalse();
    }

    @Test
    void aWriteThatTimedOutIsAStalledClient() {
        assertThat(CloseCause.of(new IOException(new SocketTimeoutException()))).isEqualTo(CloseCause.STALLED);
        assertThat(CloseCause.of(new IOException("Broken pipe"))).isEqualTo(CloseCause.CLIENT);
        assertThat(Optional.of(CloseCause.STALLED.tag())).contains("stalled");
    }
}
