package io.muster.mesos.matching;

import io.muster.deploy.cluster.Refusal;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The way of one pod around the offers, for one round. */
final class Search {

    private final Demand demand;
    private final List<OpenOffer> offers;
    private final int maxInstancesPerOffer;
    /** Offers that do not suit, now or later in this round, by their place. */
    private final BitSet unfit;

    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    private int position;

    Search(Demand demand, List<OpenOffer> offers, int maxInstancesPerOffer, int position) {
        this.demand = demand;
        this.offers = offers;
        this.maxInstancesPerOffer = maxInstancesPerOffer;
        this.unfit = new BitSet(offers.size());
        this.position = position;
    }

    /** A place for one more instance, used up by the time it is returned. */
    Optional<Found> next(RandomGenerator random) {
        for (int place = nextFit(); place >= 0; place = nextFit()) {
            OpenOffer offer = offers.get(place);
            if (offer.instances() < maxInstancesPerOffer) {
                Optional<Refusal> refusal = offer.refusal(demand);
                Optional<PortChoice> ports = refusal.isEmpty() ? offer.choosePorts(demand, random) : Optional.empty();
                if (ports.isPresent()) {
                    position = place + 1;
                    return Optional.of(new Found(offer, ports.get().ports(), offer.take(demand, ports.get())));
                }
                refusals.merge(refusal.orElse(Refusal.INSUFFICIENT_PORTS), 1, Integer::sum);
            }
            // An offer that is full by our own will is unfit without a reason: users are shown none for it.
            unfit.set(place);
        }
        return Optional.empty();
    }

    /** Where the next search for anyone may begin. */
    int position() {
        return position % offers.size();
    }

    Map<Refusal, Integer> refusals() {
        return Collections.unmodifiableMap(refusals);
    }

    /** The next offer that may suit, around the end; -1 when there is none. */
    private int nextFit() {
        int place = unfit.nextClearBit(position);
        if (place < offers.size()) {
            return place;
        }
        int wrapped = unfit.nextClearBit(0);
        return wrapped < offers.size() ? wrapped : -1;
    }

    /** A place with what it takes; the host ports in declaration order of the endpoints. */
    record Found(OpenOffer offer, List<Integer> hostPorts, Allocation allocation) {}
}
