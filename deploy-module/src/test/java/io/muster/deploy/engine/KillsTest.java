package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KillsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Kills<String> kills = new Kills<>(2, Duration.ofSeconds(30));

    @Test
    void asksAgainAfterPausesThatDoubleUpToTenMinutes() {
        kills.want("a");
        List<Long> pauses = new ArrayList<>();
        Instant now = START;
        assertThat(kills.due(now).keys()).containsExactly("a");
        for (int i = 0; i < 7; i++) {
            Instant next = kills.next(now).orElseThrow();
            assertThat(kills.due(next.minusMillis(1)).keys()).isEmpty();
            assertThat(kills.due(next)).isEqualTo(new Kills.Due<>(List.of("a"), 1));
            pauses.add(Duration.between(now, next).toSeconds());
            now = next;
        }

        assertThat(pauses).containsExactly(30L, 60L, 120L, 240L, 480L, 600L, 600L);
    }

    @Test
    void keepsOthersWaitingWhileManyAreUnderWay() {
        IntStream.rangeClosed(1, 5).forEach(number -> kills.want("k" + number));

        assertThat(kills.due(START).keys()).containsExactly("k1", "k2");
        assertThat(kills.next(START)).contains(START.plusSeconds(30));
        kills.forget("k1");
        assertThat(kills.next(START)).contains(START);
        assertThat(kills.due(START)).isEqualTo(new Kills.Due<>(List.of("k3"), 0));
        assertThat(kills.due(START.plusSeconds(30))).isEqualTo(new Kills.Due<>(List.of("k2", "k3", "k4", "k5"), 2));
        assertThat(kills.size()).isEqualTo(4);
    }

    @Test
    void countsFromTheFirstWordHoweverOftenItIsWanted() {
        kills.want("a");
        kills.due(START);
        kills.want("a");

        assertThat(kills.due(START.plusSeconds(29)).keys()).isEmpty();
    }

    @Test
    void beginsAnewWithASubscription() {
        kills.want("b");
        kills.want("a");
        kills.due(START);
        kills.startOver();

        assertThat(kills.due(START.plusSeconds(1))).isEqualTo(new Kills.Due<>(List.of("a", "b"), 0));
        assertThat(kills.next(START)).contains(START.plusSeconds(31));
    }

    @Test
    void hasNothingToDoWhenAllHaveEnded() {
        kills.want("a");
        kills.due(START);
        kills.forget("a");
        kills.forget("never wanted");

        assertThat(kills.next(START)).isEmpty();
        assertThat(kills.size()).isZero();
    }
}
