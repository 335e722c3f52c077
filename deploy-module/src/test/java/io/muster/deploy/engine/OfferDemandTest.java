package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskState;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OfferDemandTest {

    private final Scenario scenario = new Scenario();

    /** Two are wanted of which none may be missing, and there is room for one more. */
    @Nested
    class OfARollingDeployment {

        private InstanceId old;

        @BeforeEach
        void oneNewInstanceIsReadyAndAnOldOneEnds() {
            scenario.subscribed().create(Scenario.web("2026-01-01T00:00:00Z", "one", 2, "1", "0.5"));
            scenario.offers();
            scenario.cluster.launched.forEach(each -> scenario.report(each, TaskState.RUNNING));
            scenario.update(Scenario.web("2026-01-01T00:01:00Z", "two", 2, "1", "0.5"));
            scenario.offers();
            scenario.report(scenario.cluster.launched.get(2), TaskState.RUNNING);
            old = scenario.cluster.kills.getFirst().task().instance().orElseThrow();
            scenario.cluster.said.clear();
        }

        @Test
        void keepsOffersForTheInstanceThatStartsWhenTheOldOneIsGone() {
            scenario.offers();
            assertThat(scenario.cluster.said).isEmpty();

            scenario.report(old, TaskState.KILLED);

            assertThat(scenario.cluster.launched).hasSize(4);
            assertThat(scenario.cluster.said).doesNotContain("want true");
        }

        @Test
        void givesThemBackFiveSecondsAfterItsLastMove() {
            scenario.offers();
            scenario.pass(Duration.ofMillis(4_999));
            assertThat(scenario.cluster.asked).isNotEmpty();
            assertThat(scenario.engine.idleTime()).isEqualTo(Duration.ofMillis(1));
            scenario.pass(Duration.ofMillis(1));

            assertThat(scenario.cluster.asked).isEmpty();
            assertThat(scenario.cluster.said).containsExactly("want false");
        }

        @Test
        void wantsNoneWhenTheLastInstanceHasAPlace() {
            scenario.offers();
            scenario.report(old, TaskState.KILLED);
            scenario.pass(Duration.ofSeconds(5));

            assertThat(scenario.cluster.said).last().isEqualTo("want false");
        }
    }
}
