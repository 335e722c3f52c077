package io.muster.deploy.cluster;

import io.muster.pods.VersionedPod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instance that waits for a place.
 *
 * @param neighbours where the pod's instances of the same configuration are, for its constraints: one agent for each
 *     instance, those placed earliest first. All requests of one configuration share the list. Empty for a pod without
 *     constraints
 * @param reserved what it is bound to; absent for pods without persistent volumes, and where it must be made first
 */
public record LaunchRequest(
        InstanceId instance,
        VersionedPod pod,
        List<Agent> neighbours,
        @Nullable Reserved reserved) {

    public LaunchRequest {
        neighbours = List.copyOf(neighbours);
    }

    /** One that is bound to nothing. */
    public LaunchRequest(InstanceId instance, VersionedPod pod, List<Agent> neighbours) {
        this(instance, pod, neighbours, null);
    }

    /** One whose pod has no constraints, or no other instances. */
    public LaunchRequest(InstanceId instance, VersionedPod pod) {
        this(instance, pod, List.of());
    }

    /** Whether the place is to be reserved, and the instance launched there when an offer shows that it is. */
    public boolean reserves() {
        return reserved == null && pod.definition().isResident();
    }
}
