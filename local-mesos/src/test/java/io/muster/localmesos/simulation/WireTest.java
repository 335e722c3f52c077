package io.muster.localmesos.simulation;

import static io.muster.localmesos.simulation.Groups.call;
import static io.muster.localmesos.simulation.Groups.launch;
import static io.muster.localmesos.simulation.Groups.modern;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.master.Answer;
import java.time.Duration;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

class WireTest {
    private final SimulatedMesos mesos = SimulatedMesos.with(AgentSpec.of("one", 4, 4096, 8192));
    private final Conversation framework = mesos.subscribe(modern("web"));

    @Test
    void repeatsALostUpdateWithGrowingPauses() {
        mesos.cluster().wire().loseEvents(2, Event::hasUpdate);
        launch(framework, framework.expectOffer(), "pod", "t");
        framework.expectNo(Event.Type.UPDATE);

        mesos.advance(Duration.ofSeconds(10));
        framework.expectNo(Event.Type.UPDATE);
        mesos.advance(Duration.ofSeconds(20));

        assertThat(framework.states("t")).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void deliversUpdatesTwice() {
        mesos.cluster().wire().duplicateEvents(1, Event::hasUpdate);

        launch(framework, framework.expectOffer(), "pod", "t");

        TaskStatus first = framework.expect("t", TaskState.TASK_STARTING);
        assertThat(framework.expect("t", TaskState.TASK_STARTING)).isEqualTo(first);
    }

    @Test
    void letsEventsOvertakeADelayedOne() {
        mesos.cluster()
                .wire()
                .delayEvents(
                        1,
                        Duration.ofSeconds(3),
                        event -> event.getUpdate()
                                .getStatus()
                                .getTaskId()
                                .getValue()
                                .equals("a"));

        launch(framework, framework.expectOffer(), "pod", "a", "b");
        framework.expect("b", TaskState.TASK_RUNNING);
        assertThat(framework.states("a")).isEmpty();
        mesos.advance(Duration.ofSeconds(3));

        assertThat(framework.states("a")).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    }

    @Test
    void turnsTheOrderOfAnswersAround() {
        launch(framework, framework.expectOffer(), "pod", "a", "b");
        framework.skip();
        mesos.cluster().wire().reverseEvents(2, Event::hasUpdate);

        framework.send(call(Call.Type.RECONCILE).setReconcile(Call.Reconcile.getDefaultInstance()));

        assertThat(framework.events().stream()
                        .filter(Event::hasUpdate)
                        .map(event -> event.getUpdate().getStatus())
                        .filter(status -> status.getReason() == TaskStatus.Reason.REASON_RECONCILIATION)
                        .map(status -> status.getTaskId().getValue()))
                .containsExactly("b", "a");
    }

    @Test
    void losesACallThatWasAnsweredAsUsual() {
        Offer offer = framework.expectOffer();
        mesos.cluster().wire().loseCalls(1, Call.Type.ACCEPT);

        launch(framework, offer, "pod", "t");
        framework.expectNo(Event.Type.UPDATE);
        launch(framework, offer, "pod", "t");

        framework.expect("t", TaskState.TASK_RUNNING);
    }

    @Test
    void takesAnOfferBackBetweenMatchAndAccept() {
        Offer offer = framework.expectOffer();

        mesos.cluster().rescind(offer.getId());
        launch(framework, offer, "pod", "t");

        assertThat(framework.expect(Event.Type.RESCIND).getRescind().getOfferId())
                .isEqualTo(offer.getId());
        TaskStatus dropped = framework.expect("t", TaskState.TASK_DROPPED);
        assertThat(dropped.getReason()).isEqualTo(TaskStatus.Reason.REASON_INVALID_OFFERS);
    }

    @Test
    void endsAStreamWithAnErrorOfAnyText() {
        mesos.cluster().fail(framework.framework(), "Framework is not welcome");

        assertThat(framework.expect(Event.Type.ERROR).getError().getMessage()).isEqualTo("Framework is not welcome");
        assertThat(framework.isConnected()).isFalse();
        assertThat(framework.send(call(Call.Type.REVIVE)))
                .isEqualTo(new Answer.Refused(403, "Framework is not subscribed"));
    }

    @Test
    void cutsAStreamInTheMiddleOfAnEvent() {
        mesos.cluster().wire().tearEvent(Event::hasUpdate);

        launch(framework, framework.expectOffer(), "pod", "t");

        framework.expectNo(Event.Type.UPDATE);
        assertThat(framework.isConnected()).isFalse();
    }

    @Test
    void keepsHeartbeatsBack() {
        mesos.advance(Duration.ofSeconds(30));
        framework.expect(Event.Type.HEARTBEAT);
        framework.expect(Event.Type.HEARTBEAT);
        framework.expect(Event.Type.HEARTBEAT);
        mesos.cluster().wire().loseEvents(5, event -> event.getType() == Event.Type.HEARTBEAT);

        mesos.advance(Duration.ofSeconds(75));
        framework.expectNo(Event.Type.HEARTBEAT);
        mesos.advance(Duration.ofSeconds(15));

        framework.expect(Event.Type.HEARTBEAT);
    }

    @Test
    void breaksAStreamOffWithoutAWord() {
        mesos.cluster().cut(framework.framework());

        assertThat(framework.isConnected()).isFalse();
        framework.expectNo(Event.Type.ERROR);
        assertThat(framework.send(call(Call.Type.REVIVE)))
                .isEqualTo(new Answer.Refused(403, "Framework is not subscribed"));
    }

    @Test
    void repeatsWhatIsNotAcknowledgedAndHoldsTheNextUpdateBack() {
        framework.withoutAcknowledging();
        launch(framework, framework.expectOffer(), "pod", "t");

        mesos.advance(Duration.ofSeconds(10 + 20 + 40));
        TaskStatus starting = framework.expect("t", TaskState.TASK_STARTING);
        assertThat(framework.states("t")).hasSize(4).containsOnly(TaskState.TASK_STARTING);
        framework.acknowledge(starting);

        framework.expect("t", TaskState.TASK_RUNNING);
    }
}
