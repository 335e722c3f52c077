package io.muster.mesos.matching;

import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.Resource;

/**
 * Which parts of an offer one instance uses. Each resource keeps the role and the reservation under which it was
 * offered, since the master refuses any other.
 *
 * @param executor cpus, mem and disk of the executor, and every host port of the pod
 * @param containers by container name, without ports; amounts of zero are left out
 */
public record Allocation(List<Resource> executor, Map<String, List<Resource>> containers) {

    public Allocation {
        executor = List.copyOf(executor);
        containers = Map.copyOf(containers);
    }
}
