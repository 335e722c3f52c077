package io.muster.mesos.matching;

import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos.Resource;

/**
 * Which parts of an offer one instance uses. Each resource keeps the role and the reservation under which it was
 * offered, since the master refuses any other.
 *
 * @param executor cpus, mem and disk of the executor, every host port of the pod, and its persistent volumes
 * @param containers by container name, without ports; amounts of zero are left out
 * @param volumes disk that persistent volumes are to be made of, by their names; empty unless they are to be reserved
 */
public record Allocation(
        List<Resource> executor, Map<String, List<Resource>> containers, Map<String, Resource> volumes) {

    public Allocation {
        executor = List.copyOf(executor);
        containers = Map.copyOf(containers);
        volumes = Map.copyOf(volumes);
    }

    /** For an instance that is launched. */
    public Allocation(List<Resource> executor, Map<String, List<Resource>> containers) {
        this(executor, containers, Map.of());
    }
}
