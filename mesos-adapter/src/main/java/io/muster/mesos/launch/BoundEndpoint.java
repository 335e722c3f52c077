package io.muster.mesos.launch;

import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.PodDefinition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint with the port of the host that it got.
 *
 * @param container the container that declares it
 * @param hostPort absent when no port of the host leads to it
 */
record BoundEndpoint(
        Container container, Endpoint endpoint, @Nullable Integer hostPort) {

    /**
     * All endpoints of a pod, in declaration order over all containers.
     *
     * @param hostPorts one for each endpoint with a host port, in the same order
     * @throws IllegalArgumentException if there are fewer or more ports than such endpoints
     */
    static List<BoundEndpoint> bind(PodDefinition pod, List<Integer> hostPorts) {
        List<BoundEndpoint> bound = new ArrayList<>();
        Iterator<Integer> ports = hostPorts.iterator();
        for (Container container : pod.containers()) {
            for (Endpoint endpoint : container.endpoints()) {
                boolean wantsPort = endpoint.hostPort() != null;
                if (wantsPort && !ports.hasNext()) {
                    throw new IllegalArgumentException("no host port for endpoint " + endpoint.name());
                }
                bound.add(new BoundEndpoint(container, endpoint, wantsPort ? ports.next() : null));
            }
        }
        if (ports.hasNext()) {
            throw new IllegalArgumentException("more host ports than endpoints of " + pod.id());
        }
        return List.copyOf(bound);
    }

    /** The port that the process listens on inside of its container; absent only where validation has failed. */
    @Nullable
    Integer listenPort(boolean hostNetwork) {
        return hostNetwork ? hostPort : endpoint.containerPort();
    }
}
