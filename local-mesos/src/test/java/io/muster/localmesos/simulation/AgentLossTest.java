package io.muster.localmesos.simulation;

import static io.muster.localmesos.simulation.Groups.call;
import static io.muster.localmesos.simulation.Groups.framework;
import static io.muster.localmesos.simulation.Groups.launch;
import static io.muster.localmesos.simulation.Groups.modern;
import static io.muster.localmesos.simulation.Groups.reconcile;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.Pods;
import io.muster.localmesos.cluster.AgentSpec;
import java.time.Duration;
import java.util.List;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

class AgentLossTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(75);

    private final SimulatedMesos mesos = SimulatedMesos.with(AgentSpec.of("one", 4, 4096, 8192));
    private final AgentID agent = mesos.cluster().agents().getFirst();

    private Conversation withRunningTask(Conversation conversation) {
        launch(conversation, conversation.expectOffer(), "pod", "t");
        conversation.expect("t", TaskState.TASK_RUNNING);
        return conversation;
    }

    @Test
    void takesOffersBackAtOnceAndTasksAfterTheTimeoutWhenAnAgentDisconnects() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        framework.skip();

        mesos.cluster().disconnect(agent);
        framework.expect(Event.Type.RESCIND);
        mesos.advance(TIMEOUT.minusSeconds(1));
        framework.expectNo(Event.Type.UPDATE);
        mesos.advance(Duration.ofSeconds(1));

        TaskStatus lost = framework.expect("t", TaskState.TASK_UNREACHABLE);
        assertThat(lost.getSource()).isEqualTo(TaskStatus.Source.SOURCE_MASTER);
        assertThat(lost.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REMOVED);
        assertThat(lost.getMessage()).isEqualTo("health check timed out");
        assertThat(lost.getUnreachableTime().getNanoseconds())
                .isEqualTo(mesos.now().getEpochSecond() * 1_000_000_000L);
        assertThat(lost.hasUuid()).isFalse();
        assertThat(lost.hasContainerStatus()).isFalse();
        Event.Failure failure = framework.expect(Event.Type.FAILURE).getFailure();
        assertThat(failure.getAgentId()).isEqualTo(agent);
        assertThat(failure.hasExecutorId()).isFalse();
    }

    @Test
    void tellsFrameworksThatKnowNothingOfPartitionsOfLostTasks() {
        Conversation framework = withRunningTask(mesos.subscribe(framework()));

        mesos.cluster().partition(agent);
        mesos.advance(TIMEOUT);

        assertThat(framework.expect("t", TaskState.TASK_LOST).hasUnreachableTime())
                .isTrue();
    }

    @Test
    void takesOffersBackOnlyWithTheTasksWhenAnAgentFallsSilent() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));

        mesos.cluster().partition(agent);
        mesos.advance(TIMEOUT.minusSeconds(1));
        framework.expectNo(Event.Type.RESCIND);
        mesos.advance(Duration.ofSeconds(1));

        framework.expect(Event.Type.RESCIND);
        framework.expect("t", TaskState.TASK_UNREACHABLE);
    }

    @Test
    void answersForTasksOfAnUnreachableAgent() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        mesos.cluster().disconnect(agent);
        mesos.advance(TIMEOUT);
        framework.skip();

        framework.send(reconcile("t", agent));
        TaskStatus answer = framework.expect("t", TaskState.TASK_UNREACHABLE);
        framework.send(call(Call.Type.RECONCILE).setReconcile(Call.Reconcile.getDefaultInstance()));
        framework.expectNo(Event.Type.UPDATE);
        framework.send(
                Pods.kill("t").setKill(Pods.kill("t").getKill().toBuilder().setAgentId(agent)));

        assertThat(answer.getMessage()).isEqualTo("Reconciliation: Task is unreachable");
        assertThat(answer.hasUnreachableTime()).isTrue();
        assertThat(framework.expect("t", TaskState.TASK_UNREACHABLE)).isEqualTo(answer);
    }

    @Test
    void tellsThatTasksLiveWhenTheirUnreachableAgentReturns() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        mesos.cluster().disconnect(agent);
        mesos.advance(TIMEOUT);
        framework.skip();

        mesos.cluster().reconnect(agent);

        TaskStatus back = framework.expect("t", TaskState.TASK_RUNNING);
        assertThat(back.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REREGISTERED);
        assertThat(back.getMessage()).isEqualTo("Unreachable agent re-reregistered");
        assertThat(back.hasContainerStatus()).isTrue();
        assertThat(back.hasUuid()).isFalse();
        Offer rest = framework.expectOffer();
        assertThat(rest.getExecutorIdsList()).extracting(id -> id.getValue()).containsExactly("pod");
        framework.send(Pods.kill("t"));
        framework.expect("t", TaskState.TASK_KILLED);
    }

    @Test
    void saysNothingOfTasksWhoseAgentReturnsInTime() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        mesos.cluster().disconnect(agent);
        mesos.advance(TIMEOUT.minusSeconds(1));
        framework.skip();

        mesos.cluster().reconnect(agent);
        mesos.advance(Duration.ofHours(1));

        framework.expectNo(Event.Type.UPDATE);
        framework.expectNo(Event.Type.FAILURE);
        framework.expect(Event.Type.OFFERS);
    }

    @Test
    void repeatsWhatHappenedBehindThePartition() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        framework.skip();
        mesos.cluster().partition(agent);
        mesos.containers().exit("t", 3);
        mesos.advance(Duration.ofSeconds(30));
        framework.expectNo(Event.Type.UPDATE);

        mesos.cluster().reconnect(agent);

        TaskStatus failed = framework.expect("t", TaskState.TASK_FAILED);
        assertThat(failed.getSource()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        assertThat(failed.hasUuid()).isTrue();
        Offer whole = framework.expectOffer();
        assertThat(whole.getResourcesList())
                .filteredOn(resource -> resource.getName().equals("cpus"))
                .extracting(resource -> resource.getScalar().getValue())
                .containsExactly(4.0);
    }

    @Test
    void dropsALaunchThatWasLostOnItsWayToTheAgent() {
        Conversation framework = mesos.subscribe(modern("web"));
        Offer offer = framework.expectOffer();
        mesos.cluster().partition(agent);
        launch(framework, offer, "pod", "t");
        framework.expectNo(Event.Type.UPDATE);

        mesos.cluster().reconnect(agent);

        TaskStatus dropped = framework.expect("t", TaskState.TASK_DROPPED);
        assertThat(dropped.getSource()).isEqualTo(TaskStatus.Source.SOURCE_AGENT);
        assertThat(dropped.getReason()).isEqualTo(TaskStatus.Reason.REASON_RECONCILIATION);
        assertThat(dropped.hasUuid()).isTrue();
    }

    @Test
    void dropsALaunchOnAnAgentThatDisconnectedMeanwhile() {
        Conversation framework = mesos.subscribe(modern("web"));
        Offer offer = framework.expectOffer();
        mesos.cluster().disconnect(agent);

        launch(framework, offer, "pod", "t");

        assertThat(framework.expect("t", TaskState.TASK_DROPPED).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_INVALID_OFFERS);
    }

    @Test
    void givesUpTasksOfAnAgentThatIsMarkedGone() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        framework.skip();

        mesos.cluster().markGone(agent);

        TaskStatus gone = framework.expect("t", TaskState.TASK_GONE_BY_OPERATOR);
        assertThat(gone.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REMOVED_BY_OPERATOR);
        assertThat(gone.getMessage()).isEqualTo("Agent has been marked gone");
        assertThat(gone.hasUnreachableTime()).isFalse();
        assertThat(framework.events().stream()
                        .skip(framework.events().size() - 3L)
                        .map(Event::getType))
                .containsExactly(Event.Type.UPDATE, Event.Type.RESCIND, Event.Type.FAILURE);
        framework.send(reconcile("t", agent));
        assertThat(framework.expect("t", TaskState.TASK_GONE_BY_OPERATOR).getMessage())
                .isEqualTo("Reconciliation: Task is gone");
        mesos.advance(Duration.ofMinutes(1));
        assertThat(mesos.containers().running()).isEmpty();
    }

    @Test
    void losesTasksOfAnAgentThatLeavesWhateverTheFrameworkKnows() {
        Conversation framework = withRunningTask(mesos.subscribe(modern("web")));
        framework.skip();

        mesos.cluster().unregister(agent);

        TaskStatus lost = framework.expect("t", TaskState.TASK_LOST);
        assertThat(lost.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_REMOVED);
        assertThat(lost.getMessage()).isEqualTo("Agent one removed: the agent unregistered");
        framework.expect(Event.Type.RESCIND);
        framework.expect(Event.Type.FAILURE);
        framework.send(reconcile("t", agent));
        framework.expect("t", TaskState.TASK_UNKNOWN);
        assertThat(mesos.cluster().agents()).isEmpty();
    }

    @Test
    void failsAllTasksOfAnExecutorThatIsKilled() {
        Conversation framework = mesos.subscribe(modern("web"));
        launch(framework, framework.expectOffer(), "pod", "a", "b");

        mesos.cluster()
                .killExecutor(
                        agent,
                        framework.framework(),
                        Pods.executor(Offer.getDefaultInstance(), "pod").getExecutorId());

        assertThat(framework.expect(Event.Type.FAILURE).getFailure().getStatus())
                .isEqualTo(9);
        for (String task : List.of("a", "b")) {
            TaskStatus failed = framework.expect(task, TaskState.TASK_FAILED);
            assertThat(failed.getSource()).isEqualTo(TaskStatus.Source.SOURCE_AGENT);
            assertThat(failed.getReason()).isEqualTo(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED);
            assertThat(failed.getMessage()).isEqualTo("Executor terminated");
            assertThat(failed.hasUuid()).isTrue();
        }
        assertThat(mesos.containers().running()).isEmpty();
    }
}
