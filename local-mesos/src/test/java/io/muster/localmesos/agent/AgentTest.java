package io.muster.localmesos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.agent.ContainerRunner.ExitStatus;
import io.muster.localmesos.loop.VirtualLoop;
import io.muster.localmesos.resources.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.junit.jupiter.api.Test;

/** The rules of the default executor and of status updates, on virtual time and without processes. */
class AgentTest {
    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("f").build();
    private static final AgentID AGENT = AgentID.newBuilder().setValue("s").build();

    private final VirtualLoop loop = new VirtualLoop();
    private final ScriptedRunner runner = new ScriptedRunner();
    private final List<String> reached = new ArrayList<>();
    private final List<TaskStatus> forwarded = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private long ids;
    private final Agent agent = new Agent(
            new Agent.Machine(loop, runner, () -> new UUID(0, ids++), Duration.ZERO),
            events(),
            AgentInfo.newBuilder().setId(AGENT).setHostname("localhost").build(),
            Resources.NONE);

    private AgentEvents events() {
        return new AgentEvents() {
            @Override
            public void reached(FrameworkID framework, TaskStatus status) {
                String health = status.hasHealthy() ? status.getHealthy() ? " healthy" : " unhealthy" : "";
                reached.add(status.getTaskId().getValue() + " "
                        + status.getState().name().substring(5) + health);
            }

            @Override
            public void forward(FrameworkID framework, TaskStatus status) {
                forwarded.add(status);
            }

            @Override
            public void completed(FrameworkID framework, TaskID task) {
                news.add(task.getValue() + " completed");
            }

            @Override
            public void executorEnded(FrameworkID framework, AgentID agentId, ExecutorID executor, int waitStatus) {
                news.add(executor.getValue() + " ended");
            }

            @Override
            public void drained(AgentID agentId) {
                news.add("drained");
            }
        };
    }

