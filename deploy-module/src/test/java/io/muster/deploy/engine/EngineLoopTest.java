package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.model.Deployment.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the loop does when the store fails, on a clock that only the pauses move. */
class EngineLoopTest {

    private final Scenario scenario = new Scenario();
    private final Mailbox mailbox = new Mailbox(10);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private int roundsLeft = 3;

    private final EngineLoop loop =
            new EngineLoop(scenario.engine, mailbox, 10, () -> roundsLeft-- <= 0, this::pause, meters);

    private void pause(Duration time) {
        scenario.now = scenario.now.plus(time);
        pauses.add(time);
    }

    @Test
    void triesAgainAfterPausesThatGrow() throws InterruptedException {
        roundsLeft = 20;
        scenario.store.submit(Kind.CREATE, Scenario.web("2026-01-01T00:00:00Z", "one", 1), scenario.now);
        scenario.store.failNextCommit(new IllegalStateException("connection lost"));
        scenario.store.failNextLoads(6);

        loop.run();

        assertThat(pauses).extracting(Duration::toMillis).containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
        assertThat(scenario.instances()).hasSize(1);
        assertThat(meters.counter("muster.engine.rounds.failed").count()).isEqualTo(7);
    }

    @Test
    void losesNoInputThatComesWhileNothingCanBeRead() throws InterruptedException {
        roundsLeft = 6;
        mailbox.onSubscribed(new FrameworkId("F-2"), "master.example:5050");
        scenario.store.failNextCommit(new IllegalStateException("connection lost"));
        scenario.store.failNextLoads(2);
        mailbox.onDisconnected("and again");
        mailbox.onSubscribed(new FrameworkId("F-2"), "master.example:5050");

        loop.run();

        assertThat(scenario.store.load().framework()).contains(new FrameworkId("F-2"));
        assertThat(mailbox.size()).isZero();
    }

    @Test
    void decidesAnewAtOnceWhenAForcedChangeWasFaster() throws InterruptedException {
        scenario.store.submit(Kind.CREATE, Scenario.web("2026-01-01T00:00:00Z", "one", 1), scenario.now);
        scenario.store.failNextCommit(new OvertakenException("overtaken"));

        loop.run();

        assertThat(pauses).containsExactly(Duration.ZERO);
        assertThat(scenario.instances()).hasSize(1);
    }

    @Test
    void endsWhenAnotherLeads() {
        scenario.store.submit(Kind.CREATE, Scenario.web("2026-01-01T00:00:00Z", "one", 1), scenario.now);
        scenario.store.electAnother();

        assertThatThrownBy(loop::run).isInstanceOf(FencedException.class);
        assertThat(pauses).isEmpty();
    }
}
