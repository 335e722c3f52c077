package io.muster.deploy.discovery;

import io.muster.deploy.application.PodStatuses.View;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.deploy.web.HostPorts;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An endpoint of an instance that can be reached.
 *
 * @param pod the version that the instance was made from
 * @param host the name of the agent where a port of it is used, otherwise the first address of the container
 * @param ready whether the instance runs, is healthy and is not to end
 */
record Backend(
        VersionedPod pod,
        String container,
        Endpoint endpoint,
        Instance instance,
        String host,
        int port,
        boolean ready) {

    /** All of a pod, by instance, container and endpoint in the order of declaration. */
    static List<Backend> of(View view) {
        List<Backend> found = new ArrayList<>();
        for (Instance instance : view.instances()) {
            VersionedPod pod = Objects.requireNonNull(view.definitions().get(instance.version()));
            Map<String, Integer> ports = HostPorts.of(instance, pod);
            for (Task task : instance.tasks()) {
                if (task.condition().isActive() && instance.agent() != null) {
                    containerOf(pod, task).ifPresent(container -> {
                        for (Endpoint endpoint : container.endpoints()) {
                            of(pod, container, endpoint, instance, task, ports).ifPresent(found::add);
                        }
                    });
                }
            }
        }
        return found;
    }

    private static Optional<Container> containerOf(VersionedPod pod, Task task) {
        return pod.definition().containers().stream()
                .filter(container -> container.name().equals(task.container()))
                .findFirst();
    }

    private static Optional<Backend> of(
            VersionedPod pod,
            Container container,
            Endpoint endpoint,
            Instance instance,
            Task task,
            Map<String, Integer> ports) {
        boolean ready = instance.isReady() && instance.isWanted();
        Integer port = ports.get(endpoint.name());
        if (port != null) {
            String host = Objects.requireNonNull(instance.agent()).hostname();
            return Optional.of(new Backend(pod, container.name(), endpoint, instance, host, port, ready));
        }
        Integer inside = endpoint.containerPort();
        return task.addresses().stream()
                .filter(network -> isOf(endpoint, network))
                .flatMap(network -> network.addresses().stream())
                .findFirst()
                .filter(address -> inside != null && inside > 0)
                .map(address -> new Backend(
                        pod, container.name(), endpoint, instance, address, Objects.requireNonNull(inside), ready));
    }

    private static boolean isOf(Endpoint endpoint, NetworkAddresses network) {
        return endpoint.networkNames().isEmpty()
                || network.network().filter(endpoint.networkNames()::contains).isPresent();
    }

    /** As it is written in URLs. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
