package io.muster.localmesos.resources;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;

/**
 * What an operation turns resources into: a reservation or a volume where there was none, or back.
 *
 * @param consumed what is no longer there
 * @param converted what is there instead, of the same amounts
 */
public record Conversion(Resources consumed, Resources converted) {

    /** An operation that Mesos would refuse; the message is Mesos' where it is recorded. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * What the operation does to the available resources.
     *
     * @param role to which what is available is allocated
     * @throws RefusedException if it is none of RESERVE, UNRESERVE, CREATE and DESTROY, or cannot be done
     */
    public static Conversion of(Operation operation, Resources available, String role) throws RefusedException {
        try {
            Conversion conversion = switch (operation.getType()) {
                case RESERVE -> reserve(operation.getReserve().getResourcesList(), role);
                case UNRESERVE -> unreserve(operation.getUnreserve().getResourcesList());
                case CREATE -> create(operation.getCreate().getVolumesList());
                case DESTROY -> destroy(operation.getDestroy().getVolumesList());
                case LAUNCH, LAUNCH_GROUP, GROW_VOLUME, SHRINK_VOLUME, CREATE_DISK, DESTROY_DISK, UNKNOWN ->
                    throw new RefusedException("Local agents do not know the operation " + operation.getType());
            };
            if (!available.contains(conversion.consumed)) {
                throw new RefusedException("Invalid " + operation.getType() + " operation: " + conversion.consumed
                        + " is not contained in the offered " + available);
            }
            return conversion;
        } catch (IllegalArgumentException e) {
            throw new RefusedException("Invalid resources: " + e.getMessage());
        }
    }

    private static Conversion reserve(List<Resource> resources, String role) throws RefusedException {
        for (Resource resource : resources) {
            Pool pool = Pool.of(resource);
            Optional<ReservationInfo> innermost = innermost(pool);
            if (innermost.isEmpty() || innermost.get().getType() != ReservationInfo.Type.DYNAMIC) {
                throw new RefusedException("Resource " + pool.name() + " is not dynamically reserved");
            }
            if (pool.role().equals("*")) {
                throw new RefusedException("Resource " + pool.name() + " cannot be reserved for role '*'");
            }
            if (!pool.role().equals(role)) {
                throw new RefusedException("A reserve operation was attempted for a resource with role '" + pool.role()
                        + "', but the resource was allocated to role '" + role + "'");
            }
            if (pool.isVolume()) {
                throw new RefusedException("A persistent volume " + pool.name() + " must be reserved already");
            }
        }
        return converting(resources, Pool::withoutInnermostReservation, UnaryOperator.identity());
    }

    private static Conversion unreserve(List<Resource> resources) throws RefusedException {
        for (Resource resource : resources) {
            Pool pool = Pool.of(resource);
            Optional<ReservationInfo> innermost = innermost(pool);
            if (innermost.isEmpty() || innermost.get().getType() != ReservationInfo.Type.DYNAMIC) {
                throw new RefusedException("Resource " + pool.name() + " is not dynamically reserved");
            }
            if (pool.isVolume()) {
                throw new RefusedException("A dynamically reserved persistent volume " + pool.name()
                        + " cannot be unreserved directly. Please destroy the persistent volume first then unreserve"
                        + " the resource");
            }
        }
        return converting(resources, UnaryOperator.identity(), Pool::withoutInnermostReservation);
    }

    private static Conversion create(List<Resource> volumes) throws RefusedException {
        for (Resource volume : volumes) {
            Pool pool = requireVolume(volume);
            if (pool.reservations().isEmpty()) {
                throw new RefusedException("Persistent volumes cannot be created from unreserved resources");
            }
            if (volume.getDisk().getVolume().getContainerPath().isEmpty()) {
                throw new RefusedException("Expecting 'volume.container_path' to be set for the persistent volume");
            }
        }
        return converting(volumes, Pool::withoutVolume, UnaryOperator.identity());
    }

    private static Conversion destroy(List<Resource> volumes) throws RefusedException {
        for (Resource volume : volumes) {
            requireVolume(volume);
        }
        return converting(volumes, UnaryOperator.identity(), Pool::withoutVolume);
    }

    private static Pool requireVolume(Resource volume) throws RefusedException {
        Pool pool = Pool.of(volume);
        if (!pool.isVolume()) {
            throw new RefusedException("Resource " + pool.name() + " does not have DiskInfo with persistence");
        }
        return pool;
    }

    private static Optional<ReservationInfo> innermost(Pool pool) {
        return pool.reservations().isEmpty()
                ? Optional.empty()
                : Optional.of(pool.reservations().getLast());
    }

    private static Conversion converting(
            List<Resource> resources, UnaryOperator<Pool> before, UnaryOperator<Pool> after) {
        Resources asked = Resources.of(resources);
        return new Conversion(asked.mapPools(before), asked.mapPools(after));
    }
}
