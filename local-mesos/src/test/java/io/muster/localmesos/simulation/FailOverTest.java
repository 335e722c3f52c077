package io.muster.localmesos.simulation;

import static io.muster.localmesos.simulation.Groups.call;
import static io.muster.localmesos.simulation.Groups.launch;
import static io.muster.localmesos.simulation.Groups.modern;
import static io.muster.localmesos.simulation.Groups.reconcile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.master.Answer;
import io.muster.localmesos.master.Calls;
import io.muster.localmesos.simulation.SimulatedMesos.CallRefusedException;
import java.time.Duration;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailOverTest {
    private static final Duration RECOVERY = Duration.ofSeconds(5);
    private static final Duration RETURN = Duration.ofSeconds(20);

    private final SimulatedMesos mesos = SimulatedMesos.with(AgentSpec.of("one", 4, 4096, 8192));
    private final AgentID agent = mesos.cluster().agents().getFirst();
    private final Conversation framework = mesos.subscribe(modern("web"));
    private FrameworkInfo known = FrameworkInfo.getDefaultInstance();

    @BeforeEach
    void launchATask() {
        launch(framework, framework.expectOffer(), "pod", "t");
        framework.expect("t", TaskState.TASK_RUNNING);
        known = modern("web").toBuilder().setId(framework.framework()).build();
        framework.skip();
    }

    private void failOverAndSubscribe() {
        mesos.cluster().failOver(RECOVERY, RETURN);
        mesos.advance(RECOVERY);
        framework.connect(Calls.subscribe(known));
    }

    @Test
    void breaksStreamsOffAndServesNobodyUntilItHasRecovered() {
        mesos.cluster().failOver(RECOVERY, RETURN);

        assertThat(framework.isConnected()).isFalse();
        assertThatThrownBy(() -> framework.connect(Calls.subscribe(known)))
                .isInstanceOf(CallRefusedException.class)
                .hasMessage("503: Master has not finished recovery");
        mesos.advance(RECOVERY);
        framework.connect(Calls.subscribe(known));
        assertThat(framework.expect(Event.Type.SUBSCRIBED).getSubscribed().getFrameworkId())
                .isEqualTo(known.getId());
    }

    @Test
    void refusesCallsOfFrameworksThatHaveNotSubscribedAgain() {
        mesos.cluster().failOver(Duration.ZERO, RETURN);

        assertThat(framework.send(call(Call.Type.REVIVE)))
                .isEqualTo(new Answer.Refused(400, "Framework cannot be found"));
        mesos.advance(RETURN);
        assertThat(framework.send(call(Call.Type.REVIVE)))
                .as("an agent has told of it")
                .isEqualTo(new Answer.Refused(403, "Framework is not subscribed"));
    }

    @Test
    void answersNothingForTasksOfAgentsThatMayYetReturn() {
        failOverAndSubscribe();

        framework.send(reconcile("t", agent));
        framework.send(reconcile("other"));
        framework.expectNo(Event.Type.UPDATE);
        mesos.advance(RETURN);
        framework.send(reconcile("t", agent));

        assertThat(framework.expect("t", TaskState.TASK_RUNNING).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_RECONCILIATION);
    }

    @Test
    void offersWhatIsFreeOnAgentsThatReturn() {
        failOverAndSubscribe();
        framework.expectNo(Event.Type.OFFERS);

        mesos.advance(RETURN);

        assertThat(framework.expectOffer().getResourcesList())
                .filteredOn(resource -> resource.getName().equals("cpus"))
                .extracting(resource -> resource.getScalar().getValue())
                .containsExactly(3.8);
    }

    @Test
    void deliversUpdatesOfTheTimeWithoutAMaster() {
        mesos.cluster().failOver(RECOVERY, RETURN);
        mesos.containers().exit("t", 0);
        mesos.advance(RECOVERY);
        framework.connect(Calls.subscribe(known));
        framework.expectNo(Event.Type.UPDATE);

        mesos.advance(RETURN);

        assertThat(framework.expect("t", TaskState.TASK_FINISHED).hasUuid()).isTrue();
    }

    @Test
    void givesUpAgentsThatDoNotReturn() {
        mesos.cluster().partition(agent);
        failOverAndSubscribe();

        mesos.advance(Duration.ofSeconds(75));
        framework.expectNo(Event.Type.UPDATE);
        framework.send(reconcile("t", agent));

        assertThat(framework.expect("t", TaskState.TASK_UNREACHABLE).hasUnreachableTime())
                .isTrue();
    }

    @Test
    void neverSeesAnAgentThatLeftBeforeItCame() {
        failOverAndSubscribe();
        mesos.cluster().unregister(agent);

        mesos.advance(RETURN.multipliedBy(2));

        framework.expectNo(Event.Type.OFFERS);
    }

    @Test
    void forgetsTheTimeAfterWhichAFrameworkIsRemoved() {
        mesos.cluster().failOver(Duration.ZERO, RETURN);

        mesos.advance(Duration.ofDays(30));
        framework.connect(Calls.subscribe(known));

        framework.expect(Event.Type.SUBSCRIBED);
        assertThat(mesos.containers().running()).hasSize(1);
    }

    @Test
    void removesAFrameworkThatStaysAwayForTooLong() {
        framework.close();

        mesos.advance(Duration.ofDays(1).minusSeconds(1));
        assertThat(mesos.containers().running()).hasSize(1);
        mesos.advance(Duration.ofSeconds(1));

        assertThat(mesos.containers().running()).isEmpty();
        framework.connect(Calls.subscribe(known));
        assertThat(framework.expect(Event.Type.ERROR).getError().getMessage()).isEqualTo("Framework has been removed");
    }

    @Test
    void tellsTheOlderOfTwoStreamsThatItFailedOver() {
        Conversation younger = mesos.subscribe(known);

        assertThat(framework.expect(Event.Type.ERROR).getError().getMessage()).isEqualTo("Framework failed over");
        assertThat(framework.send(call(Call.Type.REVIVE))).isInstanceOf(Answer.Refused.class);
        assertThat(younger.send(call(Call.Type.REVIVE))).isEqualTo(new Answer.Accepted());
    }

    @Test
    void endsEverythingOnTeardown() {
        framework.send(call(Call.Type.TEARDOWN));
        mesos.advance(Duration.ofSeconds(5));

        assertThat(framework.isConnected()).isFalse();
        assertThat(mesos.containers().running()).isEmpty();
        assertThat(mesos.containers().signals()).containsExactly("t TERM");
        framework.connect(Calls.subscribe(known));
        framework.expect(Event.Type.ERROR);
    }
}
