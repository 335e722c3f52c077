package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceStatus;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An update that waits until new instances have been ready for a while. */
class MinimumReadyTimeTest {

    private static final VersionedPod V1 =
            Scenario.minReady(Scenario.web("2026-01-01T00:00:00Z", "one", 1, "1", "1"), 60);
    private static final VersionedPod V2 =
            Scenario.minReady(Scenario.web("2026-01-02T00:00:00Z", "two", 1, "1", "1"), 60);

    private final Scenario scenario = new Scenario();

    @Test
    void endsADeploymentByATimerWhenItsInstancesHaveBeenReadyForSoLong() {
        runningV1();
        assertThat(InstanceStatus.of(scenario.only())).isEqualTo(InstanceStatus.STABLE);

        scenario.pass(Duration.ofSeconds(59));
        assertThat(scenario.store.exposed).isEmpty();
        assertThat(scenario.engine.idleTime()).isLessThanOrEqualTo(Duration.ofSeconds(1));

        scenario.pass(Duration.ofSeconds(1));
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V1);
    }

    @Test
    void keepsTheOldInstanceUntilTheNewOneHasBeenReadyForSoLong() {
        runningV1();
        InstanceId old = scenario.pass(Duration.ofMinutes(2)).only().id();
        scenario.update(V2);
        InstanceId next = scenario.offers().instances().getLast().id();

        scenario.report(next, TaskState.RUNNING).pass(Duration.ofSeconds(59));
        assertThat(wanted()).containsExactly(old, next);

        scenario.pass(Duration.ofSeconds(1));
        assertThat(wanted()).containsExactly(next);
    }

    @Test
    void beginsAnewWhenAnInstanceWasNotReadyInBetween() {
        runningV1();
        scenario.pass(Duration.ofSeconds(30)).report(scenario.only().id(), TaskState.UNREACHABLE);
        InstanceId other = scenario.step().offers().only().id();
        scenario.report(other, TaskState.RUNNING).pass(Duration.ofSeconds(59));
        assertThat(scenario.store.exposed).isEmpty();

        scenario.pass(Duration.ofSeconds(1));
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V1);
    }

    @Test
    void goesOnCountingAfterACrash() {
        runningV1();
        scenario.pass(Duration.ofSeconds(30)).crash().subscribed();
        scenario.pass(Duration.ofSeconds(29));
        assertThat(scenario.store.exposed).isEmpty();

        scenario.pass(Duration.ofSeconds(1));
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V1);
    }

    @Test
    void replacesNothingWhenItAloneChanges() {
        runningV1();
        InstanceId only = scenario.pass(Duration.ofMinutes(1)).only().id();

        scenario.update(Scenario.minReady(Scenario.web("2026-01-03T00:00:00Z", "one", 1, "1", "1"), 5));

        assertThat(scenario.only().id()).isEqualTo(only);
        assertThat(scenario.store.runningDeployments()).isEmpty();
    }

    private void runningV1() {
        scenario.subscribed().create(V1);
        scenario.offers().report(scenario.only().id(), TaskState.RUNNING);
    }

    private List<InstanceId> wanted() {
        return scenario.instances().stream()
                .filter(Instance::isWanted)
                .map(Instance::id)
                .toList();
    }
}
