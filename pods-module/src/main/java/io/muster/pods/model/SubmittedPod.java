package io.muster.pods.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A definition as it was sent: well formed, its plain defaults filled in, but neither checked as a whole nor
 * normalised. What {@link PodDefinition} cannot express, a client can still send.
 *
 * @param id as it was written, perhaps relative
 * @param instances perhaps negative
 */
public record SubmittedPod(
        String id,
        Map<String, String> labels,
        @Nullable String user,
        Map<String, EnvironmentValue> environment,
        List<SubmittedContainer> containers,
        Map<String, String> secrets,
        List<Volume> volumes,
        List<Network> networks,
        int instances,
        Scheduling scheduling,
        ExecutorResources executorResources,
        @Nullable String role,
        @Nullable SubmittedLinuxInfo linuxInfo,
        boolean legacySharedCgroups) {

    public SubmittedPod {
        labels = Ordered.copyOf(labels);
        environment = Ordered.copyOf(environment);
        containers = List.copyOf(containers);
        secrets = Ordered.copyOf(secrets);
        volumes = List.copyOf(volumes);
        networks = List.copyOf(networks);
    }
}
