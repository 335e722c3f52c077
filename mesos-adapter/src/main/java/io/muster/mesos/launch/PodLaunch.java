package io.muster.mesos.launch;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.matching.Allocation;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.PodDefinition;
import java.util.List;
import org.apache.mesos.v1.Protos.Resource;

/** One instance on its way to an agent: everything that its messages are built from. */
record PodLaunch(Placement placement, Allocation allocation, List<BoundEndpoint> endpoints, LaunchSettings settings) {

    static PodLaunch of(Placement placement, Allocation allocation, LaunchSettings settings) {
        List<BoundEndpoint> endpoints =
                BoundEndpoint.bind(placement.request().pod().definition(), placement.hostPorts());
        return new PodLaunch(placement, allocation, endpoints, settings);
    }

    VersionedPod version() {
        return placement.request().pod();
    }

    PodDefinition pod() {
        return version().definition();
    }

    InstanceId instance() {
        return placement.request().instance();
    }

    String taskId(Container container) {
        return instance().task(container.name()).text();
    }

    List<BoundEndpoint> endpointsOf(Container container) {
        return endpoints.stream()
                .filter(bound -> bound.container().name().equals(container.name()))
                .toList();
    }

    List<Resource> resourcesOf(Container container) {
        return allocation.containers().getOrDefault(container.name(), List.of());
    }
}
