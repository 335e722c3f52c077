package io.muster.pods.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod.
 *
 * @param name unique in its pod
 * @param exec absent when the image says what to run
 * @param environment laid over that of the pod
 * @param user overrides that of the pod
 */
public record Container(
        String name,
        Resources resources,
        @Nullable Exec exec,
        @Nullable Image image,
        List<Endpoint> endpoints,
        Map<String, EnvironmentValue> environment,
        @Nullable String user,
        @Nullable HealthCheck healthCheck,
        List<VolumeMount> volumeMounts,
        List<Artifact> artifacts,
        Map<String, String> labels,
        @Nullable Lifecycle lifecycle,
        @Nullable Boolean tty,
        @Nullable ResourceLimits resourceLimits,
        @Nullable LinuxInfo linuxInfo) {

    public Container {
        endpoints = List.copyOf(endpoints);
        environment = Ordered.copyOf(environment);
        volumeMounts = List.copyOf(volumeMounts);
        artifacts = List.copyOf(artifacts);
        labels = Ordered.copyOf(labels);
    }
}
