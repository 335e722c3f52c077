package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.model.Backoff;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaunchDelayTest {

    private static final Backoff DEFAULT = backoff("1", "1.15", "300");

    @Test
    void growsByTheFactorWithEveryFailure() {
        assertThat(delaysAfterFailures(7, DEFAULT))
                .containsExactly(
                        Duration.parse("PT1S"),
                        Duration.parse("PT1.15S"),
                        Duration.parse("PT1.3225S"),
                        Duration.parse("PT1.520875S"),
                        Duration.parse("PT1.74900625S"),
                        Duration.parse("PT2.011357187S"),
                        Duration.parse("PT2.313060765S"));
    }

    @Test
    void staysAtTheMaximumOnceItIsReached() {
        assertThat(delaysAfterFailures(4, backoff("10", "4", "100")))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(100),
                        Duration.ofSeconds(100));
    }

    @Test
    void isTheMaximumFromTheFirstFailureOnIfThatIsShorter() {
        assertThat(delaysAfterFailures(2, backoff("10", "2", "3.5")))
                .containsExactly(Duration.ofMillis(3500), Duration.ofMillis(3500));
    }

    @Test
    void staysZeroWithoutABackoff() {
        assertThat(delaysAfterFailures(2, backoff("0", "2", "300"))).containsExactly(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void countsFromTheLastFailure() {
        Instant later = START.plusSeconds(60);
        LaunchDelay first = LaunchDelay.afterFailure(null, DEFAULT, START);
        LaunchDelay second = LaunchDelay.afterFailure(first, DEFAULT, later);

        assertThat(first.deadline()).isEqualTo(START.plusSeconds(1));
        assertThat(second.deadline()).isEqualTo(later.plusMillis(1150));
    }

    @Test
    void isForgivenWhenMoreThanTheMaximumHasPassedAfterItWasOver() {
        LaunchDelay delay = LaunchDelay.afterFailure(null, DEFAULT, START);

        assertThat(delay.isForgiven(DEFAULT, START.plusSeconds(301))).isFalse();
        assertThat(delay.isForgiven(DEFAULT, START.plusSeconds(301).plusNanos(1)))
                .isTrue();
    }

    @Test
    void namesTheMomentFromWhichItIsForgiven() {
        LaunchDelay delay = LaunchDelay.afterFailure(null, DEFAULT, START);

        assertThat(delay.forgivenAt(DEFAULT)).isEqualTo(START.plusSeconds(301).plusMillis(1));
        assertThat(delay.isForgiven(DEFAULT, delay.forgivenAt(DEFAULT))).isTrue();
    }

    @Test
    void survivesAMaximumLongerThanADurationOfNanosecondsHolds() {
        Backoff endless = backoff("1e10", "1e9", "1e30");

        LaunchDelay delay = LaunchDelay.afterFailure(LaunchDelay.afterFailure(null, endless, START), endless, START);

        assertThat(delay.delay()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(delay.isForgiven(endless, START.plusSeconds(300))).isFalse();
    }

    private static List<Duration> delaysAfterFailures(int failures, Backoff backoff) {
        List<Duration> delays = new ArrayList<>();
        @Nullable LaunchDelay last = null;
        for (int i = 0; i < failures; i++) {
            last = LaunchDelay.afterFailure(last, backoff, START);
            delays.add(last.delay());
        }
        return delays;
    }

    private static Backoff backoff(String backoff, String factor, String maximum) {
        return new Backoff(new BigDecimal(backoff), new BigDecimal(factor), new BigDecimal(maximum));
    }
}
