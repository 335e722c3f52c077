package io.muster.deploy.cluster;

import java.util.List;

/**
 * What one round of matching found.
 *
 * @param placements in the order of the requests; at most one for each
 * @param unplaced one for each configuration of which a request was not placed, in the order of the requests
 */
public record Matching(List<Placement> placements, List<Unplaced> unplaced) {

    public Matching {
        placements = List.copyOf(placements);
        unplaced = List.copyOf(unplaced);
    }

    public static Matching nothing() {
        return new Matching(List.of(), List.of());
    }
}
