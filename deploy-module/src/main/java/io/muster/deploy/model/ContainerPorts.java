package io.muster.deploy.model;

import io.muster.deploy.cluster.TaskId;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.PodDefinition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Which ports of the host one container of an instance got. */
public final class ContainerPorts {

    private ContainerPorts() {}

    /**
     * Ports belong to the endpoints that asked for one, in the order of declaration.
     *
     * @param definition that the instance was made from
     * @return empty also for a task that the instance does not have
     */
    public static List<Integer> of(Instance instance, TaskId task, PodDefinition definition) {
        List<Integer> ports = new ArrayList<>();
        Iterator<Integer> allocated = instance.hostPorts().iterator();
        for (Container container : definition.containers()) {
            boolean asked = instance.id().task(container.name()).equals(task);
            for (Endpoint endpoint : container.endpoints()) {
                if (endpoint.hostPort() != null && allocated.hasNext()) {
                    Integer port = allocated.next();
                    if (asked) {
                        ports.add(port);
                    }
                }
            }
        }
        return List.copyOf(ports);
    }
}
