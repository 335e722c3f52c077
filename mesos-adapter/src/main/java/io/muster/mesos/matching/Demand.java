package io.muster.mesos.matching;

import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one instance of a pod asks of an agent.
 *
 * @param containers by container name, in declaration order
 */
record Demand(Whole whole, Amounts executor, Map<String, Amounts> containers) {

    static Demand of(PodDefinition pod, MatchSettings settings) {
        List<String> named = pod.scheduling().placement().acceptedResourceRoles();
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
                new Whole(
                        named.isEmpty() ? settings.defaultRoles() : Set.copyOf(named),
                        total,
                        hostPorts,
                        total.gpus() == 0 && settings.policy().gpuScheduling().of(pod) == GpuScheduling.RESTRICTED),
                executor,
                containers);
    }

    /**
     * What decides whether an offer is enough. Pods of which this is equal, and that have no constraints, suit the same
     * offers.
     *
     * @param roles whose resources it may use
     * @param total of the executor and all containers
     * @param hostPorts in declaration order over all containers; 0 asks for any
     * @param sparesGpus whether offers with GPUs are left to others
     */
    record Whole(Set<String> roles, Amounts total, List<Integer> hostPorts, boolean sparesGpus) {}

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