    private static TaskInfo.Builder task(String id) {
        return TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AGENT)
                .setCommand(CommandInfo.newBuilder().setValue("true"));
    }

    private static KillPolicy grace(Duration grace) {
        return KillPolicy.newBuilder()
                .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()))
                .build();
    }

    private void launch(TaskInfo.Builder... tasks) {
        var framework = FrameworkInfo.newBuilder()
                .setUser("u")
                .setName("n")
                .setId(FRAMEWORK)
                .addCapabilities(Capability.newBuilder().setType(Capability.Type.TASK_KILLING_STATE))
                .build();
        var executor = ExecutorInfo.newBuilder()
                .setType(ExecutorInfo.Type.DEFAULT)
                .setExecutorId(ExecutorID.newBuilder().setValue("e"))
                .build();
        agent.launchGroup(
                framework,
                "*",
                executor,
                List.of(tasks).stream().map(TaskInfo.Builder::build).toList());
    }

    private void started(String... tasks) {
        for (String task : tasks) {
            runner.container(task).launched(42);
        }
        loop.settle();
    }

    private void exited(String task, int code) {
        runner.container(task).exited(new ExitStatus(code));
        loop.settle();
    }

    private void kill(String task, Optional<KillPolicy> policy) {
        agent.kill(FRAMEWORK, TaskID.newBuilder().setValue(task).build(), policy);
    }

    private void acknowledgeEverything() {
        for (int i = 0; i < forwarded.size(); i++) {
            TaskStatus status = forwarded.get(i);
            agent.acknowledge(FRAMEWORK, status.getTaskId(), status.getUuid());
        }
        loop.settle();
    }

    @Test
    void reportsRunningOnlyWhenTheSlowestLaunchHasAnswered() {
        launch(task("a"), task("b"));

        started("a");
        exited("a", 0);
        assertThat(reached).containsExactly("a STARTING", "b STARTING");
        started("b");

        assertThat(reached).containsExactly("a STARTING", "b STARTING", "a RUNNING", "b RUNNING", "a FINISHED");
    }

    @Test
    void endsTheSiblingsOfALaunchThatFailed() {
        launch(task("a"), task("b"));

        started("a");
        runner.container("b").launchFailed("no such image");
        loop.settle();
        exited("a", 143);

        assertThat(reached)
                .containsExactly("a STARTING", "b STARTING", "a RUNNING", "b FAILED", "a KILLING", "a KILLED");
    }

    @Test
    void reportsEveryFailedLaunchAsFailed() {
        launch(task("a"), task("b"));

        runner.container("a").launchFailed("one");
        runner.container("b").launchFailed("two");
        loop.settle();

        assertThat(reached).containsExactly("a STARTING", "b STARTING", "a FAILED", "b FAILED");
    }

    @Test
    void givesSiblingsThreeSecondsWhateverTheirOwnPolicy() {
        launch(task("a"), task("b").setKillPolicy(grace(Duration.ofMinutes(1))));
        started("a", "b");

        exited("a", 1);
        loop.pass(Duration.ofMillis(2999));
        assertThat(runner.signals()).containsExactly("b TERM");
        loop.pass(Duration.ofMillis(1));

        assertThat(runner.signals()).containsExactly("b TERM", "b KILL");
    }

    @Test
    void killsWithTheTasksGraceAndIgnoresASecondKill() {
        launch(task("a").setKillPolicy(grace(Duration.ofSeconds(20))));
        started("a");

        kill("a", Optional.empty());
        kill("a", Optional.of(grace(Duration.ZERO)));
        loop.pass(Duration.ofSeconds(19));
        assertThat(runner.signals()).containsExactly("a TERM");
        loop.pass(Duration.ofSeconds(1));

        assertThat(runner.signals()).containsExactly("a TERM", "a KILL");
        assertThat(reached).containsExactly("a STARTING", "a RUNNING", "a KILLING");
    }

    @Test
    void killsAContainerThatIsStillBeingLaunchedAsSoonAsItIs() {
        launch(task("a"), task("b"));

        kill("a", Optional.of(grace(Duration.ofSeconds(1))));
        started("a", "b");
        exited("a", 143);
        exited("b", 143);

        assertThat(runner.signals()).startsWith("a TERM");
        assertThat(reached)
                .containsExactly(
                        "a STARTING", "b STARTING", "a KILLING", "b RUNNING", "a KILLED", "b KILLING", "b KILLED");
    }

    @Test
    void endsTheExecutorALittleAfterItsLastTaskWithoutAnyAcknowledgement() {
        launch(task("a"));
        started("a");
        exited("a", 0);
        assertThat(news).isEmpty();

        loop.pass(Duration.ofMillis(100));
        assertThat(news).containsExactly("e ended");
        assertThat(runner.hasEnded()).isTrue();
        acknowledgeEverything();

        assertThat(news).containsExactly("e ended", "a completed");
    }

    @Test
    void runsASecondGroupInTheSameExecutor() {
        launch(task("a"));
        started("a");

        launch(task("b"), task("c"));
        started("b", "c");
        exited("b", 1);
        exited("c", 143);
        loop.pass(Duration.ofHours(1));

        assertThat(reached)
                .containsExactly(
                        "a STARTING",
                        "a RUNNING",
                        "b STARTING",
                        "c STARTING",
                        "b RUNNING",
                        "c RUNNING",
                        "b FAILED",
                        "c KILLING",
                        "c KILLED");
        assertThat(news).as("the first group lives").isEmpty();
    }

    @Test
    void sendsAnUpdateAgainWithGrowingPausesUntilItIsAcknowledged() {
        launch(task("a"));
        assertThat(forwarded).hasSize(1);

        loop.pass(Duration.ofSeconds(10));
        assertThat(forwarded).hasSize(2);
        loop.pass(Duration.ofSeconds(19));
        assertThat(forwarded).hasSize(2);
        loop.pass(Duration.ofSeconds(1));
        assertThat(forwarded).hasSize(3);
        loop.pass(Duration.ofHours(2));
        int before = forwarded.size();
        loop.pass(Duration.ofMinutes(10));
        assertThat(forwarded).hasSize(before + 1);

        acknowledgeEverything();
        loop.pass(Duration.ofHours(1));
        assertThat(forwarded).hasSize(before + 1).containsOnly(forwarded.getFirst());
    }

    @Test
    void waitsForNobodyWhenTheFrameworkIsGone() {
        launch(task("a"));
        started("a");

        agent.remove(FRAMEWORK);
        assertThat(runner.signals()).containsExactly("a TERM");
        exited("a", 143);
        loop.pass(Duration.ofHours(1));

        assertThat(news).containsExactly("e ended");
        assertThat(reached).endsWith("a KILLED");
        assertThat(forwarded).extracting(TaskStatus::getState).containsOnly(TaskState.TASK_STARTING);
    }

    private static HealthCheck.Builder check() {
        return HealthCheck.newBuilder()
                .setType(HealthCheck.Type.COMMAND)
                .setDelaySeconds(15)
                .setIntervalSeconds(60)
                .setGracePeriodSeconds(300)
                .setConsecutiveFailures(3);
    }

    @Test
    void ignoresFailuresWithinTheGracePeriodUntilTheFirstSuccess() {
        launch(task("a").setHealthCheck(check()));
        started("a");
        runner.answerProbes(false);

        loop.pass(Duration.ofSeconds(14));
        assertThat(runner.probes()).isZero();
        loop.pass(Duration.ofSeconds(286));
        assertThat(runner.probes()).isEqualTo(5);
        assertThat(reached).endsWith("a RUNNING");
        loop.pass(Duration.ofSeconds(15));

        assertThat(reached).endsWith("a RUNNING", "a RUNNING unhealthy");
    }

    @Test
    void reportsSuccessOnceAndEveryFailureAndKillsAfterTooMany() {
        launch(task("a").setHealthCheck(check()), task("b"));
        started("a", "b");

        loop.pass(Duration.ofSeconds(15 + 2 * 60));
        runner.answerProbes(false);
        loop.pass(Duration.ofMinutes(2));
        runner.answerProbes(true);
        loop.pass(Duration.ofMinutes(1));
        runner.answerProbes(false);
        loop.pass(Duration.ofMinutes(3));
        exited("a", 143);
        exited("b", 143);
        loop.pass(Duration.ofHours(1));

        assertThat(reached.subList(4, reached.size()))
                .containsExactly(
                        "a RUNNING healthy",
                        "a RUNNING unhealthy",
                        "a RUNNING unhealthy",
                        "a RUNNING healthy",
                        "a RUNNING unhealthy",
                        "a RUNNING unhealthy",
                        "a RUNNING unhealthy",
                        "a KILLING",
                        "a KILLED unhealthy",
                        "b KILLING",
                        "b KILLED unhealthy");
    }
}
