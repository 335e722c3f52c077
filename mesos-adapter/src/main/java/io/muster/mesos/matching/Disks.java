package io.muster.mesos.matching;

import io.muster.pods.model.Constraint;
import io.muster.pods.model.Volume;
import io.muster.pods.model.Volume.DiskType;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo.Source;
import org.apache.mesos.v1.Protos.Value;

/**
 * The disks of an offer, besides the one of sandboxes, that persistent volumes can be made of: nobody's, and without a
 * volume. Changes while they are used up. The rules are Marathon's ({@code DiskResourceMatcher}).
 */
final class Disks {

    private final List<Disk> disks;

    private Disks(List<Disk> disks) {
        this.disks = disks;
    }

    static Disks of(List<Resource> offered) {
        return new Disks(offered.stream().filter(Disks::isDisk).map(Disk::new).toList());
    }

    private static boolean isDisk(Resource resource) {
        Source source = resource.getDisk().getSource();
        return resource.getName().equals("disk")
                && !resource.getDisk().hasPersistence()
                && (source.getType() == Source.Type.PATH || source.getType() == Source.Type.MOUNT)
                && OfferedResource.isNobodys(resource)
                && OfferedResource.role(resource).equals("*");
    }

    /** What is left of one. */
    private static final class Disk {

        private final Resource offered;
        private long left;

        Disk(Resource offered) {
            this.offered = offered;
            this.left = Thousandths.of(offered.getScalar().getValue());
        }

        /** Whether a volume fits; of a mounted disk it takes everything. */
        boolean fits(Volume.Persistent volume, long free) {
            Source source = offered.getDisk().getSource();
            boolean mounted = source.getType() == Source.Type.MOUNT;
            boolean large = volume.maxSize() != null && free > volume.maxSize() * Demand.MEBIBYTE;
            return mounted == (volume.type() == DiskType.MOUNT)
                    && free > 0
                    && free >= volume.size() * Demand.MEBIBYTE
                    && !(mounted && large)
                    && Objects.equals(volume.profileName(), source.hasProfile() ? source.getProfile() : null)
                    && volume.constraints().stream().allMatch(constraint -> isAt(constraint, source));
        }

        private static boolean isAt(Constraint path, Source source) {
            return Rule.of(path)
                    .admits(
                            source.hasMount()
                                    ? source.getMount().getRoot()
                                    : source.getPath().getRoot());
        }

        long taken(Volume.Persistent volume, long free) {
            return volume.type() == DiskType.MOUNT ? free : volume.size() * Demand.MEBIBYTE;
        }

        Resource take(long amount) {
            left -= amount;
            return offered.toBuilder()
                    .setScalar(Value.Scalar.newBuilder().setValue(Thousandths.toDouble(amount)))
                    .build();
        }
    }

    /**
     * Finds a disk for each volume, the smallest that fits.
     *
     * @param volumes the largest first
     * @return the first volume that there is none for; empty if all have one
     */
    Optional<Volume.Persistent> missing(List<Volume.Persistent> volumes) {
        Map<String, Disk> chosen = choose(volumes);
        return volumes.stream()
                .filter(volume -> !chosen.containsKey(volume.name()))
                .findFirst();
    }

    /** Uses up what {@link #missing} found, by the names of the volumes. */
    Map<String, Resource> take(List<Volume.Persistent> volumes) {
        Map<String, Disk> chosen = choose(volumes);
        Map<String, Resource> taken = new LinkedHashMap<>();
        for (Volume.Persistent volume : volumes) {
            Disk disk = Objects.requireNonNull(chosen.get(volume.name()));
            taken.put(volume.name(), disk.take(disk.taken(volume, disk.left)));
        }
        return taken;
    }

    private Map<String, Disk> choose(List<Volume.Persistent> volumes) {
        Map<Disk, Long> free = new LinkedHashMap<>();
        disks.forEach(disk -> free.put(disk, disk.left));
        Map<String, Disk> chosen = new LinkedHashMap<>();
        for (Volume.Persistent volume : volumes) {
            free.entrySet().stream()
                    .filter(entry -> entry.getKey().fits(volume, entry.getValue()))
                    .min(Comparator.comparingLong(Map.Entry::getValue))
                    .ifPresent(entry -> {
                        Disk disk = entry.getKey();
                        entry.setValue(entry.getValue() - disk.taken(volume, entry.getValue()));
                        chosen.put(volume.name(), disk);
                    });
        }
        return chosen;
    }
}
