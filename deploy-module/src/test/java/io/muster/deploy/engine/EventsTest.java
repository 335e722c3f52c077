package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.BundleMoved;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What listeners are told of the ends of instances and pods. */
class EventsTest {

    private static final VersionedPod PAIR =
            Scenario.containers(Scenario.web("2026-01-01T00:00:00Z", "one", 1), "sidecar");

    private final Scenario scenario = new Scenario();
    private InstanceId first;

    @BeforeEach
    void anInstanceOfTwoContainersRuns() {
        scenario.subscribed().create(PAIR);
        first = scenario.allRun().only().id();
        scenario.store.events.clear();
    }

    @ParameterizedTest
    @CsvSource({"KILLED, KILLED", "FINISHED, FINISHED", "FAILED, FAILED", "GONE, GONE", "UNKNOWN, UNKNOWN"})
    void tellOnceWithWhichConditionAnInstanceEnded(TaskState state, Condition condition) {
        scenario.report(first.task("nginx"), state).report(first.task("sidecar"), state);

        assertThat(conditions(first).filter(Condition::isTerminal)).containsExactly(condition);
        assertThat(conditions(first).toList().getLast()).isEqualTo(condition);
    }

    @Test
    void tellOfAFailureWhenItHappensAndNotAgainWhenAllHasEnded() {
        scenario.report(first.task("nginx"), TaskState.FAILED);
        assertThat(conditions(first)).containsExactly(Condition.FAILED);

        scenario.report(first.task("sidecar"), TaskState.KILLED);

        assertThat(conditions(first)).containsExactly(Condition.FAILED);
    }

    @Test
    void callKilledWhatIsGivenUpAndWhatNeverRan() {
        scenario.report(first, TaskState.UNREACHABLE).step();
        assertThat(conditions(first)).containsExactly(Condition.UNREACHABLE, Condition.KILLED);

        InstanceId waiting = scenario.only().id();
        scenario.kill(waiting);
        assertThat(conditions(waiting)).containsExactly(Condition.SCHEDULED, Condition.KILLED);
    }

    @Test
    void tellOfAnInactiveInstanceThatIsBackAndOfOneThatIsForgotten() {
        scenario.update(Scenario.unreachable(Scenario.web("2026-01-02T00:00:00Z", "two", 1), 60, 3600));
        InstanceId lost = scenario.allRun().only().id();
        scenario.store.events.clear();
        scenario.report(lost, TaskState.UNREACHABLE).pass(Duration.ofMinutes(1));

        scenario.pass(Duration.ofHours(1));

        assertThat(conditions(lost))
                .containsExactly(Condition.UNREACHABLE, Condition.UNREACHABLE_INACTIVE, Condition.KILLED);
    }

    @Test
    void tellOfTheEndOfAPodBeforeThatOfItsDeployment() {
        scenario.change(Kind.DELETE, PAIR);
        scenario.report(first, TaskState.KILLED);

        List<Class<?>> told = scenario.store.events.stream()
                .<Class<?>>map(DeployEvent::getClass)
                .toList();
        assertThat(told)
                .containsExactly(
                        DeploymentMoved.class,
                        InstanceChanged.class,
                        InstanceEnded.class,
                        PodEnded.class,
                        DeploymentMoved.class);
        assertThat(scenario.store.events.get(3)).isEqualTo(new PodEnded(Scenario.WEB, scenario.now));
    }

    private Stream<Condition> conditions(InstanceId instance) {
        return scenario.store.events.stream().flatMap(event -> switch (event) {
            case InstanceChanged(var changed, var at)
            when changed.id().equals(instance) -> Stream.of(changed.condition());
            case InstanceEnded(var last, var condition, var at) when last.id().equals(instance) -> Stream.of(condition);
            case InstanceChanged _, InstanceEnded _, PodEnded _, DeploymentMoved _, BundleMoved _ -> Stream.empty();
        });
    }
}
