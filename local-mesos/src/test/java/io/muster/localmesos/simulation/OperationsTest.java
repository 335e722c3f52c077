package io.muster.localmesos.simulation;

import static io.muster.localmesos.cluster.AgentSpec.scalar;
import static io.muster.localmesos.simulation.Groups.call;
import static io.muster.localmesos.simulation.Groups.modern;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.localmesos.Pods;
import io.muster.localmesos.cluster.AgentSpec;
import io.muster.localmesos.master.Calls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.OperationID;
import org.apache.mesos.v1.Protos.OperationState;
import org.apache.mesos.v1.Protos.OperationStatus;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.Volume;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.junit.jupiter.api.Test;

/** Reservations and volumes that frameworks make of what they are offered. */
class OperationsTest {
    private static final Resource DISK = dynamic("web", scalar("disk", 64));
    private static final Resource VOLUME = DISK.toBuilder()
            .setDisk(DiskInfo.newBuilder()
                    .setPersistence(
                            DiskInfo.Persistence.newBuilder().setId("v1").setPrincipal("p"))
                    .setVolume(Volume.newBuilder().setContainerPath("data").setMode(Volume.Mode.RW)))
            .build();

    private final SimulatedMesos mesos = SimulatedMesos.with(AgentSpec.of("one", 4, 4096, 8192));
    private final Conversation framework = mesos.subscribe(modern("web"));

    private static Resource dynamic(String role, Resource resource) {
        return resource.toBuilder()
                .addReservations(ReservationInfo.newBuilder()
                        .setType(ReservationInfo.Type.DYNAMIC)
                        .setRole(role)
                        .setPrincipal("p"))
                .build();
    }

    private static Operation reserve(Resource... resources) {
        return Operation.newBuilder()
                .setType(Operation.Type.RESERVE)
                .setReserve(Operation.Reserve.newBuilder().addAllResources(List.of(resources)))
                .build();
    }

    private static Operation unreserve(Resource... resources) {
        return Operation.newBuilder()
                .setType(Operation.Type.UNRESERVE)
                .setUnreserve(Operation.Unreserve.newBuilder().addAllResources(List.of(resources)))
                .build();
    }

    private static Operation create(Resource volume) {
        return Operation.newBuilder()
                .setType(Operation.Type.CREATE)
                .setCreate(Operation.Create.newBuilder().addVolumes(volume))
                .build();
    }

    private static Operation destroy(Resource volume) {
        return Operation.newBuilder()
                .setType(Operation.Type.DESTROY)
                .setDestroy(Operation.Destroy.newBuilder().addVolumes(volume))
                .build();
    }

    private static Operation identified(Operation operation, String id) {
        return operation.toBuilder()
                .setId(OperationID.newBuilder().setValue(id))
                .build();
    }

    private static List<Resource> reserved(Offer offer) {
        return offer.getResourcesList().stream()
                .filter(resource -> resource.getReservationsCount() > 0)
                .map(resource -> resource.toBuilder().clearAllocationInfo().build())
                .toList();
    }

    private OperationStatus expectOperation() {
        return framework
                .expect(Event.Type.UPDATE_OPERATION_STATUS)
                .getUpdateOperationStatus()
                .getStatus();
    }

    @Test
    void offersAReservationAgainUntilItIsUndone() {
        framework.send(Pods.accept(framework.expectOffer(), reserve(DISK)));
        Offer reserved = framework.expectOffer();
        framework.send(Pods.accept(reserved, unreserve(DISK)));

        assertThat(reserved(reserved)).containsExactly(DISK);
        assertThat(reserved(framework.expectOffer())).isEmpty();
    }

    @Test
    void makesAVolumeThatOutlivesTheTaskThatUsedIt() {
        Offer offer = framework.expectOffer();
        TaskInfo task = Groups.task("t")
                .addResources(VOLUME)
                .setAgentId(offer.getAgentId())
                .build();
        framework.send(Pods.accept(
                offer, reserve(DISK), create(VOLUME), Pods.launchGroup(Pods.executor(offer, "pod"), List.of(task))));
        framework.expect("t", TaskState.TASK_RUNNING);
        assertThat(reserved(framework.expectOffer())).as("the volume is in use").isEmpty();

        mesos.containers().exit("t", 0);
        Offer back = framework.expectOffer();
        framework.send(Pods.accept(back, destroy(VOLUME), unreserve(DISK)));
        mesos.advance(Duration.ofSeconds(2));

        assertThat(reserved(back)).containsExactly(VOLUME);
        assertThat(framework.events().stream()
                        .filter(Event::hasOffers)
                        .toList()
                        .getLast()
                        .getOffers()
                        .getOffersList())
                .allMatch(last -> reserved(last).isEmpty());
    }

    @Test
    void tellsOfOperationsThatHaveAnId() {
        framework.send(Pods.accept(framework.expectOffer(), identified(reserve(DISK), "op")));

        OperationStatus finished = expectOperation();
        assertThat(finished.getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        assertThat(finished.getUuid().getValue().size()).isEqualTo(16);
        assertThat(finished.hasAgentId()).isTrue();
        framework.send(reconcileOperation());
        assertThat(expectOperation().getState()).isEqualTo(OperationState.OPERATION_FINISHED);
        framework.send(call(Call.Type.ACKNOWLEDGE_OPERATION_STATUS)
                .setAcknowledgeOperationStatus(Call.AcknowledgeOperationStatus.newBuilder()
                        .setOperationId(finished.getOperationId())
                        .setUuid(finished.getUuid().getValue())));
        framework.send(reconcileOperation());
        assertThat(expectOperation().getState()).isEqualTo(OperationState.OPERATION_UNKNOWN);
    }

    private static Call.Builder reconcileOperation() {
        return call(Call.Type.RECONCILE_OPERATIONS)
                .setReconcileOperations(Call.ReconcileOperations.newBuilder()
                        .addOperations(Call.ReconcileOperations.Operation.newBuilder()
                                .setOperationId(OperationID.newBuilder().setValue("op"))));
    }

    @Test
    void refusesToReserveForAnotherRole() {
        framework.send(Pods.accept(
                framework.expectOffer(), identified(reserve(dynamic("other", scalar("cpus", 1))), "op")));

        OperationStatus refused = expectOperation();
        assertThat(refused.getState()).isEqualTo(OperationState.OPERATION_ERROR);
        assertThat(refused.getMessage())
                .startsWith("A reserve operation was attempted for a resource with role 'other', but the resource was"
                        + " allocated to role 'web'; on agent ");
        assertThat(refused.hasUuid()).isFalse();
        assertThat(reserved(framework.expectOffer())).isEmpty();
    }

    @Test
    void refusesToMakeMoreThanIsOffered() {
        Offer offer = framework.expectOffer();

        framework.send(Pods.accept(
                offer,
                identified(reserve(dynamic("web", scalar("cpus", 40))), "much"),
                identified(create(VOLUME), "unreserved"),
                identified(unreserve(DISK), "nothing")));

        for (int i = 0; i < 3; i++) {
            assertThat(expectOperation().getState()).isEqualTo(OperationState.OPERATION_ERROR);
        }
    }

    @Test
    void remembersReservationsThroughAFailOver() {
        framework.send(Pods.accept(framework.expectOffer(), reserve(DISK)));
        var known = modern("web").toBuilder().setId(framework.framework()).build();

        mesos.cluster().failOver(Duration.ZERO, Duration.ZERO);
        framework.skip();
        framework.connect(Calls.subscribe(known));

        assertThat(reserved(framework.expectOffer())).containsExactly(DISK);
        assertThat(Optional.of(framework.framework())).contains(known.getId());
    }
}
