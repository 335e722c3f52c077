package io.muster.mesos.matching;

import java.util.List;
import java.util.Set;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Labels;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;

/** Which resources of an offer may be used, and by whom. */
final class OfferedResource {

    /** What is reserved for one instance with persistent volumes, by Marathon or by Muster, has these labels. */
    private static final Set<String> MARKS = Set.of(ReservedShare.FRAMEWORK, ReservedShare.INSTANCE);

    private OfferedResource() {}

    /** Whether any pod may use it: no volume, no special disk, neither shared nor revocable, not kept for someone. */
    static boolean isPlain(Resource resource) {
        boolean specialDisk = resource.hasDisk()
                && (resource.getDisk().hasPersistence() || resource.getDisk().hasSource());
        return !specialDisk && isNobodys(resource);
    }

    /** Neither shared nor revocable, nor kept for someone. */
    static boolean isNobodys(Resource resource) {
        return !resource.hasShared()
                && !resource.hasRevocable()
                && !isMarked(resource.getReservation().getLabels())
                && resource.getReservationsList().stream().noneMatch(reservation -> isMarked(reservation.getLabels()));
    }

    /**
     * Whether it is allocated to the role of its offer, or says nothing of it, as for frameworks of one role. The master
     * refuses a launch with resources that are allocated to different roles.
     */
    static boolean isAllocatedWith(Offer offer, Resource resource) {
        return !resource.hasAllocationInfo()
                || !offer.hasAllocationInfo()
                || resource.getAllocationInfo()
                        .getRole()
                        .equals(offer.getAllocationInfo().getRole());
    }

    /** The role it is reserved for, {@code *} for none, whichever of the two layouts the offer has. */
    @SuppressWarnings("deprecation") // the layout for frameworks without reservation refinement
    static String role(Resource resource) {
        List<Resource.ReservationInfo> refined = resource.getReservationsList();
        return refined.isEmpty() ? resource.getRole() : refined.getLast().getRole();
    }

    private static boolean isMarked(Labels labels) {
        return labels.getLabelsList().stream().map(Label::getKey).anyMatch(MARKS::contains);
    }
}
