package io.muster.mesos.matching;

import io.muster.deploy.cluster.Refusal;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The way of one configuration of a pod around the offers, for one round. */
final class Search {

    private final Demand demand;
    private final PodConstraints constraints;
    private final List<OpenOffer> offers;
    private final int maxInstancesPerOffer;
    /** Offers that do not suit, now or later in this round, by their place. */
    private final BitSet unfit;
    /** Those of them that may suit yet, once the constraints say so. */
    private final BitSet notNow;

    private final Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
    private int position;

    Search(Demand demand, PodConstraints constraints, List<OpenOffer> offers, int maxInstancesPerOffer, int position) {
        this.demand = demand;
        this.constraints = constraints;
        this.offers = offers;
        this.maxInstancesPerOffer = maxInstancesPerOffer;
        this.unfit = new BitSet(offers.size());
        this.notNow = new BitSet();
        this.position = position;
    }

    /** A place for one more instance, used up by the time it is returned. */
    Optional<Found> next(RandomGenerator random) {
        for (int place = nextFit(); place >= 0; place = nextFit()) {
            OpenOffer offer = offers.get(place);
            // An offer that is full by our own will is unfit without a reason: users are shown none for it.
            if (offer.instances() < maxInstancesPerOffer) {
                Optional<Found> found = tryAt(place, offer, random);
                if (found.isPresent()) {
                    position = place + 1;
                    placed(offer);
                    return found;
                }
            }
            unfit.set(place);
        }
        return Optional.empty();
    }

    /** The reasons are tried in the order of the funnel. */
    private Optional<Found> tryAt(int place, OpenOffer offer, RandomGenerator random) {
        if (!offer.isFor(demand)) {
            return refused(Refusal.UNFULFILLED_ROLE);
        }
        switch (constraints.judge(offer)) {
            case FITS -> {}
            case NOT_NOW -> {
                notNow.set(place);
                return Optional.empty();
            }
            case NEVER -> {
                return refused(Refusal.UNFULFILLED_CONSTRAINT);
            }
        }
        Optional<Refusal> shortage = offer.shortage(demand);
        if (shortage.isPresent()) {
            return refused(shortage.get());
        }
        Optional<PortChoice> ports = offer.choosePorts(demand, random);
        if (ports.isEmpty()) {
            return refused(Refusal.INSUFFICIENT_PORTS);
        }
        return Optional.of(new Found(offer, ports.get().ports(), offer.take(demand, ports.get())));
    }

    private Optional<Found> refused(Refusal reason) {
        refusals.merge(reason, 1, Integer::sum);
        return Optional.empty();
    }

    private void placed(OpenOffer offer) {
        if (constraints.placed(offer.agent())) {
            unfit.andNot(notNow);
            notNow.clear();
        }
    }

    /** Where the next search for anyone may begin. */
    int position() {
        return position % offers.size();
    }

    /** How many offers refused the last instance that found no place, by their first reason. */
    Map<Refusal, Integer> refusals() {
        if (notNow.isEmpty()) {
            return Collections.unmodifiableMap(refusals);
        }
        Map<Refusal, Integer> all = new EnumMap<>(Refusal.class);
        all.putAll(refusals);
        all.merge(Refusal.UNFULFILLED_CONSTRAINT, notNow.cardinality(), Integer::sum);
        return Collections.unmodifiableMap(all);
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
