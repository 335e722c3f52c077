package io.muster.deploy.cluster;

import java.util.List;

/**
 * What one round of matching found.
 *
 * @param placements in the order of the requests; at most one for each
 * @param unplaced one for each configuration of which a request was not placed, in the order of the requests
 * @param releases of the reservations that were not wanted, those that an offer shows; each once for each such offer
 * @param shown every reservation of this framework that an offer shows, by the id of the instance it was made for
 */
public record Matching(
        List<Placement> placements, List<Unplaced> unplaced, List<Release> releases, List<InstanceId> shown) {

    public Matching {
        placements = List.copyOf(placements);
        unplaced = List.copyOf(unplaced);
        releases = List.copyOf(releases);
        shown = List.copyOf(shown);
    }

    /** Where nothing is reserved. */
    public Matching(List<Placement> placements, List<Unplaced> unplaced) {
        this(placements, unplaced, List.of(), List.of());
    }

    public static Matching nothing() {
        return new Matching(List.of(), List.of());
    }
}
