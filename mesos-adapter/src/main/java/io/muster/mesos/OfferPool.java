package io.muster.mesos;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.mesos.matching.Allocation;
import io.muster.mesos.matching.MatchResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.Offer;
import org.jspecify.annotations.Nullable;

/**
 * The offers at hand: those that wait to be matched, and those that are kept for placements until these are launched or
 * abandoned. Guarded by its owner.
 */
final class OfferPool {

    private final int capacity;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Kept> kept = new HashMap<>();

    OfferPool(int capacity) {
        this.capacity = capacity;
    }

    private record Waiting(Offer offer, Instant since) {}

    /**
     * An offer with what its placements use.
     *
     * @param allocations of those that were not abandoned
     * @param releases the reservations that are to be released; those that may be, later
     */
    record Kept(
            Offer offer, Map<InstanceId, Allocation> allocations, Set<InstanceId> releases, Set<InstanceId> released) {

        private static Kept of(Offer offer) {
            return new Kept(offer, new HashMap<>(), new HashSet<>(), new LinkedHashSet<>());
        }

        private boolean isUnused() {
            return allocations.isEmpty() && releases.isEmpty() && released.isEmpty();
        }
    }

    /** False when there is no room. */
    boolean add(Offer offer, Instant now) {
        return waiting.size() < capacity && waiting.put(offer.getId().getValue(), new Waiting(offer, now)) == null;
    }

    /** The master took it back. One that is kept stays: its launch will fail, and the master says so. */
    void rescind(String offerId) {
        waiting.remove(offerId);
    }

    /** All that wait, and go on to do so; oldest first. */
    List<Offer> waiting() {
        return waiting.values().stream().map(Waiting::offer).toList();
    }

    /** Since when the oldest waits; empty when none does. */
    Optional<Instant> oldest() {
        return waiting.values().stream().findFirst().map(Waiting::since);
    }

    /** Those that wait since before then or just then; they wait no longer. */
    List<Offer> takeUntil(Instant time) {
        return take(waiting.values().stream()
                .takeWhile(offer -> !offer.since().isAfter(time))
                .map(Waiting::offer)
                .toList());
    }

    /** Those of these that wait still; they wait no longer. */
    List<Offer> take(Collection<Offer> offers) {
        return offers.stream()
                .filter(offer -> waiting.remove(offer.getId().getValue()) != null)
                .toList();
    }

    /**
     * Keeps the offers that the result uses; they wait no longer.
     *
     * @return the placements, but for those whose offer became void while it was matched; in their order
     */
    List<Placement> keepUsed(MatchResult result) {
        List<Placement> possible = new ArrayList<>();
        for (Placement placement : result.matching().placements()) {
            Kept offer = keep(placement.offerId());
            InstanceId instance = placement.request().instance();
            Allocation allocation = result.allocations().get(instance);
            if (offer != null && allocation != null) {
                offer.allocations().put(instance, allocation);
                possible.add(placement);
            }
        }
        return possible;
    }

    /** Keeps the offers of these; returns those whose offer is not void. */
    List<Release> keepUsed(List<Release> releases) {
        return releases.stream()
                .filter(release -> {
                    Kept offer = keep(release.offerId());
                    return offer != null && offer.releases().add(release.reservation());
                })
                .toList();
    }

    private @Nullable Kept keep(String offerId) {
        Waiting used = waiting.remove(offerId);
        if (used != null) {
            kept.put(offerId, Kept.of(used.offer()));
        }
        return kept.get(offerId);
    }

    /** It may be released from now on; returns the offer, which is gone then, if it was kept for nothing else. */
    Optional<Kept> released(Release release) {
        Kept offer = kept.get(release.offerId());
        if (offer == null || !offer.releases().remove(release.reservation())) {
            return Optional.empty();
        }
        offer.released().add(release.reservation());
        return offer.allocations().isEmpty() && offer.releases().isEmpty()
                ? release(release.offerId())
                : Optional.empty();
    }

    /** It is not released; returns whether nothing uses the offer any more, which is gone then. */
    boolean abandon(Release release) {
        Kept offer = kept.get(release.offerId());
        return offer != null
                && offer.releases().remove(release.reservation())
                && offer.isUnused()
                && kept.remove(release.offerId()) != null;
    }

    /** An offer to be accepted, which is gone then; empty if it is void. */
    Optional<Kept> release(String offerId) {
        return Optional.ofNullable(kept.remove(offerId));
    }

    /** One placement less; returns whether nothing uses the offer any more, which is gone then. */
    boolean abandon(String offerId, InstanceId instance) {
        Kept offer = kept.get(offerId);
        if (offer == null) {
            return false;
        }
        offer.allocations().remove(instance);
        return offer.isUnused() && kept.remove(offerId) != null;
    }

    /** All offers are void. */
    void clear() {
        waiting.clear();
        kept.clear();
    }
}
