package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.Instance;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Constraint.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the cluster is told of the other instances of a pod with constraints, and when it is asked for offers again. */
class ConstrainedLaunchTest {

    private static final Agent EAST = new Agent("S1", "east", null, null);
    private static final Agent WEST = new Agent("S2", "west", null, null);

    private final Scenario scenario = new Scenario().subscribed();

    @Test
    void tellsWhereTheOthersAreThoseThatWerePlacedEarliestFirst() {
        scenario.create(unique("2026-01-01T00:00:00Z", "one", 4));
        placeOneOn(EAST);
        assertThat(scenario.cluster.asked)
                .hasSize(4)
                .allMatch(request -> request.neighbours().isEmpty());
        placeOneOn(WEST);

        placeOneOn(EAST);

        assertThat(scenario.cluster.asked)
                .hasSize(2)
                .extracting(LaunchRequest::neighbours)
                .containsOnly(List.of(EAST, WEST));
    }

    @Test
    void tellsNothingForPodsWithoutConstraints() {
        scenario.create(Scenario.web("2026-01-01T00:00:00Z", "one", 2));
        placeOneOn(EAST);

        placeOneOn(WEST);

        assertThat(scenario.cluster.asked).extracting(LaunchRequest::neighbours).containsExactly(List.of());
    }

    @Test
    void leavesInstancesOfOtherConfigurationsOut() {
        scenario.create(unique("2026-01-01T00:00:00Z", "one", 1));
        scenario.allRun();
        scenario.cluster.room = 0;
        scenario.update(Scenario.constrained(
                Scenario.web("2026-01-02T00:00:00Z", "two", 1, "1", "1"), constraint(Operator.UNIQUE)));

        scenario.offers();

        assertThat(scenario.instances()).hasSize(2);
        assertThat(scenario.cluster.asked).extracting(LaunchRequest::neighbours).containsExactly(List.of());
    }

    @Test
    void leavesInstancesOutThatARestartReplaces() {
        VersionedPod pod = Scenario.constrained(
                Scenario.web("2026-01-01T00:00:00Z", "one", 2, "1", "1"), constraint(Operator.UNIQUE));
        scenario.create(pod);
        placeOneOn(EAST);
        placeOneOn(WEST);
        scenario.allRun();
        scenario.now = scenario.now.plusSeconds(1);
        scenario.change(Kind.RESTART, pod);

        placeOneOn(EAST);
        placeOneOn(WEST);

        assertThat(scenario.instances()).hasSize(4);
        assertThat(scenario.cluster.asked)
                .as("the second successor knows of the first, and of nobody before")
                .extracting(LaunchRequest::neighbours)
                .containsExactly(List.of(EAST));
    }

    @Test
    void leavesUnreachableInstancesOutAndAsksForOffersAgain() {
        scenario.create(unique("2026-01-01T00:00:00Z", "one", 2));
        placeOneOn(EAST);
        Instance placed = scenario.instances().stream()
                .filter(instance -> instance.condition() == Condition.PROVISIONED)
                .findFirst()
                .orElseThrow();
        scenario.report(placed.id(), TaskState.RUNNING);
        scenario.cluster.said.clear();

        scenario.report(placed.id(), TaskState.UNREACHABLE);

        assertThat(scenario.cluster.said).contains("want true");
        placeOneOn(WEST);
        assertThat(scenario.cluster.asked).extracting(LaunchRequest::neighbours).containsOnly(List.of());
    }

    @Test
    void asksForOffersAgainWhenAnInstanceIsPlacedOrEndsWhileOthersWait() {
        scenario.create(unique("2026-01-01T00:00:00Z", "one", 3));
        scenario.cluster.said.clear();

        placeOneOn(EAST);

        assertThat(scenario.cluster.said).contains("want true");
        Instance placed = scenario.instances().stream()
                .filter(instance -> instance.condition() == Condition.PROVISIONED)
                .findFirst()
                .orElseThrow();
        scenario.report(placed.id(), TaskState.RUNNING);
        scenario.cluster.said.clear();
        scenario.report(placed.id(), TaskState.KILLED);
        assertThat(scenario.cluster.said).contains("want true");
    }

    @Test
    void asksOnceOnlyForPodsWithoutConstraints() {
        scenario.create(Scenario.web("2026-01-01T00:00:00Z", "one", 3));
        scenario.cluster.said.clear();

        placeOneOn(EAST);

        assertThat(scenario.cluster.said).doesNotContain("want true");
    }

    private void placeOneOn(Agent agent) {
        scenario.cluster.agent = agent;
        scenario.cluster.room = 1;
        scenario.now = scenario.now.plusSeconds(1);
        scenario.offers();
    }

    private static VersionedPod unique(String version, String configuration, int instances) {
        return Scenario.constrained(Scenario.web(version, configuration, instances), constraint(Operator.UNIQUE));
    }

    private static Constraint constraint(Operator operator) {
        return new Constraint("hostname", operator, null);
    }
}
