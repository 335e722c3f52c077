package io.muster.mesos.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasterSearchTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final URI ONE = URI.create("http://one:5050");
    private static final URI TWO = URI.create("http://two:5050");
    private static final URI LEADER = URI.create("http://leader:5050/api/v1/scheduler");
    private static final Backoff BACKOFF = Backoff.likeMesos(Duration.ofDays(7));

    /** Always the longest pause. */
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    @Test
    void triesTheMastersInTurn() {
        MasterSearch search = search();
        List<URI> tried = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tried.add(search.target());
            search = search.ended(NOW);
        }

        assertThat(tried).containsExactly(ONE, TWO, ONE, TWO, ONE);
    }

    @Test
    void doublesThePauseUpToAMinute() {
        MasterSearch search = search();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pauses.add(search.pause(LONGEST));
            search = search.ended(NOW);
        }

        assertThat(pauses)
                .containsExactly(
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(32),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1));
    }

    @Test
    void spreadsThePausesOverTheirUpperHalf() {
        MasterSearch search = search().ended(NOW).ended(NOW);
        Random random = new Random(1);

        List<Duration> pauses =
                random.ints(1_000).mapToObj(_ -> search.pause(random)).sorted().toList();

        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(2_000), Duration.ofMillis(2_050));
        assertThat(pauses.getLast()).isBetween(Duration.ofMillis(3_950), Duration.ofMillis(4_000));
    }

    @ParameterizedTest
    @CsvSource({"PT168H, PT1M", "PT1M, PT6S", "PT10S, PT1S", "PT0S, PT0.001S"})
    void pausesForNoMoreThanATenthOfTheTimeUntilGivenUp(Duration failoverTimeout, Duration longest) {
        Backoff backoff = Backoff.likeMesos(failoverTimeout);

        assertThat(backoff.pause(1_000_000, LONGEST)).isEqualTo(longest);
    }

    @Test
    void followsTheLeaderAndReturnsToTheListWhenItFails() {
        MasterSearch redirected = search().redirected(LEADER);

        assertThat(redirected.target()).isEqualTo(LEADER);
        assertThat(redirected.ended(NOW).target()).isEqualTo(TWO);
    }

    @Test
    void boundsRedirectsInARow() {
        MasterSearch search = search();
        for (int i = 0; i < MasterSearch.MOST_REDIRECTS; i++) {
            assertThat(search.isLost()).isFalse();
            search = search.redirected(LEADER);
        }

        assertThat(search.isLost()).isTrue();
        assertThat(search.ended(NOW).isLost()).isFalse();
        assertThat(search.subscribed(NOW).isLost()).isFalse();
    }

    @Test
    void forgetsFailuresOnlyAfterASubscriptionThatLasted() {
        MasterSearch failing = search().ended(NOW).ended(NOW).ended(NOW).redirected(LEADER);
        MasterSearch subscribed = failing.subscribed(NOW);

        MasterSearch brief = subscribed.ended(NOW.plusSeconds(59));
        MasterSearch lasting = subscribed.ended(NOW.plusSeconds(60));

        assertThat(brief.failures()).isEqualTo(4);
        assertThat(lasting.failures()).isZero();
        assertThat(lasting.target()).isEqualTo(LEADER);
        assertThat(lasting.ended(NOW.plusSeconds(61)).failures()).isOne();
    }

    @Test
    void needsAMaster() {
        assertThatThrownBy(() -> MasterSearch.over(List.of(), BACKOFF)).hasMessageContaining("no masters");
    }

    private static MasterSearch search() {
        return MasterSearch.over(List.of(ONE, TWO), BACKOFF);
    }
}
