package io.muster.mesos;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.matching.Allocation;
import io.muster.mesos.matching.MatchResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Offer;

/**
 * The offers at hand: those that wait to be matched, and those that are kept for placements until these are launched or
 * abandoned. Guarded by its owner.
 */
final class OfferPool {

    private final int capacity;
    private final Map<String, Offer> waiting = new LinkedHashMap<>();
    private final Map<String, Kept> kept = new HashMap<>();
    private long epoch;

    OfferPool(int capacity) {
        this.capacity = capacity;
    }

    /**
     * An offer with what its placements use.
     *
     * @param allocations of those that were not abandoned
     */
    record Kept(Offer offer, Map<InstanceId, Allocation> allocations) {}

    /** Grows whenever all offers became void; what was taken before is worth nothing then. */
    long epoch() {
        return epoch;
    }

    /** False when there is no room. */
    boolean add(Offer offer) {
        return waiting.size() < capacity && waiting.put(offer.getId().getValue(), offer) == null;
    }

    /** The master took it back. One that is kept stays: its launch will fail, and the master says so. */
    void rescind(String offerId) {
        waiting.remove(offerId);
    }

    /** All that wait, oldest first; they wait no longer. */
    List<Offer> takeWaiting() {
        List<Offer> taken = new ArrayList<>(waiting.values());
        waiting.clear();
        return taken;
    }

    /** Keeps those of these offers that the result uses; returns the others. */
    List<Offer> keepUsed(List<Offer> offers, MatchResult result) {
        Map<String, Map<InstanceId, Allocation>> used = new HashMap<>();
        for (Placement placement : result.matching().placements()) {
            InstanceId instance = placement.request().instance();
            Allocation allocation = result.allocations().get(instance);
            if (allocation != null) {
                used.computeIfAbsent(placement.offerId(), _ -> new HashMap<>()).put(instance, allocation);
            }
        }
        List<Offer> unused = new ArrayList<>();
        for (Offer offer : offers) {
            Map<InstanceId, Allocation> allocations = used.get(offer.getId().getValue());
            if (allocations == null) {
                unused.add(offer);
            } else {
                kept.put(offer.getId().getValue(), new Kept(offer, allocations));
            }
        }
        return unused;
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
        return offer.allocations().isEmpty() && kept.remove(offerId) != null;
    }

    /** All offers are void. */
    void clear() {
        waiting.clear();
        kept.clear();
        epoch++;
    }
}
