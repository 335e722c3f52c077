package io.muster.mesos.translate;

import com.google.protobuf.ByteString;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.StatusReport.Receipt;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** Writes the calls of a scheduler. */
public final class Calls {

    private Calls() {}

    /** Subscribes; a framework that has an id puts it into both places where Mesos compares it. */
    public static Call subscribe(FrameworkInfo framework) {
        Call.Builder call = Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(framework));
        if (framework.hasId()) {
            call.setFrameworkId(framework.getId());
        }
        return call.build();
    }

    /** Uses one offer; what is left of it may be offered again at once. */
    public static Call accept(FrameworkID framework, String offerId, List<Offer.Operation> operations) {
        return of(framework, Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder()
                        .addOfferIds(OfferID.newBuilder().setValue(offerId))
                        .addAllOperations(operations)
                        .setFilters(filters(Duration.ZERO)))
                .build();
    }

    /**
     * Gives offers back.
     *
     * @param refuse how long the same resources are not to be offered again; empty leaves it to Mesos (5 s)
     */
    public static Call decline(FrameworkID framework, List<String> offerIds, Optional<Duration> refuse) {
        Call.Decline.Builder decline = Call.Decline.newBuilder();
        offerIds.forEach(id -> decline.addOfferIds(OfferID.newBuilder().setValue(id)));
        refuse.map(Calls::filters).ifPresent(decline::setFilters);
        return of(framework, Call.Type.DECLINE).setDecline(decline).build();
    }

    /**
     * Says that the maintenance which these announce is known.
     *
     * @param refuse how long it is not to be announced again
     */
    public static Call acceptInverseOffers(FrameworkID framework, List<String> inverseOfferIds, Duration refuse) {
        Call.AcceptInverseOffers.Builder accept =
                Call.AcceptInverseOffers.newBuilder().setFilters(filters(refuse));
        inverseOfferIds.forEach(
                id -> accept.addInverseOfferIds(OfferID.newBuilder().setValue(id)));
        return of(framework, Call.Type.ACCEPT_INVERSE_OFFERS)
                .setAcceptInverseOffers(accept)
                .build();
    }

    public static Call revive(FrameworkID framework) {
        return of(framework, Call.Type.REVIVE).build();
    }

    public static Call suppress(FrameworkID framework) {
        return of(framework, Call.Type.SUPPRESS).build();
    }

    public static Call kill(FrameworkID framework, KillOrder order) {
        Call.Kill.Builder kill =
                Call.Kill.newBuilder().setTaskId(task(order.task().text()));
        order.agentId().map(Calls::agent).ifPresent(kill::setAgentId);
        return of(framework, Call.Type.KILL).setKill(kill).build();
    }

    /**
     * Confirms one update.
     *
     * @throws IllegalArgumentException if the uuid is not base64
     */
    public static Call acknowledge(FrameworkID framework, Receipt receipt) {
        return of(framework, Call.Type.ACKNOWLEDGE)
                .setAcknowledge(Call.Acknowledge.newBuilder()
                        .setAgentId(agent(receipt.agentId()))
                        .setTaskId(task(receipt.task().text()))
                        .setUuid(ByteString.copyFrom(Base64.getDecoder().decode(receipt.uuid()))))
                .build();
    }

    /** Asks for the state of these tasks; with none of them, for all that the master knows. */
    public static Call reconcile(FrameworkID framework, List<KnownTask> tasks) {
        Call.Reconcile.Builder reconcile = Call.Reconcile.newBuilder();
        for (KnownTask known : tasks) {
            Call.Reconcile.Task.Builder task =
                    Call.Reconcile.Task.newBuilder().setTaskId(task(known.task().text()));
            known.agentId().map(Calls::agent).ifPresent(task::setAgentId);
            reconcile.addTasks(task);
        }
        return of(framework, Call.Type.RECONCILE).setReconcile(reconcile).build();
    }

    private static Call.Builder of(FrameworkID framework, Call.Type type) {
        return Call.newBuilder().setFrameworkId(framework).setType(type);
    }

    private static Filters filters(Duration refuse) {
        return Filters.newBuilder().setRefuseSeconds(refuse.toMillis() / 1000.0).build();
    }

    private static TaskID task(String id) {
        return TaskID.newBuilder().setValue(id).build();
    }

    private static AgentID agent(String id) {
        return AgentID.newBuilder().setValue(id).build();
    }
}
