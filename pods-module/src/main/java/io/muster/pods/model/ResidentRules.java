package io.muster.pods.model;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A resident pod, one with a persistent volume, is bound to what is reserved for it: an instance cannot run beside the
 * one it replaces, nor can what it asks for change.
 */
final class ResidentRules {

    /** The path of the first changed pod, which is the only one there is. */
    private static final String CHANGED = "/pod(0)";

    private ResidentRules() {}

    static boolean isResident(List<Volume> volumes) {
        return volumes.stream().anyMatch(Volume.Persistent.class::isInstance);
    }

    static void check(SubmittedPod pod, PodFeatures features, Violations found) {
        for (int n = 0; n < pod.volumes().size(); n++) {
            if (pod.volumes().get(n) instanceof Volume.Persistent volume) {
                check("/volumes(" + n + ")/persistent", volume, features, found);
            }
        }
        if (!isResident(pod.volumes())) {
            return;
        }
        checkOverCapacity("/upgrade/maximumOverCapacity", pod.scheduling(), found);
        found.addIf(
                !(pod.scheduling().unreachableStrategy() instanceof UnreachableStrategy.Disabled),
                "/",
                "unreachableStrategy must be disabled for pods with persistent volumes");
        Set<String> roles = Set.copyOf(pod.scheduling().placement().acceptedResourceRoles());
        found.addIf(
                !roles.isEmpty() && !roles.equals(Set.of("*")),
                "/scheduling/placement/acceptedResourceRoles",
                "A resident pod must have `acceptedResourceRoles = [\"*\"]`.");
    }

    private static void check(String path, Volume.Persistent volume, PodFeatures features, Violations found) {
        found.addIf(
                !features.persistentVolumes(),
                path,
                "This server does not offer persistent volumes: they are reserved for its role and principal, and "
                        + (features.role().equals("*") ? "muster.mesos.role" : "muster.mesos.principal")
                        + " is not set");
        found.addIf(
                volume.maxSize() != null && volume.type() != Volume.DiskType.MOUNT,
                path + "/maxSize",
                "is allowed for disks of type 'mount' only");
        for (int k = 0; k < volume.constraints().size(); k++) {
            String message = PlacementRules.refusal(volume.constraints().get(k));
            if (message != null) {
                found.add(path + "/constraints(" + k + ")", message);
            }
        }
    }

    /** Only the default role {@code *} cannot hold reservations. */
    static void checkRole(SubmittedPod pod, PodFeatures features, Violations found) {
        String role = Objects.requireNonNullElse(pod.role(), features.role());
        found.addIf(isResident(pod.volumes()) && role.equals("*"), "/role", "Resident pods cannot have the role *");
    }

    /** As Marathon writes the numbers of this rule. */
    private static void checkOverCapacity(String path, Scheduling scheduling, Violations found) {
        BigDecimal capacity = scheduling.upgrade().maximumOverCapacity();
        found.addIf(capacity.signum() != 0, path, "got " + capacity.doubleValue() + ", expected 0.0");
    }

    static void checkUpdate(PodDefinition before, PodDefinition after, Violations found) {
        if (!before.isResident() && !after.isResident()) {
            return;
        }
        found.addIf(!persistent(before).equals(persistent(after)), CHANGED, "persistent volumes cannot be updated");
        checkSums(before, after, found);
        found.addIf(
                !hostPorts(before).equals(hostPorts(after)),
                CHANGED,
                "host ports cannot be updated if a pod has persistent volumes");
        checkOverCapacity(CHANGED + "/upgradeStrategy/maximumOverCapacity", after.scheduling(), found);
    }

    private static void checkSums(PodDefinition before, PodDefinition after, Violations found) {
        record Sum(
                String name, Function<Resources, BigDecimal> ofContainer, Function<ExecutorResources, BigDecimal> own) {

            BigDecimal of(PodDefinition pod) {
                return pod.containers().stream()
                        .map(container -> ofContainer.apply(container.resources()))
                        .reduce(own.apply(pod.executorResources()), BigDecimal::add);
            }
        }
        Stream.of(
                        new Sum("cpus", Resources::cpus, ExecutorResources::cpus),
                        new Sum("mem", Resources::mem, ExecutorResources::mem),
                        new Sum("disk", Resources::disk, ExecutorResources::disk),
                        new Sum("gpus", asked -> BigDecimal.valueOf(asked.gpus()), executor -> BigDecimal.ZERO))
                .filter(sum -> sum.of(before).compareTo(sum.of(after)) != 0)
                .forEach(sum -> found.add(CHANGED, sum.name() + " cannot be updated if a pod has persistent volumes"));
    }

    private static Set<Volume> persistent(PodDefinition pod) {
        return pod.volumes().stream()
                .filter(Volume.Persistent.class::isInstance)
                .collect(Collectors.toSet());
    }

    /** Those that any free port is as good for count as port 0, and once. */
    private static Set<Integer> hostPorts(PodDefinition pod) {
        Set<Integer> ports = new HashSet<>();
        for (Container container : pod.containers()) {
            for (Endpoint endpoint : container.endpoints()) {
                if (endpoint.hostPort() != null) {
                    ports.add(endpoint.hostPort());
                }
            }
        }
        return ports;
    }
}
