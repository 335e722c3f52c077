package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.ExecutorMessage;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.engine.EngineInput.MessageCame;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.Disconnected;
import io.muster.deploy.model.DeployEvent.LeaderChanged;
import io.muster.deploy.model.DeployEvent.PodWaiting;
import io.muster.deploy.model.DeployEvent.Subscribed;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a leader tells of itself, of its connection, and of pods that wait. */
class NewsTest {

    private static final FrameworkId FRAMEWORK = new FrameworkId("F-1");
    private static final String MASTER = "master.example:5050";

    private final Scenario scenario = new Scenario();

    private List<DeployEvent> told() {
        return scenario.store.events;
    }

    @Test
    void tellsOfTheFirstSubscriptionOfTheLossAndOfTheNextSubscription() {
        scenario.subscribed()
                .step(new EngineInput.Disconnected("heartbeats missing"))
                .subscribed();

        assertThat(told())
                .containsExactly(
                        new Subscribed(FRAMEWORK, MASTER, false, scenario.now),
                        new Disconnected(scenario.now),
                        new Subscribed(FRAMEWORK, MASTER, true, scenario.now));
    }

    @Test
    void tellsOfTheElectionBeforeAllElse() {
        scenario.engine.leads("replica-1:8080");
        scenario.subscribed().step();

        assertThat(told())
                .containsExactly(
                        new LeaderChanged("replica-1:8080", 1, scenario.now),
                        new Subscribed(FRAMEWORK, MASTER, false, scenario.now));
    }

    @Test
    void tellsAgainWhatCouldNotBeStoredAndThenNoMore() {
        scenario.store.failNextCommit(new IllegalStateException("connection refused"));
        assertThatThrownBy(scenario::subscribed).hasMessage("connection refused");
        assertThat(told()).isEmpty();
        scenario.engine.reload();

        scenario.step().step();

        assertThat(told()).containsExactly(new Subscribed(FRAMEWORK, MASTER, false, scenario.now));
    }

    @Test
    void keepsNoMoreThanSoMuchOfWhatCannotBeStored() {
        News news = new News();
        for (int i = 0; i < News.MOST + 10; i++) {
            news.messageCame(new ExecutorMessage("e", "S0", "message " + i), scenario.now, new Changes());
        }
        Changes next = new Changes();

        news.tellAgain(next);

        assertThat(next.events()).hasSize(News.MOST);
        assertThat(next.events().getFirst().toString()).contains("message 10");
    }

    @Test
    void passesOnWhatExecutorsSay() {
        var message = new ExecutorMessage("instance-web.1", "S0", "hello");

        scenario.step(new MessageCame(message));

        assertThat(told()).containsExactly(new DeployEvent.MessageCame(message, scenario.now));
    }

    @Test
    void tellsThatAPodWaitsOnceAMinuteWithAllThatWasRefusedSince() {
        scenario.cluster.room = 0;
        scenario.cluster.unplaced = List.of(new Unplaced(
                Scenario.WEB,
                "one",
                2,
                3,
                List.of(new Mismatch.Shortage(
                        3, Refusal.INSUFFICIENT_CPUS, "cpus", new BigDecimal("0.2"), new BigDecimal("0.1")))));
        scenario.subscribed().create(Scenario.web("2026-01-01T00:00:00Z", "one", 2));
        told().clear();

        scenario.offers().offers().pass(Duration.ofSeconds(59)).offers();
        assertThat(told())
                .containsExactly(new PodWaiting(
                        Scenario.WEB, Map.of(Refusal.INSUFFICIENT_CPUS, 3L), scenario.now.minusSeconds(59)));

        scenario.pass(Duration.ofSeconds(1)).offers();
        assertThat(told())
                .hasSize(2)
                .endsWith(new PodWaiting(Scenario.WEB, Map.of(Refusal.INSUFFICIENT_CPUS, 12L), scenario.now));
    }
}
