package io.muster.mesos.matching;

import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Resources;
import io.muster.pods.model.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one instance of a pod asks of an agent.
 *
 * @param containers by container name, in declaration order
 * @param volumes how much disk those need that are to be reserved on the disk of sandboxes, by name, the largest first; in
 *     thousandths
 */
record Demand(Whole whole, Amounts executor, Map<String, Amounts> containers, Map<String, Long> volumes) {

    /** In the unit of amounts. */
    static final long MEBIBYTE = 1000;

    /** What is to be reserved: all in one, from what is nobody's, since what is reserved already cannot be once more. */
    static Demand toReserve(PodDefinition pod, MatchSettings settings) {
        Demand launched = of(pod, settings);
        Map<String, Long> volumes = new LinkedHashMap<>();
        List<Volume.Persistent> disks = new ArrayList<>();
        pod.volumes().stream()
                .flatMap(volume -> volume instanceof Volume.Persistent disk ? Stream.of(disk) : Stream.empty())
                .sorted(Comparator.comparingInt(Volume.Persistent::size).reversed())
                .forEach(volume -> {
                    if (volume.type() == Volume.DiskType.ROOT) {
                        volumes.put(volume.name(), volume.size() * MEBIBYTE);
                    } else {
                        disks.add(volume);
                    }
                });
        long disk = volumes.values().stream().mapToLong(size -> size).sum();
        Whole whole = launched.whole();
        return new Demand(
                new Whole(
                        Set.of("*"),
                        whole.total().plus(new Amounts(0, 0, disk, 0)),
                        whole.hostPorts(),
                        whole.sparesGpus(),
                        volumes.values().stream().findFirst().orElse(0L),
                        disks),
                whole.total(),
                Map.of(),
                volumes);
    }

    /** What is launched on what was reserved for these roles. */
    static Demand bound(PodDefinition pod, Set<String> roles) {
        return of(pod, roles, false);
    }

    static Demand of(PodDefinition pod, MatchSettings settings) {
        List<String> named = pod.scheduling().placement().acceptedResourceRoles();
        return of(
                pod,
                named.isEmpty() ? settings.defaultRoles() : Set.copyOf(named),
                settings.policy().gpuScheduling().of(pod) == GpuScheduling.RESTRICTED);
    }

    private static Demand of(PodDefinition pod, Set<String> roles, boolean gpusRestricted) {
        Amounts executor = Amounts.of(pod.executorResources());
        Map<String, Amounts> containers = new LinkedHashMap<>();
        Amounts total = executor;
        for (Container container : pod.containers()) {
            Amounts amounts = Amounts.of(container.resources());
            containers.put(container.name(), amounts);
            total = total.plus(amounts);
        }
        List<Integer> hostPorts = pod.containers().stream()
                .flatMap(container -> container.endpoints().stream())
                .map(Endpoint::hostPort)
                .filter(Objects::nonNull)
                .toList();
        return new Demand(
                new Whole(roles, total, hostPorts, total.gpus() == 0 && gpusRestricted, 0, List.of()),
                executor,
                containers,
                Map.of());
    }

    /**
     * What decides whether an offer is enough. Pods of which this is equal, and that have no constraints, suit the same
     * offers.
     *
     * @param roles whose resources it may use
     * @param total of the executor and all containers
     * @param hostPorts in declaration order over all containers; 0 asks for any
     * @param sparesGpus whether offers with GPUs are left to others
     * @param volume how much disk there must be in one piece, in thousandths
     * @param disks volumes on other disks than that of sandboxes, the largest first
     */
    record Whole(
            Set<String> roles,
            Amounts total,
            List<Integer> hostPorts,
            boolean sparesGpus,
            long volume,
            List<Volume.Persistent> disks) {}

    /** In thousandths. */
    record Amounts(long cpus, long mem, long disk, long gpus) {

        static Amounts of(Resources resources) {
            return new Amounts(
                    Thousandths.of(resources.cpus()),
                    Thousandths.of(resources.mem()),
                    Thousandths.of(resources.disk()),
                    resources.gpus() * 1000L);
        }

        static Amounts of(ExecutorResources resources) {
            return new Amounts(
                    Thousandths.of(resources.cpus()),
                    Thousandths.of(resources.mem()),
                    Thousandths.of(resources.disk()),
                    0);
        }

        Amounts plus(Amounts other) {
            return new Amounts(cpus + other.cpus, mem + other.mem, disk + other.disk, gpus + other.gpus);
        }

        long of(Scalar scalar) {
            return switch (scalar) {
                case CPUS -> cpus;
                case MEM -> mem;
                case DISK -> disk;
                case GPUS -> gpus;
            };
        }
    }
}
