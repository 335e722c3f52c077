package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimersTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Timers<String> timers = new Timers<>();

    @Test
    void givesWhatIsDueEarliestFirstAndOnce() {
        timers.set("b", Optional.of(NOON));
        timers.set("a", Optional.of(NOON));
        timers.set("early", Optional.of(NOON.minusSeconds(1)));
        timers.set("late", Optional.of(NOON.plusNanos(1)));

        assertThat(timers.due(NOON)).containsExactly("early", "a", "b");
        assertThat(timers.due(NOON)).isEmpty();
        assertThat(timers.next()).contains(NOON.plusNanos(1));
    }

    @Test
    void aKeyHasOneMomentAtMost() {
        timers.set("a", Optional.of(NOON));
        timers.set("a", Optional.of(NOON.plusSeconds(1)));
        assertThat(timers.due(NOON)).isEmpty();

        timers.set("a", Optional.empty());
        assertThat(timers.next()).isEmpty();
    }
}
