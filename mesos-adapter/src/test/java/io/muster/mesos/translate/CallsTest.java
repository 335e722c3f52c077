package io.muster.mesos.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("f-1").build();
    private static final TaskId TASK = new TaskId("web.instance-1.c");

    @Test
    void namesTheFrameworkTwiceOrNeverWhenSubscribing() {
        FrameworkInfo unknown =
                FrameworkInfo.newBuilder().setUser("u").setName("n").build();
        FrameworkInfo known = unknown.toBuilder().setId(FRAMEWORK).build();

        assertThat(Calls.subscribe(unknown).hasFrameworkId()).isFalse();
        assertThat(Calls.subscribe(known).getFrameworkId()).isEqualTo(FRAMEWORK);
        assertThat(Calls.subscribe(known).getSubscribe().getFrameworkInfo()).isEqualTo(known);
    }

    @Test
    void leavesNoFilterOnWhatAnAcceptedOfferStillHolds() {
        Call.Accept accept = Calls.accept(FRAMEWORK, "o-1", List.of()).getAccept();

        assertThat(accept.getFilters().hasRefuseSeconds()).isTrue();
        assertThat(accept.getFilters().getRefuseSeconds()).isZero();
    }

    @Test
    void declinesWithTheGivenTimeOrWithThatOfMesos() {
        Call.Decline forLong = Calls.decline(FRAMEWORK, List.of("o-1", "o-2"), Optional.of(Duration.ofMinutes(2)))
                .getDecline();
        Call.Decline asMesosLikes =
                Calls.decline(FRAMEWORK, List.of("o-1"), Optional.empty()).getDecline();

        assertThat(forLong.getOfferIdsList()).extracting("value").containsExactly("o-1", "o-2");
        assertThat(forLong.getFilters().getRefuseSeconds()).isEqualTo(120.0);
        assertThat(asMesosLikes.hasFilters()).isFalse();
    }

    @Test
    void acceptsInverseOffersAndAsksForNoReminderForAWhile() {
        Call call = Calls.acceptInverseOffers(FRAMEWORK, List.of("i-1", "i-2"), Duration.ofMinutes(2));

        assertThat(call.getType()).isEqualTo(Call.Type.ACCEPT_INVERSE_OFFERS);
        assertThat(call.getAcceptInverseOffers().getInverseOfferIdsList())
                .extracting("value")
                .containsExactly("i-1", "i-2");
        assertThat(call.getAcceptInverseOffers().getFilters().getRefuseSeconds())
                .isEqualTo(120.0);
    }

    @Test
    void killsWithTheAgentWhenItIsKnown() {
        Call.Kill anywhere =
                Calls.kill(FRAMEWORK, new KillOrder(TASK, Optional.empty())).getKill();
        Call.Kill there =
                Calls.kill(FRAMEWORK, new KillOrder(TASK, Optional.of("a-1"))).getKill();

        assertThat(anywhere.hasAgentId()).isFalse();
        assertThat(there.getAgentId().getValue()).isEqualTo("a-1");
        assertThat(there.getTaskId().getValue()).isEqualTo(TASK.text());
    }

    @Test
    void acknowledgesWithTheBytesOfTheUuid() {
        Call.Acknowledge acknowledge = Calls.acknowledge(
                        FRAMEWORK, new Receipt("a-1", TASK, "AAECAwQFBgcICQoLDA0ODw=="))
                .getAcknowledge();

        assertThat(acknowledge.getUuid().toByteArray())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        assertThatThrownBy(() -> Calls.acknowledge(FRAMEWORK, new Receipt("a-1", TASK, "no base64!")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reconcilesNamedTasksOrAll() {
        Call.Reconcile some = Calls.reconcile(
                        FRAMEWORK,
                        List.of(
                                new KnownTask(TASK, Optional.of("a-1")),
                                new KnownTask(new TaskId("other"), Optional.empty())))
                .getReconcile();
        Call all = Calls.reconcile(FRAMEWORK, List.of());

        assertThat(some.getTasks(0).getAgentId().getValue()).isEqualTo("a-1");
        assertThat(some.getTasks(1).hasAgentId()).isFalse();
        assertThat(all.hasReconcile()).isTrue();
        assertThat(all.getReconcile().getTasksCount()).isZero();
    }
}
