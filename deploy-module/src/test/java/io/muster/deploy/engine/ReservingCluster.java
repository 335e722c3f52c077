package io.muster.deploy.engine;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.Reserved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A cluster that keeps what is reserved, and offers it unless something runs there or its agent is away. */
final class ReservingCluster extends FakeCluster {

    /** By the ids of the instances they were made for. */
    final Map<InstanceId, Agent> reserved = new LinkedHashMap<>();

    /** Of those reserved, the ones that are used or cannot be reached. */
    final List<InstanceId> hidden = new ArrayList<>();
    /** Whether what is asked for gets lost on the way. */
    boolean deaf;

    int agents = 1;
    private int nextAgent;

    @Override
    public Matching match(List<LaunchRequest> requests, Set<InstanceId> unwanted) {
        asked = requests;
        List<Placement> placements = new ArrayList<>();
        for (LaunchRequest request : requests) {
            Reserved bound = request.reserved();
            if (bound == null) {
                agent = new Agent("S" + nextAgent, "host-" + nextAgent, null, null);
                nextAgent = (nextAgent + 1) % agents;
                placements.add(new Placement(request, agent, "O1", List.of()));
            } else {
                Agent where = reserved.get(bound.id());
                if (where != null && !hidden.contains(bound.id())) {
                    placements.add(new Placement(request, where, "O1", List.of()));
                }
            }
        }
        List<InstanceId> shown =
                reserved.keySet().stream().filter(id -> !hidden.contains(id)).toList();
        return new Matching(
                placements,
                List.of(),
                shown.stream()
                        .filter(unwanted::contains)
                        .map(id -> new Release(id, "O1"))
                        .toList(),
                shown);
    }

    @Override
    public List<Placement> launch(List<Placement> placements) {
        if (offersAreVoid) {
            return placements;
        }
        List<Placement> launches = new ArrayList<>();
        for (Placement placement : placements) {
            Reserved bound = placement.request().reserved();
            if (bound != null) {
                hidden.add(bound.id());
                launches.add(placement);
            } else if (placement.request().reserves()) {
                said.add("reserve " + placement.request().instance());
                if (!deaf) {
                    reserved.put(placement.request().instance(), placement.agent());
                }
            } else {
                launches.add(placement);
            }
        }
        return super.launch(launches);
    }

    @Override
    public void release(List<Release> releases) {
        for (Release release : releases) {
            said.add("release " + release.reservation());
            if (!deaf) {
                reserved.remove(release.reservation());
            }
        }
    }

    @Override
    public void abandonReleases(List<Release> releases) {
        releases.forEach(release -> said.add("keep " + release.reservation()));
    }
}
