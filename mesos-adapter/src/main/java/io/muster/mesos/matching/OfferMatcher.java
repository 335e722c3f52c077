package io.muster.mesos.matching;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Reserved;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.history.PodId;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.PodDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.Protos.Offer;

/**
 * Finds places for instances. Pure but for the random numbers it is given.
 *
 * <p>What an offer has left only shrinks in a round, and what constraints refuse they go on refusing, so an offer that
 * refused a pod once is not asked again by another instance of it, nor by another pod that asks for the same and has no
 * constraints: a round costs at most one look for each offer and each kind of pod, and one for each placement. The
 * exception is GROUP_BY, which comes to admit what it refused when the groups have evened out; the offers that it alone
 * refused are asked again then, which is once for so many placements as there are groups.
 */
public final class OfferMatcher {

    private final List<Offer> offered;
    private final OpenOffers offers;
    private final MatchSettings settings;
    private final Instant now;
    private final BoundSearch bound;
    private final Map<Configuration, Searching> configurations = new LinkedHashMap<>();
    private final Map<Demand.Whole, Search> unconstrained = new HashMap<>();

    private OfferMatcher(List<Offer> offered, MatchSettings settings, Instant now, int start) {
        this.offered = offered;
        this.offers = OpenOffers.of(offered, settings.policy().placement(), start);
        this.settings = settings;
        this.now = now;
        this.bound = new BoundSearch(offered, settings, now);
    }

    /**
     * Tries the requests, in their order. One offer may carry many instances of many pods. With
     * {@link PlacementStrategy#SPREAD} the instances of one pod go around the agents, from a random one on; with
     * {@link PlacementStrategy#BIN_PACK} nothing is placed on an agent that carries nothing as long as one that does suits.
     *
     * @param offers may hold several of one agent
     */
    public static MatchResult match(
            List<LaunchRequest> requests,
            List<Offer> offers,
            MatchSettings settings,
            Instant now,
            RandomGenerator random) {
        return match(requests, Set.of(), offers, settings, now, random);
    }

    /**
     * The same, and finds what is to be released. An instance that is bound to a reservation gets what is reserved, or
     * nothing; a place that is to be reserved is made of what is nobody's.
     *
     * @param unwanted reservations by the ids of the instances they were made for
     */
    public static MatchResult match(
            List<LaunchRequest> requests,
            Set<InstanceId> unwanted,
            List<Offer> offers,
            MatchSettings settings,
            Instant now,
            RandomGenerator random) {
        int start = offers.isEmpty() ? 0 : random.nextInt(offers.size());
        return new OfferMatcher(offers, settings, now, start).match(requests, unwanted, random);
    }

    private MatchResult match(List<LaunchRequest> requests, Set<InstanceId> unwanted, RandomGenerator random) {
        List<Placement> placements = new ArrayList<>();
        Map<InstanceId, Allocation> allocations = new HashMap<>();
        for (LaunchRequest request : requests) {
            Searching searching = configurations.computeIfAbsent(
                    new Configuration(request.pod().id(), request.pod().configHash()), _ -> begin(request));
            Reserved reserved = request.reserved();
            if (reserved != null) {
                Optional<BoundSearch.Found> own = bound.place(request, reserved, random);
                own.ifPresentOrElse(
                        found -> {
                            placements.add(found.placement());
                            allocations.put(request.instance(), found.allocation());
                        },
                        () -> searching.waiting.add(reserved));
                continue;
            }
            Optional<Search.Found> place = searching.search.next(searching.demand, random);
            if (place.isPresent()) {
                Search.Found found = place.get();
                placements.add(new Placement(
                        request, found.offer().agent(), found.offer().id(), found.hostPorts()));
                allocations.put(request.instance(), found.allocation());
            } else {
                searching.unplaced++;
            }
        }
        return new MatchResult(
                new Matching(placements, unplaced(), bound.releases(unwanted), bound.shown()), allocations);
    }

    private Searching begin(LaunchRequest request) {
        PodDefinition pod = request.pod().definition();
        List<Constraint> constraints = pod.scheduling().placement().constraints();
        Demand demand = pod.isResident() ? Demand.toReserve(pod, settings) : Demand.of(pod, settings);
        PodConstraints rules = PodConstraints.of(constraints, request.neighbours(), settings.localRegion());
        Search search = constraints.isEmpty()
                ? unconstrained.computeIfAbsent(
                        demand.whole(), whole -> new Search(whole, rules, offers, settings, now))
                : new Search(demand.whole(), rules, offers, settings, now);
        return new Searching(demand, search);
    }

    private List<Unplaced> unplaced() {
        return configurations.entrySet().stream()
                .filter(entry -> entry.getValue().instances() > 0)
                .map(entry -> new Unplaced(
                        entry.getKey().pod(),
                        entry.getKey().hash(),
                        entry.getValue().instances(),
                        offered.size(),
                        entry.getValue().mismatches(offered.size()),
                        entry.getValue().examples()))
                .toList();
    }

    /** Versions with one hash ask for the same, and constraints hold over all their instances together. */
    private record Configuration(PodId pod, String hash) {}

    /** How far the instances of one configuration have come. */
    private static final class Searching {

        private final Demand demand;
        private final Search search;
        private final BoundSearch.Waiting waiting = new BoundSearch.Waiting();
        private int unplaced;

        Searching(Demand demand, Search search) {
            this.demand = demand;
            this.search = search;
        }

        int instances() {
            return unplaced + waiting.instances();
        }

        List<UnusedOffer> examples() {
            return search.examples();
        }

        /** Each offer counts once: for those that wait for their reservation, where the others found no fault in it. */
        List<Mismatch> mismatches(int offers) {
            List<Mismatch> found = new ArrayList<>(search.mismatches());
            int counted = found.stream().mapToInt(Mismatch::offers).sum();
            waiting.mismatch(offers - counted).ifPresent(found::add);
            found.sort(Comparator.comparing(Mismatch::refusal));
            return found;
        }
    }
}
