package io.muster.localmesos.resources;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;

/**
 * What makes two amounts of a resource interchangeable: the name, for whom it is reserved, and which disk it is.
 *
 * @param reservations from the outermost to the innermost; empty for anybody's
 * @param disk set for a persistent volume or a disk of its own
 */
public record Pool(String name, List<ReservationInfo> reservations, Optional<DiskInfo> disk)
        implements Comparable<Pool> {
    private static final List<String> FIRST = List.of("cpus", "mem", "disk", "gpus");

    private static final Comparator<Pool> ORDER = Comparator.comparing((Pool pool) -> pool.reservations.isEmpty())
            .thenComparingInt(Pool::rank)
            .thenComparing(Pool::name)
            .thenComparing(Pool::toString);

    public Pool {
        reservations = List.copyOf(reservations);
    }

    /** The order in which an agent lists what it has: reserved first, each in the order cpus, mem, disk, others. */
    @Override
    public int compareTo(Pool other) {
        return equals(other) ? 0 : ORDER.compare(this, other);
    }

    /** Resources of this name that anybody may use. */
    static Pool unreserved(String name) {
        return new Pool(name, List.of(), Optional.empty());
    }

    /** The pool a resource comes from, in whichever of the two layouts it is written. */
    static Pool of(Resource resource) {
        return new Pool(
                resource.getName(),
                reservations(resource),
                resource.hasDisk() ? Optional.of(resource.getDisk()) : Optional.empty());
    }

    @SuppressWarnings("deprecation")
    private static List<ReservationInfo> reservations(Resource resource) {
        if (resource.getReservationsCount() > 0) {
            return resource.getReservationsList();
        }
        String role = resource.getRole();
        if (role.equals("*") || role.isEmpty()) {
            return List.of();
        }
        ReservationInfo.Builder reservation =
                resource.hasReservation() ? resource.getReservation().toBuilder() : ReservationInfo.newBuilder();
        return List.of(reservation
                .setType(resource.hasReservation() ? ReservationInfo.Type.DYNAMIC : ReservationInfo.Type.STATIC)
                .setRole(role)
                .build());
    }

    private int rank() {
        int known = FIRST.indexOf(name);
        return known < 0 ? FIRST.size() : known;
    }

    /** The role for which this is reserved; {@code *} if for none. */
    String role() {
        return reservations.isEmpty() ? "*" : reservations.getLast().getRole();
    }

    boolean isVolume() {
        return disk.filter(DiskInfo::hasPersistence).isPresent();
    }

    /** Whether a framework of this role may be offered it: a role may use what its ancestors have reserved. */
    boolean isAllocatableTo(String role) {
        return reservations.isEmpty() || role.equals(role()) || role.startsWith(role() + "/");
    }

    /** The pool that a reservation would take from, or that its end gives back to. */
    Pool withoutInnermostReservation() {
        return new Pool(name, reservations.subList(0, reservations.size() - 1), disk);
    }

    /** Whether a framework has reserved it. */
    boolean isDynamic() {
        return reservations.stream().anyMatch(reservation -> reservation.getType() == ReservationInfo.Type.DYNAMIC);
    }

    /** The pool from which frameworks have reserved this. */
    Pool withoutDynamicReservations() {
        return new Pool(
                name,
                reservations.stream()
                        .filter(reservation -> reservation.getType() != ReservationInfo.Type.DYNAMIC)
                        .toList(),
                isVolume() ? withoutVolume().disk() : disk);
    }

    /** The pool that a volume is made of. */
    Pool withoutVolume() {
        Optional<DiskInfo> source = disk.filter(DiskInfo::hasSource)
                .map(info -> DiskInfo.newBuilder().setSource(info.getSource()).build());
        return new Pool(name, reservations, source);
    }

    /** Written in the layout that a framework understands; without an amount. */
    @SuppressWarnings("deprecation")
    Resource.Builder toProto(Layout layout) {
        var resource = Resource.newBuilder().setName(name);
        disk.ifPresent(resource::setDisk);
        switch (layout) {
            case REFINED -> resource.addAllReservations(reservations);
            case SINGLE_ROLE -> {
                resource.setRole(role());
                if (!reservations.isEmpty() && reservations.getLast().getType() == ReservationInfo.Type.DYNAMIC) {
                    resource.setReservation(
                            reservations.getLast().toBuilder().clearType().clearRole());
                }
            }
        }
        return resource;
    }

    /** How reservations are written: as Mesos does with or without the capability RESERVATION_REFINEMENT. */
    public enum Layout {
        REFINED,
        SINGLE_ROLE
    }

    /** As Mesos writes it in messages, after the name: {@code (reservations: [(DYNAMIC,web,p)])[vol:data]}. */
    String description() {
        String reserved = reservations.isEmpty()
                ? ""
                : reservations.stream()
                        .map(r -> "(" + r.getType() + "," + r.getRole()
                                + (r.hasPrincipal() ? "," + r.getPrincipal() : "") + ")")
                        .collect(Collectors.joining(",", "(reservations: [", "])"));
        String volume = disk.filter(DiskInfo::hasPersistence)
                .map(info -> "[" + info.getPersistence().getId() + ":"
                        + info.getVolume().getContainerPath() + "]")
                .orElse("");
        return reserved + volume;
    }
}
