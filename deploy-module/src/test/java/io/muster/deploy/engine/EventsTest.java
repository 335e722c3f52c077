package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.HealthChanged;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.InstanceTerminated;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.DeployEvent.UnknownInstanceEnded;
import io.muster.deploy.model.DeployEvent.VersionExposed;
import io.muster.deploy.model.DeployEvent.VersionMoved;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionState;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What listeners are told of instances, of their ends, and of what follows for pods and versions. */
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

        assertThat(kinds())
                .containsExactly(
                        DeploymentMoved.class,
                        InstanceChanged.class,
                        TaskReported.class,
                        TaskReported.class,
                        InstanceEnded.class,
                        InstanceTerminated.class,
                        PodEnded.class,
                        DeploymentMoved.class,
                        VersionMoved.class);
        assertThat(scenario.store.events).contains(new PodEnded(Scenario.WEB, scenario.now));
        assertThat(scenario.store.events.getLast())
                .isInstanceOfSatisfying(
                        VersionMoved.class, moved -> assertThat(moved.state()).isEqualTo(VersionState.RETIRED));
    }

    @Test
    void tellOfEachReportOnceAndBeforeWhatFollowsFromIt() {
        TaskId nginx = first.task("nginx");
        scenario.healthReport(nginx, false, "u1").healthReport(nginx, false, "u1");

        assertThat(kinds()).containsExactly(TaskReported.class, HealthChanged.class);

        // The next leader does not know what this one has seen, but what it says is not new.
        scenario.crash().healthReport(nginx, false, "u1");
        assertThat(told(TaskReported.class)).hasSize(1);

        scenario.report(nginx, TaskState.FAILED);
        assertThat(kinds().subList(2, 4)).containsExactly(TaskReported.class, InstanceChanged.class);
        assertThat(told(HealthChanged.class).getLast().instance().healthy()).isNull();
    }

    @Test
    void tellNothingOfWhatWasNotStored() {
        scenario.store.failNextCommit(new IllegalStateException("connection refused"));
        assertThatThrownBy(() -> scenario.report(first.task("nginx"), TaskState.FAILED))
                .hasMessage("connection refused");

        assertThat(scenario.store.events).isEmpty();
    }

    @Test
    void tellThatAnUnknownInstanceHasEndedOnceItsLastTaskHas() {
        InstanceId stranger = InstanceId.of(PodId.of("/shop/cart"), new UUID(7, 7));
        scenario.report(stranger.task("a"), TaskState.RUNNING).report(stranger.task("b"), TaskState.RUNNING);
        scenario.report(stranger.task("a"), TaskState.FINISHED);
        assertThat(told(UnknownInstanceEnded.class)).isEmpty();

        scenario.report(stranger.task("b"), TaskState.FAILED).report(stranger.task("b"), TaskState.FAILED);

        assertThat(told(UnknownInstanceEnded.class))
                .containsExactly(
                        new UnknownInstanceEnded(stranger, PodId.of("/shop/cart"), Condition.FAILED, scenario.now));
        assertThat(told(TaskReported.class)).isEmpty();
    }

    @Test
    void tellHowFarAVersionHasCome() {
        VersionedPod two = Scenario.web("2026-01-02T00:00:00Z", "two", 1);

        UUID update = scenario.update(two);
        scenario.allRun();

        Version before = PAIR.version();
        Instant now = scenario.now;
        assertThat(told(VersionMoved.class))
                .containsExactly(
                        new VersionMoved(
                                Scenario.WEB,
                                two.version(),
                                VersionState.DEPLOYING,
                                VersionState.SUBMITTED,
                                update,
                                now),
                        new VersionMoved(
                                Scenario.WEB, two.version(), VersionState.EXPOSED, VersionState.DEPLOYING, update, now),
                        new VersionMoved(
                                Scenario.WEB, before, VersionState.RETIRED, VersionState.EXPOSED, update, now));
        assertThat(scenario.store.events.getLast())
                .isEqualTo(new VersionExposed(Scenario.WEB, two.version(), before, now));
    }

    private List<Class<?>> kinds() {
        return scenario.store.events.stream()
                .<Class<?>>map(DeployEvent::getClass)
                .toList();
    }

    private <T extends DeployEvent> List<T> told(Class<T> kind) {
        return scenario.store.events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private Stream<Condition> conditions(InstanceId instance) {
        return scenario.store.events.stream().flatMap(event -> {
            if (event instanceof InstanceChanged(var changed, var at)
                    && changed.id().equals(instance)) {
                return Stream.of(changed.condition());
            }
            return event instanceof InstanceEnded(var last, var condition, var at)
                            && last.id().equals(instance)
                    ? Stream.of(condition)
                    : Stream.empty();
        });
    }
}
