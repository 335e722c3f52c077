package io.muster.events.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stream on virtual time. */
class EventStreamTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final Frame OWN = new Frame("event_stream_attached", Frame.UNLOGGED, new byte[0]);

    private final Ring ring = new Ring(4, 1 << 20);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StreamMeters meters = new StreamMeters(registry, ring);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final List<Runnable> script = new ArrayList<>();
    private long now;
    private boolean stopping;

    private CloseCause run(EventFilter filter) throws IOException {
        var wire = new Wire(sent, meters, () -> now, HEARTBEAT);
        Ring.Place place = ring.now();
        return new EventStream(wire, () -> stopping, this::pause)
                .follow(new Cursor(ring, filter, OWN, place.position(), place.seq()));
    }

    /** Time passes only here; the end of the script is the end of the server. */
    private void pause(long nanos) {
        assertThat(nanos).as("a stream that waits").isPositive();
        if (script.isEmpty()) {
            stopping = true;
        } else {
            script.removeFirst().run();
        }
    }

    private void passes(Duration time) {
        script.add(() -> now += time.toNanos());
    }

    private void comes(String type, long seq) {
        script.add(() -> ring.append(List.of(new Frame(type, seq, (type + seq + ";").getBytes(UTF_8)))));
    }

    @Test
    void anIdleStreamIsSentAnEmptyLineEveryTenSeconds() throws IOException {
        for (int i = 0; i < 60; i++) {
            passes(Duration.ofSeconds(1));
        }

        assertThat(run(new EventFilter(Set.of(), true))).isEqualTo(CloseCause.STOPPING);

        assertThat(sent.toString(UTF_8)).isEqualTo("\r\n".repeat(6));
    }

    @Test
    void eventsThatAreNotWantedDoNotReplaceTheHeartbeat() throws IOException {
        for (int i = 0; i < 20; i++) {
            passes(Duration.ofSeconds(1));
            comes("b", i + 1);
        }

        run(new EventFilter(Set.of("a"), false));

        assertThat(sent.toString(UTF_8)).isEqualTo("\r\n".repeat(2));
    }

    @Test
    void anEventIsSentAtOnceAndPutsTheHeartbeatOff() throws IOException {
        passes(Duration.ofSeconds(9));
        comes("a", 1);
        passes(Duration.ofSeconds(9));
        passes(Duration.ofSeconds(1));

        run(new EventFilter(Set.of(), true));

        assertThat(sent.toString(UTF_8)).isEqualTo("a1;\r\n");
        assertThat(registry.counter("muster.events.sent").count()).isEqualTo(sent.size());
    }

    @Test
    void aStreamThatWasOvertakenEnds() throws IOException {
        script.add(() -> {
            for (int seq = 1; seq <= 5; seq++) {
                ring.append(List.of(new Frame("a", seq, new byte[1])));
            }
        });

        assertThat(run(new EventFilter(Set.of(), true))).isEqualTo(CloseCause.BEHIND);
    }
}
