package io.muster.pods.model;

import io.muster.history.PodId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to run, without its version. Collections keep the order they were written in and may be empty;
 * {@code null} means that the optional member is absent.
 *
 * @param networks empty when none was declared: the pod then runs in the network namespace of its host
 * @param instances how many are wanted; never negative
 * @param role whose resources are used; absent for that of the server
 * @param ipcInfo which its containers may share
 * @param legacySharedCgroups whether all containers share the cgroups of the instance
 */
public record PodDefinition(
        PodId id,
        Map<String, String> labels,
        @Nullable String user,
        Map<String, EnvironmentValue> environment,
        List<Container> containers,
        Map<String, String> secrets,
        List<Volume> volumes,
        List<Network> networks,
        int instances,
        Scheduling scheduling,
        ExecutorResources executorResources,
        @Nullable String role,
        @Nullable IpcInfo ipcInfo,
        boolean legacySharedCgroups) {

    public PodDefinition {
        labels = Ordered.copyOf(labels);
        environment = Ordered.copyOf(environment);
        containers = List.copyOf(containers);
        secrets = Ordered.copyOf(secrets);
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
    }

    /** Whether instances keep data, and so their place. */
    public boolean isResident() {
        return ResidentRules.isResident(volumes);
    }

    /** Whether the containers share the network namespace of their host: host mode, or no network declared. */
    public boolean usesHostNetwork() {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.mode() == NetworkMode.HOST);
    }
}
