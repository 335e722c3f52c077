package io.muster.deploy.web;

import io.muster.deploy.model.Instance;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Which endpoint got which port of the agent. */
public final class HostPorts {

    private HostPorts() {}

    /** By the name of the endpoint; ports belong to the endpoints that asked for one, in the order of declaration. */
    public static Map<String, Integer> of(Instance instance, VersionedPod pod) {
        if (instance.hostPorts().isEmpty()) {
            return Map.of();
        }
        Map<String, Integer> ports = new HashMap<>();
        Iterator<Integer> allocated = instance.hostPorts().iterator();
        for (Container container : pod.definition().containers()) {
            for (Endpoint endpoint : container.endpoints()) {
                if (endpoint.hostPort() != null && allocated.hasNext()) {
                    ports.put(endpoint.name(), allocated.next());
                }
            }
        }
        return ports;
    }
}
