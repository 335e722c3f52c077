package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.pods.VersionedPod;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the engine tells of launches that wait, and how it is asked to go on. */
class LaunchQueueTest {

    private static final VersionedPod TWO = Scenario.web("2026-01-01T00:00:00Z", "one", 2);
    private static final Mismatch SHORTAGE =
            new Mismatch.Shortage(3, Refusal.INSUFFICIENT_CPUS, "cpus", new BigDecimal("0.2"), new BigDecimal("0.1"));

    private final Scenario scenario = new Scenario();

    private LaunchAttempt told() {
        return Objects.requireNonNull(scenario.store.attempts.get("/web one"));
    }

    private void nothingFits() {
        scenario.cluster.room = 0;
        scenario.cluster.unplaced = List.of(new Unplaced(Scenario.WEB, "one", 2, 3, List.of(SHORTAGE)));
    }

    @Test
    void tellsWhatOffersLackAndAddsItUp() {
        nothingFits();
        scenario.subscribed().create(TWO);

        scenario.offers().pass(Duration.ofSeconds(1)).offers().pass(Duration.ofSeconds(1));

        assertThat(told().processed()).isEqualTo(6);
        assertThat(told().refused()).isEqualTo(Map.of(Refusal.INSUFFICIENT_CPUS, 6L));
        assertThat(told().last().offers()).isEqualTo(3);
        assertThat(told().last().shortfalls().getFirst().message()).isEqualTo("needed 0.2 cpus, largest offer has 0.1");
    }

    @Test
    void tellsOnceASecondHoweverManyOffersCome() {
        nothingFits();
        scenario.subscribed().create(TWO);
        scenario.offers();
        int commits = scenario.store.commits;

        for (int i = 0; i < 100; i++) {
            scenario.offers();
        }

        assertThat(scenario.store.commits).isEqualTo(commits);
        assertThat(scenario.engine.idleTime()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        scenario.pass(Duration.ofSeconds(1));
        assertThat(told().processed()).isEqualTo(303);
    }

    @Test
    void forgetsWhatFoundAPlaceAndWhatIsNotWantedAnyMore() {
        nothingFits();
        scenario.subscribed().create(TWO);
        scenario.offers();
        assertThat(scenario.store.attempts).hasSize(1);

        scenario.cluster.room = 2;
        scenario.cluster.unplaced = List.of();
        scenario.offers().pass(Duration.ofSeconds(1));

        assertThat(scenario.store.attempts).isEmpty();
    }

    @Test
    void anotherLeaderBeginsAnew() {
        nothingFits();
        scenario.subscribed().create(TWO);
        scenario.offers();

        scenario.crash().subscribed();

        assertThat(scenario.store.attempts).isEmpty();
    }

    @Test
    void whatWasNotStoredIsToldAgain() {
        nothingFits();
        scenario.subscribed().create(TWO);
        scenario.store.failNextCommit(new IllegalStateException("disk full"));
        assertThatThrownBy(scenario::offers).hasMessage("disk full");

        scenario.engine.reload();
        scenario.step();

        assertThat(told().processed()).isEqualTo(3);
    }

    @Test
    void aResetLetsAFailedPodStartAtOnce() {
        scenario.subscribed().create(TWO);
        scenario.offers();
        scenario.report(scenario.instances().getFirst().id(), TaskState.FAILED);
        int launched = scenario.offers().cluster.launched.size();

        scenario.store.delayResets.add(Scenario.WEB);
        scenario.step(new ChangesCame()).offers();

        assertThat(scenario.cluster.launched).hasSize(launched + 1);
        assertThat(scenario.store.delayResets).isEmpty();
    }

    @Test
    void tellsWhetherMesosIsThereAndWhenItMadeOffersLast() {
        scenario.subscribed().create(TWO);
        scenario.offers();
        EngineReport connected = Objects.requireNonNull(scenario.store.report);
        assertThat(connected.connected()).isTrue();
        scenario.pass(Duration.ofSeconds(1));
        assertThat(Objects.requireNonNull(scenario.store.report).lastOffersAt()).isEqualTo(connected.since());

        scenario.step(new Disconnected("gone"));

        assertThat(Objects.requireNonNull(scenario.store.report))
                .isEqualTo(new EngineReport(false, scenario.now, connected.since(), null));
    }
}
