package io.muster.mesos;

import static io.muster.mesos.OfferInterest.Order.REVIVE;
import static io.muster.mesos.OfferInterest.Order.SUPPRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mesos.OfferInterest.Decision;
import io.muster.mesos.OfferInterest.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OfferInterestTest {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final OfferInterest NONE = OfferInterest.none(new Pace(Duration.ofSeconds(5), 3));

    @Test
    void revivesThreeTimesAtIntervals() {
        Decision first = NONE.want(true, START);
        Decision early = first.next().tick(after(4));
        Decision second = early.next().tick(after(5));
        Decision third = second.next().tick(after(11));
        Decision over = third.next().tick(after(60));

        assertThat(first.orders()).containsExactly(REVIVE);
        assertThat(first.wakeAt()).contains(after(5));
        assertThat(early.orders()).isEmpty();
        assertThat(early.wakeAt()).contains(after(5));
        assertThat(second.orders()).containsExactly(REVIVE);
        assertThat(second.wakeAt()).contains(after(10));
        assertThat(third.orders()).containsExactly(REVIVE);
        assertThat(third.wakeAt()).isEmpty();
        assertThat(over.orders()).isEmpty();
    }

    @Test
    void suppressesOnce() {
        assertThat(NONE.want(false, START).orders()).isEmpty();
    }

    @Test
    void liftsDeclinesAgainWhenMoreIsWantedThanBefore() {
        assertThat(NONE.want(true, START).next().want(true, after(100)).orders())
                .containsExactly(REVIVE);
    }

    @Test
    void suppressesAtOnceAndForgetsRevives() {
        Decision decision = NONE.want(true, START).next().want(false, after(1));

        assertThat(decision.orders()).containsExactly(SUPPRESS);
        assertThat(decision.wakeAt()).isEmpty();
        assertThat(decision.next().tick(after(60)).orders()).isEmpty();
    }

    @Test
    void waitsWithAReviveUntilTheIntervalIsOver() {
        OfferInterest suppressed =
                NONE.want(true, START).next().want(false, after(1)).next();

        Decision again = suppressed.want(true, after(2));

        assertThat(again.orders()).isEmpty();
        assertThat(again.wakeAt()).contains(after(5));
        assertThat(again.next().tick(after(5)).orders()).containsExactly(REVIVE);
    }

    @Test
    void tellsEverySubscriptionWhatIsWanted() {
        OfferInterest wanting = NONE.want(true, START).next();

        assertThat(NONE.subscribed(START).orders()).containsExactly(SUPPRESS);
        assertThat(wanting.subscribed(after(1)).orders()).containsExactly(REVIVE);
        assertThat(wanting.subscribed(after(1)).wakeAt()).isEqualTo(Optional.of(after(6)));
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(100);
    }

    /** Whatever happens within one subscription, revives keep their distance, and the last wish is what Mesos knows. */
    @ParameterizedTest
    @MethodSource("seeds")
    void keepsItsPace(long seed) {
        Random random = new Random(seed);
        OfferInterest interest = NONE;
        Instant now = START;
        List<Instant> revives = new ArrayList<>();
        Optional<OfferInterest.Order> last = Optional.empty();
        for (int i = 0; i < 200; i++) {
            now = now.plusMillis(random.nextInt(4_000));
            Decision decision = random.nextInt(3) == 0 ? interest.want(random.nextBoolean(), now) : interest.tick(now);
            interest = decision.next();
            if (decision.orders().contains(REVIVE)) {
                revives.add(now);
            }
            last = decision.orders().isEmpty()
                    ? last
                    : Optional.of(decision.orders().getLast());
        }
        while (interest.tick(now).wakeAt().isPresent()) {
            now = interest.tick(now).wakeAt().orElseThrow();
            last = Optional.of(interest.tick(now).orders().getLast());
            interest = interest.tick(now).next();
        }

        for (int i = 1; i < revives.size(); i++) {
            assertThat(Duration.between(revives.get(i - 1), revives.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
        }
        assertThat(last).contains(interest.wanted() ? REVIVE : SUPPRESS);
    }

    private static Instant after(long seconds) {
        return START.plusSeconds(seconds);
    }
}
