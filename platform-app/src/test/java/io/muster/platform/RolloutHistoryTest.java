package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.platform.RolloutHistory.Life;
import io.muster.platform.RolloutHistory.Rollout;
import io.muster.platform.RolloutHistory.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker lets what was rightly done pass, and finds each thing that was not. */
class RolloutHistoryTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant ONE = START;
    private static final Instant TWO = at(20);

    /** Two instances, replaced one after the other, the new one first. */
    private final List<Life> lives = new ArrayList<>(List.of(
            life("a", ONE, 1, 2, 32),
            life("b", ONE, 1, 2, 36),
            life("c", TWO, 21, 30, null),
            life("d", TWO, 33, 34, null)));

    private final List<Shown> shown = new ArrayList<>(List.of(new Shown(ONE, at(3)), new Shown(TWO, at(37))));
    private final List<Rollout> rollouts = new ArrayList<>(List.of(
            new Rollout("1", ONE, "SUCCEEDED", at(0), at(3)), new Rollout("2", TWO, "SUCCEEDED", at(20), at(37))));

    @Test
    void whatWasRightlyDonePasses() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void oneTooManyAtOnceIsFound() {
        lives.set(3, life("d", TWO, 31, 34, null));

        found("less than or equal to");
    }

    @Test
    void oneTooFewIsFound() {
        lives.set(0, life("a", ONE, 1, 2, 29));

        found("greater than or equal to");
    }

    @Test
    void anInstanceThatWasLaunchedInVainIsFound() {
        lives.add(new Life("e", TWO, at(34), null, at(35)));

        found("nothing was given a place in vain, but by a crash");
    }

    @Test
    void anInstanceThatACrashKeptFromBeingLaunchedIsNoFault() {
        lives.add(new Life("e", TWO, at(34), null, at(35)));

        assertThatCode(() -> new RolloutHistory(lives, shown, rollouts).check(2, 2, 4, List.of(at(34))))
                .doesNotThrowAnyException();
    }

    @Test
    void anInstanceThatWasLaunchedTwiceIsFound() {
        lives.add(life("e", TWO, 33, 34, 35));

        found("nothing was launched twice");
    }

    @Test
    void anInstanceOfTheEarlierVersionThatIsLeftIsFound() {
        lives.set(1, life("b", ONE, 1, 2, null));

        found("b");
    }

    @Test
    void aVersionThatIsShownTooEarlyIsFound() {
        shown.set(1, new Shown(TWO, at(35)));

        found("b");
    }

    @Test
    void aDeploymentThatHasNotEndedIsFound() {
        rollouts.set(1, new Rollout("2", TWO, "ROLLING", at(20), null));

        found("ROLLING");
    }

    private void check() {
        new RolloutHistory(lives, shown, rollouts).check(2, 2, 3, List.of());
    }

    private void found(String what) {
        assertThatThrownBy(this::check).isInstanceOf(AssertionError.class).hasMessageContaining(what);
    }

    private static Life life(String id, Instant version, int placed, int active, @Nullable Integer ended) {
        return new Life(id, version, at(placed), at(active), ended == null ? null : at(ended));
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}
