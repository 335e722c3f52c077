package io.muster.localmesos.simulation;

import static io.muster.localmesos.simulation.Groups.launch;
import static io.muster.localmesos.simulation.Groups.modern;
import static io.muster.localmesos.simulation.Groups.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.Pods;
import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.cluster.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** What tasks do when they are told to, and what the default executor makes of it. */
class ScriptedContainersTest {
    private static final AgentSpec ONE = AgentSpec.of("one", 4, 4096, 8192);

    private final SimulatedMesos mesos = SimulatedMesos.with(ONE);
    private final Conversation framework = mesos.subscribe(modern("web"));

    @Test
    void reportsNothingRunningBeforeTheSlowestPullHasEnded() {
        mesos.containers().script("slow", TaskScript.runs().pullingFor(Duration.ofMinutes(2)));
        mesos.containers().script("fast", TaskScript.runsFor(Duration.ofSeconds(1)));
        launch(framework, framework.expectOffer(), "pod", "slow", "fast");

        mesos.advance(Duration.ofSeconds(119));
        assertThat(framework.states("fast")).containsExactly(TaskState.TASK_STARTING);
        mesos.advance(Duration.ofSeconds(1));

        assertThat(framework.states("fast"))
                .containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
        assertThat(framework.states("slow")).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void endsTheSiblingsOfAContainerThatCannotBeStarted() {
        mesos.containers().script("bad", TaskScript.failsToLaunch("no such image"));

        launch(framework, framework.expectOffer(), "pod", "bad", "good");

        TaskStatus failed = framework.expect("bad", TaskState.TASK_FAILED);
        assertThat(failed.getMessage()).isEqualTo("no such image");
        framework.expect("good", TaskState.TASK_KILLED);
    }

    @Test
    void killsWhatIgnoresSigtermAfterItsGrace() {
        mesos.containers().script("t", TaskScript.runs().ignoringTerm());
        launch(framework, framework.expectOffer(), "pod", "t");

        framework.send(Pods.kill("t"));
        mesos.advance(Duration.ofMillis(2999));
        assertThat(mesos.containers().signals()).containsExactly("t TERM");
        mesos.advance(Duration.ofMillis(1));

        assertThat(framework.expect("t", TaskState.TASK_KILLED).getMessage())
                .isEqualTo("Command terminated with signal Killed");
    }

    @Test
    void findsTheScriptedHealthOneAfterAnother() {
        mesos.containers().script("t", TaskScript.runs().withHealth(true, false, false));
        var check = HealthCheck.newBuilder()
                .setType(HealthCheck.Type.COMMAND)
                .setCommand(CommandInfo.newBuilder().setValue("true"))
                .setDelaySeconds(0)
                .setIntervalSeconds(10)
                .setConsecutiveFailures(2);
        launch(framework, framework.expectOffer(), "pod", List.of(task("t").setHealthCheck(check)));

        mesos.advance(Duration.ofSeconds(20));

        assertThat(framework.states("t"))
                .containsExactly(
                        TaskState.TASK_STARTING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_RUNNING,
                        TaskState.TASK_KILLING,
                        TaskState.TASK_KILLED);
        assertThat(framework.expect("t", TaskState.TASK_KILLED).getHealthy()).isFalse();
    }

    @Test
    void doesWhatItIsToldAfterItHasStarted() {
        mesos.containers().scriptOthers(TaskScript.runs().stoppingIn(Duration.ofSeconds(2)));
        var check = HealthCheck.newBuilder()
                .setType(HealthCheck.Type.TCP)
                .setTcp(HealthCheck.TCPCheckInfo.newBuilder().setPort(80))
                .setDelaySeconds(0)
                .setIntervalSeconds(10)
                .setConsecutiveFailures(1);
        launch(framework, framework.expectOffer(), "pod", List.of(task("t").setHealthCheck(check)));
        mesos.advance(Duration.ofSeconds(5));

        mesos.containers().setHealth("t", false);
        mesos.advance(Duration.ofSeconds(6));
        assertThat(framework.states("t")).endsWith(TaskState.TASK_KILLING);
        mesos.advance(Duration.ofSeconds(1));

        assertThat(framework.states("t")).endsWith(TaskState.TASK_KILLED);
    }

    @Test
    void failsATaskThatTakesLongerThanItMay() {
        var task = task("t").setMaxCompletionTime(DurationInfo.newBuilder().setNanoseconds(3_000_000_000L));
        launch(framework, framework.expectOffer(), "pod", List.of(task, task("mate")));

        mesos.advance(Duration.ofSeconds(3));

        TaskStatus failed = framework.expect("t", TaskState.TASK_FAILED);
        assertThat(failed.getReason()).isEqualTo(TaskStatus.Reason.REASON_MAX_COMPLETION_TIME_REACHED);
        assertThat(framework.states("t")).doesNotContain(TaskState.TASK_KILLING);
        framework.expect("mate", TaskState.TASK_KILLED);
    }

    @Test
    void givesUpTheWholeGroupThatIsKilledBeforeItsExecutorHasStarted() {
        var defaults = Cluster.Settings.defaults();
        var slow = SimulatedMesos.with(
                new Cluster.Settings(
                        defaults.heartbeat(),
                        defaults.allocation(),
                        defaults.agentTimeout(),
                        Duration.ofSeconds(2),
                        Optional.empty()),
                ONE);
        Conversation early = slow.subscribe(modern("web"));
        launch(early, early.expectOffer(), "pod", "a", "b");
        slow.advance(Duration.ofSeconds(1));

        early.send(Pods.kill("a"));

        for (String task : List.of("a", "b")) {
            TaskStatus killed = early.expect(task, TaskState.TASK_KILLED);
            assertThat(killed.getSource()).isEqualTo(TaskStatus.Source.SOURCE_AGENT);
            assertThat(killed.getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH);
            assertThat(early.states(task)).containsExactly(TaskState.TASK_KILLED);
        }
        slow.advance(Duration.ofMinutes(1));
        assertThat(slow.containers().running()).isEmpty();
    }

    @Test
    void failsAllTasksOfAnExecutorWithoutMemory() {
        launch(framework, framework.expectOffer(), "pod", "hog", "mate");

        mesos.cluster()
                .exceedMemory(
                        mesos.cluster().agents().getFirst(),
                        framework.framework(),
                        ExecutorID.newBuilder().setValue("pod").build(),
                        128);

        assertThat(framework.expect("hog", TaskState.TASK_FAILED).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY);
        assertThat(framework.expect("mate", TaskState.TASK_FAILED).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LIMITATION_MEMORY);
        framework.expect(Event.Type.FAILURE);
    }

    @Test
    void happensTheSameEachTime() {
        List<List<Event>> twice = List.of(session(), session());

        assertThat(twice.getFirst()).isEqualTo(twice.getLast()).hasSizeGreaterThan(8);
    }

    private static List<Event> session() {
        var mesos = SimulatedMesos.with(ONE, ONE);
        Conversation framework = mesos.subscribe(modern("web"));
        launch(framework, framework.expectOffer(), "pod", "a", "b");
        mesos.containers().exit("a", 1);
        mesos.advance(Duration.ofMinutes(1));
        return framework.events();
    }
}
