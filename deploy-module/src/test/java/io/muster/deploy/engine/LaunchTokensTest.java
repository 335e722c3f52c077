package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many launches are let through. */
class LaunchTokensTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration REFRESH = Duration.ofSeconds(30);

    @Test
    void withoutALimitThereIsAlwaysEnough() {
        LaunchTokens tokens = new LaunchTokens(0, REFRESH);

        tokens.launched(1_000_000);

        assertThat(tokens.left(NOW)).isEqualTo(Integer.MAX_VALUE);
        assertThat(tokens.refillAt(NOW)).isEmpty();
    }

    @Test
    void theBucketIsFullAgainAfterTheInterval() {
        LaunchTokens tokens = new LaunchTokens(3, REFRESH);
        assertThat(tokens.left(NOW)).isEqualTo(3);

        tokens.launched(3);

        assertThat(tokens.left(NOW.plusSeconds(29))).isZero();
        assertThat(tokens.refillAt(NOW)).contains(NOW.plusSeconds(30));
        assertThat(tokens.left(NOW.plusSeconds(30))).isEqualTo(3);
    }

    @Test
    void theTimeOfTheNextRefillIsNeverOver() {
        LaunchTokens tokens = new LaunchTokens(3, REFRESH);
        tokens.left(NOW);
        tokens.launched(3);

        assertThat(tokens.refillAt(NOW.plusSeconds(29))).contains(NOW.plusSeconds(30));
        assertThat(tokens.refillAt(NOW.plusSeconds(30))).isEmpty();
    }

    @Test
    void eachInstanceThatRunsGivesOneBackUpToTheLimit() {
        LaunchTokens tokens = new LaunchTokens(3, REFRESH);
        tokens.left(NOW);
        tokens.launched(3);

        tokens.running(2);
        assertThat(tokens.left(NOW)).isEqualTo(2);
        assertThat(tokens.refillAt(NOW)).isEmpty();

        tokens.running(5);
        assertThat(tokens.left(NOW)).isEqualTo(3);
    }
}
