package io.muster.deploy.cluster;

import java.util.List;
import java.util.Map;

/**
 * What one round of matching found.
 *
 * @param placements in the order of the requests; at most one for each
 * @param refusals how many offers each unplaced request was refused by, for the first reason of each offer
 */
public record Matching(List<Placement> placements, Map<InstanceId, Map<Refusal, Integer>> refusals) {

    public Matching {
        placements = List.copyOf(placements);
        refusals = Map.copyOf(refusals);
    }

    public static Matching nothing() {
        return new Matching(List.of(), Map.of());
    }
}
