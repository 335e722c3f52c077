package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.LaunchDelay;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What delays the next launch, by how much, and what makes up for it. */
class BackOffTest {

    private static final VersionedPod PAIR =
            Scenario.containers(Scenario.web("2026-01-01T00:00:00Z", "one", 1), "sidecar");

    private final Scenario scenario = new Scenario();

    @BeforeEach
    void anInstanceOfTwoContainersRuns() {
        scenario.subscribed().create(PAIR);
        scenario.allRun();
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"ERROR", "FAILED", "GONE", "GONE_BY_OPERATOR", "DROPPED", "FINISHED"})
    void countsOnceForEachInstanceHoweverManyContainersItHas(TaskState state) {
        scenario.report(scenario.only().id(), state);

        assertThat(delays()).containsOnlyKeys("one");
        assertThat(delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsOnceWhereOneContainerFailsAndTheOtherIsKilledForIt() {
        InstanceId failed = scenario.only().id();
        scenario.report(failed.task("nginx"), TaskState.FAILED).report(failed.task("sidecar"), TaskState.KILLED);
        assertThat(delay()).isEqualTo(Duration.ofSeconds(1));

        scenario.pass(Duration.ofSeconds(1)).allRun();
        scenario.report(scenario.only().id(), TaskState.FAILED);
        assertThat(delay()).isEqualTo(Duration.ofMillis(1150));
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"GONE", "DROPPED"})
    void countsLaunchesOnceThatAreLostTogetherOnTheirWay(TaskState state) {
        scenario.update(Scenario.containers(Scenario.web("2026-01-02T00:00:00Z", "one", 5), "sidecar"));
        scenario.offers();
        lose(state);
        assertThat(delay()).isEqualTo(Duration.ofSeconds(1));

        scenario.pass(Duration.ofSeconds(1)).offers();
        lose(state);
        assertThat(delay()).isEqualTo(Duration.ofMillis(1150));
    }

    private void lose(TaskState state) {
        List<InstanceId> underWay = scenario.instances().stream()
                .filter(instance -> instance.condition() == Condition.PROVISIONED)
                .map(Instance::id)
                .toList();
        assertThat(underWay).hasSizeGreaterThan(1);
        underWay.forEach(id -> scenario.report(id, state));
    }

    /** Neither how long it is, nor since when it runs. */
    @Test
    void aFailoverLeavesTheDelayAsItIs() {
        scenario.report(scenario.only().id(), TaskState.FAILED)
                .pass(Duration.ofSeconds(1))
                .allRun();
        scenario.report(scenario.only().id(), TaskState.FAILED).pass(Duration.ofMillis(400));
        Map<String, LaunchDelay> before = Map.copyOf(delays());

        scenario.crash().subscribed();

        assertThat(delays()).isEqualTo(before).isNotEmpty();
        assertThat(delay()).isEqualTo(Duration.ofMillis(1150));
        int launched = scenario.cluster.launched.size();
        scenario.pass(Duration.ofMillis(749)).offers();
        assertThat(scenario.cluster.launched).hasSize(launched);
        scenario.pass(Duration.ofMillis(1)).offers();
        assertThat(scenario.cluster.launched).hasSize(launched + 1);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"KILLED", "UNKNOWN", "UNREACHABLE"})
    void doesNotCountWhatSaysNothingAgainstThePod(TaskState state) {
        scenario.report(scenario.only().id(), state).step();

        assertThat(delays()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"KILLED", "GONE_BY_OPERATOR"})
    void anAgentThatIsEmptiedIsNoFailureAndLiftsTheDelay(TaskState state) {
        scenario.report(scenario.only().id(), TaskState.FAILED)
                .pass(Duration.ofSeconds(1))
                .allRun();
        int failures = scenario.store.failures.size();
        assertThat(delays()).isNotEmpty();

        scenario.end(scenario.only().id(), state, "AGENT_DRAINING");

        assertThat(delays()).isEmpty();
        assertThat(storedDelays()).isEmpty();
        assertThat(scenario.store.failures).hasSize(failures);
        int launched = scenario.cluster.launched.size();
        assertThat(scenario.offers().cluster.launched).as("at once").hasSize(launched + 1);
    }

    @Test
    void anAgentThatIsEmptiedDoesNotCountAgainstADeployment() {
        UUID id = scenario.update(Scenario.web("2026-01-02T00:00:00Z", "two", 2));
        scenario.report(scenario.instances().getFirst().id(), TaskState.KILLED).offers();
        InstanceId fresh = scenario.instances().getLast().id();
        scenario.report(fresh, TaskState.RUNNING);

        scenario.end(fresh, TaskState.KILLED, "AGENT_DRAINING");

        assertThat(Objects.requireNonNull(scenario.store.deployments.get(id)).failures())
                .isZero();
    }

    @Test
    void isForgottenByATimerOnceNothingWasAddedForTheLongestDelay() {
        scenario.report(scenario.only().id(), TaskState.FAILED)
                .pass(Duration.ofSeconds(1))
                .allRun();
        scenario.crash().subscribed();
        assertThat(storedDelays()).hasSize(1);

        scenario.pass(Duration.ofHours(1).plusSeconds(1));
        assertThat(storedDelays()).hasSize(1);
        assertThat(scenario.engine.idleTime()).isLessThanOrEqualTo(Duration.ofMillis(1));
        scenario.pass(Duration.ofMillis(1));

        assertThat(storedDelays()).isEmpty();
        assertThat(delays()).isEmpty();
    }

    @Test
    void staysTheLongestForWhatFailsAgainAndAgain() {
        scenario.report(scenario.only().id(), TaskState.FAILED);
        for (int failures = 1; failures < 65; failures++) {
            InstanceId launched =
                    scenario.pass(delay()).offers().instances().getLast().id();
            scenario.pass(Duration.ofMinutes(1)).report(launched, TaskState.DROPPED);
        }

        assertThat(delay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void isLiftedByAnUpdateButNotByScaling() {
        scenario.report(scenario.only().id(), TaskState.FAILED);
        scenario.change(
                Deployment.Kind.SCALE, Scenario.containers(Scenario.web("2026-01-02T00:00:00Z", "one", 2), "sidecar"));
        assertThat(delays()).isNotEmpty();

        scenario.update(Scenario.web("2026-01-03T00:00:00Z", "two", 2));
        assertThat(delays()).isEmpty();
    }

    private Map<String, LaunchDelay> delays() {
        return scenario.engine.world().pod(Scenario.WEB).orElseThrow().delays();
    }

    private Map<String, LaunchDelay> storedDelays() {
        return scenario.store.load().pods().getFirst().delays();
    }

    private Duration delay() {
        return delays().values().iterator().next().delay();
    }
}
