package io.muster.deploy.cluster;

import java.util.List;

/**
 * A place found for one instance.
 *
 * @param offerId the offer it uses; other placements of the same round may use the same one
 * @param hostPorts one for each endpoint with a host port, in declaration order over all containers
 */
public record Placement(LaunchRequest request, Agent agent, String offerId, List<Integer> hostPorts) {

    public Placement {
        hostPorts = List.copyOf(hostPorts);
    }
}
