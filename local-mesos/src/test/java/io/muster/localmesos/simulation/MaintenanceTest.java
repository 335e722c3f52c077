package io.muster.localmesos.simulation;

import static io.muster.localmesos.simulation.Groups.call;
import static io.muster.localmesos.simulation.Groups.launch;
import static io.muster.localmesos.simulation.Groups.modern;
import static io.muster.localmesos.simulation.Groups.reconcile;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.agent.Agent.Drain;
import io.muster.localmesos.cluster.AgentSpec;
import java.time.Duration;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Agents that operators take away for a while, or for good. */
class MaintenanceTest {
    private static final Unavailability SOON = Unavailability.newBuilder()
            .setStart(TimeInfo.newBuilder().setNanoseconds(1_800_000_000_000_000_000L))
            .setDuration(DurationInfo.newBuilder().setNanoseconds(60_000_000_000L))
            .build();

    private final SimulatedMesos mesos = SimulatedMesos.with(AgentSpec.of("one", 4, 4096, 8192));
    private final AgentID agent = mesos.cluster().agents().getFirst();
    private final Conversation framework = mesos.subscribe(modern("web"));

    private InverseOffer expectInverseOffer() {
        return framework.expect(Event.Type.INVERSE_OFFERS).getInverseOffers().getInverseOffers(0);
    }

    private void launchATask() {
        launch(framework, framework.expectOffer(), "pod", "t");
        framework.expect("t", TaskState.TASK_RUNNING);
        framework.skip();
    }

    @Test
    void saysInOffersWhenAnAgentWillBeUnavailable() {
        framework.expectOffer();

        mesos.cluster().plan(agent, Optional.of(SOON));
        framework.expect(Event.Type.RESCIND);
        assertThat(framework.expectOffer().getUnavailability()).isEqualTo(SOON);
        framework.expectNo(Event.Type.INVERSE_OFFERS);
        mesos.cluster().plan(agent, Optional.empty());
        framework.expect(Event.Type.RESCIND);

        assertThat(framework.expectOffer().hasUnavailability()).isFalse();
    }

    @Test
    void asksThoseWhoHaveSomethingThereAgainAndAgain() {
        launchATask();

        mesos.cluster().plan(agent, Optional.of(SOON));
        InverseOffer first = expectInverseOffer();
        mesos.advance(Duration.ofMinutes(1));
        framework.expectNo(Event.Type.INVERSE_OFFERS);
        framework.send(call(Call.Type.DECLINE_INVERSE_OFFERS)
                .setDeclineInverseOffers(Call.DeclineInverseOffers.newBuilder()
                        .addInverseOfferIds(first.getId())
                        .setFilters(Filters.newBuilder().setRefuseSeconds(10))));
        assertThat(mesos.cluster().master().orElseThrow().inverseAnswer(framework.framework(), agent))
                .contains(false);
        mesos.advance(Duration.ofSeconds(9));
        framework.expectNo(Event.Type.INVERSE_OFFERS);
        mesos.advance(Duration.ofSeconds(2));
        InverseOffer second = expectInverseOffer();
        framework.send(call(Call.Type.ACCEPT_INVERSE_OFFERS)
                .setAcceptInverseOffers(Call.AcceptInverseOffers.newBuilder().addInverseOfferIds(second.getId())));

        assertThat(first.getUnavailability()).isEqualTo(SOON);
        assertThat(first.getAgentId()).isEqualTo(agent);
        assertThat(first.getResourcesList()).isEmpty();
        assertThat(mesos.cluster().master().orElseThrow().inverseAnswer(framework.framework(), agent))
                .contains(true);
    }

    @Test
    void takesInverseOffersBackWhenTheAgentStays() {
        launchATask();
        mesos.cluster().plan(agent, Optional.of(SOON));
        InverseOffer asked = expectInverseOffer();

        mesos.cluster().plan(agent, Optional.empty());

        assertThat(framework
                        .expect(Event.Type.RESCIND_INVERSE_OFFER)
                        .getRescindInverseOffer()
                        .getInverseOfferId())
                .isEqualTo(asked.getId());
    }

    @Test
    void endsTasksOfAnAgentThatIsDrainedAndOffersItNoMore() {
        launchATask();

        mesos.cluster().drain(agent, new Drain(Optional.empty(), false));
        TaskStatus killing = framework.expect("t", TaskState.TASK_KILLING);
        TaskStatus killed = framework.expect("t", TaskState.TASK_KILLED);
        mesos.advance(Duration.ofMinutes(1));
        framework.expectNo(Event.Type.OFFERS);
        mesos.cluster().reactivate(agent);

        assertThat(killing.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_DRAINING);
        assertThat(killed.getReason()).isEqualTo(TaskStatus.Reason.REASON_AGENT_DRAINING);
        assertThat(killed.getSource()).isEqualTo(TaskStatus.Source.SOURCE_EXECUTOR);
        framework.expect(Event.Type.OFFERS);
    }

    @Test
    void removesADrainedAgentForGoodIfThatIsWanted() {
        launchATask();

        mesos.cluster().drain(agent, new Drain(Optional.of(Duration.ofSeconds(1)), true));
        mesos.advance(Duration.ofSeconds(1));

        assertThat(framework.expect("t", TaskState.TASK_GONE_BY_OPERATOR).getReason())
                .isEqualTo(TaskStatus.Reason.REASON_AGENT_DRAINING);
        framework.send(reconcile("t", agent));
        assertThat(framework.expect("t", TaskState.TASK_GONE_BY_OPERATOR).getMessage())
                .isEqualTo("Reconciliation: Task is gone");
    }
}
