package io.muster.deploy.cluster;

import io.muster.pods.VersionedPod;
import java.util.List;

/**
 * One instance that waits for a place.
 *
 * @param neighbours where the pod's instances of the same configuration are, for its constraints: one agent for each
 *     instance, those placed earliest first. All requests of one configuration share the list. Empty for a pod without
 *     constraints
 */
public record LaunchRequest(InstanceId instance, VersionedPod pod, List<Agent> neighbours) {

    public LaunchRequest {
        neighbours = List.copyOf(neighbours);
    }

    /** One whose pod has no constraints, or no other instances. */
    public LaunchRequest(InstanceId instance, VersionedPod pod) {
        this(instance, pod, List.of());
    }
}
