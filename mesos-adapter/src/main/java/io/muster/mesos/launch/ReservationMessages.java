package io.muster.mesos.launch;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.matching.Allocation;
import io.muster.mesos.matching.ReservedShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.Volume;

/**
 * Builds what makes and ends reservations with their volumes, as Marathon 1.7 does ({@code ReserveOfferFactory} and
 * {@code UnreserveAndDestroyVolumes}), in the layout for frameworks of one role.
 *
 * @param role that reservations are made for; never {@code *}
 */
public record ReservationMessages(String role, String principal) {

    /** Reserves all that was found for an instance, and makes its volumes. In this order they go into one call. */
    public List<Operation> reserve(Placement placement, Allocation allocation, FrameworkID framework) {
        InstanceId instance = placement.request().instance();
        ReservationInfo reservation = ReservationInfo.newBuilder()
                .setPrincipal(principal)
                // Always in the same order, whichever process builds it.
                .setLabels(LabelMessages.of(new TreeMap<>(Map.of(
                        ReservedShare.FRAMEWORK, framework.getValue(), ReservedShare.INSTANCE, instance.text()))))
                .build();
        List<Resource> reserved = new ArrayList<>();
        allocation.executor().forEach(resource -> reserved.add(reserved(resource, reservation)));
        List<Resource> volumes = new ArrayList<>();
        // In the order of the definition.
        placement.request().pod().definition().volumes().forEach(volume -> {
            Resource disk = allocation.volumes().get(volume.name());
            if (disk != null) {
                Resource kept = reserved(disk, reservation);
                reserved.add(kept);
                volumes.add(volume(kept, instance.persistenceId(volume.name()), volume.name()));
            }
        });
        return List.of(
                Operation.newBuilder()
                        .setType(Operation.Type.RESERVE)
                        .setReserve(Operation.Reserve.newBuilder().addAllResources(reserved))
                        .build(),
                Operation.newBuilder()
                        .setType(Operation.Type.CREATE)
                        .setCreate(Operation.Create.newBuilder().addAllVolumes(volumes))
                        .build());
    }

    @SuppressWarnings("deprecation") // the layout for frameworks without reservation refinement
    private Resource reserved(Resource offered, ReservationInfo reservation) {
        return offered.toBuilder().setRole(role).setReservation(reservation).build();
    }

    private Resource volume(Resource disk, String id, String name) {
        DiskInfo.Builder info = disk.getDisk().toBuilder()
                .setPersistence(DiskInfo.Persistence.newBuilder().setId(id).setPrincipal(principal))
                .setVolume(Volume.newBuilder().setContainerPath(name).setMode(Volume.Mode.RW));
        return disk.toBuilder().setDisk(info).build();
    }

    /** Destroys the volumes that an offer shows of a reservation, and ends the reservation; nothing if it shows none. */
    public static List<Operation> release(Offer offer, InstanceId reservation) {
        return ReservedShare.of(offer).stream()
                .filter(share -> share.id().equals(reservation))
                .flatMap(share -> release(share.resources()).stream())
                .toList();
    }

    private static List<Operation> release(List<Resource> resources) {
        List<Operation> operations = new ArrayList<>();
        List<Resource> volumes = resources.stream()
                .filter(resource -> resource.getDisk().hasPersistence())
                .toList();
        if (!volumes.isEmpty()) {
            operations.add(Operation.newBuilder()
                    .setType(Operation.Type.DESTROY)
                    .setDestroy(Operation.Destroy.newBuilder().addAllVolumes(volumes))
                    .build());
        }
        operations.add(Operation.newBuilder()
                .setType(Operation.Type.UNRESERVE)
                .setUnreserve(Operation.Unreserve.newBuilder()
                        .addAllResources(resources.stream()
                                .map(ReservationMessages::withoutVolume)
                                .toList()))
                .build());
        return operations;
    }

    /** What is left when the volume is destroyed. */
    private static Resource withoutVolume(Resource resource) {
        if (!resource.getDisk().hasPersistence()) {
            return resource;
        }
        DiskInfo.Builder disk =
                resource.getDisk().toBuilder().clearPersistence().clearVolume();
        return disk.hasSource()
                ? resource.toBuilder().setDisk(disk).build()
                : resource.toBuilder().clearDisk().build();
    }
}
