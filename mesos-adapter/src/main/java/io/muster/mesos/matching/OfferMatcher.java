package io.muster.mesos.matching;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.history.PodId;
import io.muster.pods.model.PodDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.Protos.Offer;

/**
 * Finds places for instances. Pure but for the random numbers it is given.
 *
 * <p>What an offer has left only shrinks in a round, and what constraints refuse they go on refusing, so an offer that
 * refused a pod once is not asked again by another instance of it: a round costs at most one look for each pair of pod
 * and offer, and one for each placement. The exception is GROUP_BY, which comes to admit what it refused when the groups
 * have evened out; the offers that it alone refused are asked again then, which is once for so many placements as there
 * are groups.
 */
public final class OfferMatcher {

    private OfferMatcher() {}

    /**
     * Tries the requests, in their order. The instances of one pod go around the agents, from a random one on; one offer
     * may carry many instances of many pods.
     *
     * @param offers may hold several of one agent
     */
    public static MatchResult match(
            List<LaunchRequest> requests, List<Offer> offers, MatchSettings settings, RandomGenerator random) {
        List<OpenOffer> open = aroundTheAgents(offers);
        Map<Configuration, Search> searches = new HashMap<>();
        List<Placement> placements = new ArrayList<>();
        Map<InstanceId, Allocation> allocations = new HashMap<>();
        Map<InstanceId, Map<Refusal, Integer>> refusals = new HashMap<>();
        int start = open.isEmpty() ? 0 : random.nextInt(open.size());

        for (LaunchRequest request : requests) {
            int from = start;
            Search search = searches.computeIfAbsent(
                    new Configuration(request.pod().id(), request.pod().configHash()),
                    _ -> search(request, open, settings, from));
            Optional<Search.Found> place = search.next(random);
            if (place.isPresent()) {
                Search.Found found = place.get();
                placements.add(new Placement(
                        request, found.offer().agent(), found.offer().id(), found.hostPorts()));
                allocations.put(request.instance(), found.allocation());
                start = search.position();
            } else {
                refusals.put(request.instance(), search.refusals());
            }
        }
        return new MatchResult(new Matching(placements, refusals), allocations);
    }

    /** The first offers of all agents, then the second ones, and so on; so that neighbours are on different agents. */
    private static List<OpenOffer> aroundTheAgents(List<Offer> offers) {
        Map<String, Integer> seen = new HashMap<>();
        TreeMap<Integer, List<OpenOffer>> turns = new TreeMap<>();
        for (Offer offer : offers) {
            int turn = seen.merge(offer.getAgentId().getValue(), 1, Integer::sum);
            turns.computeIfAbsent(turn, _ -> new ArrayList<>()).add(new OpenOffer(offer));
        }
        List<OpenOffer> ordered = new ArrayList<>();
        turns.values().forEach(ordered::addAll);
        return Collections.unmodifiableList(ordered);
    }

    private static Search search(LaunchRequest request, List<OpenOffer> open, MatchSettings settings, int from) {
        PodDefinition pod = request.pod().definition();
        return new Search(
                Demand.of(pod, settings.defaultRoles()),
                PodConstraints.of(
                        pod.scheduling().placement().constraints(), request.neighbours(), settings.localRegion()),
                open,
                settings.maxInstancesPerOffer(),
                from);
    }

    /** Versions with one hash ask for the same, and constraints hold over all their instances together. */
    private record Configuration(PodId pod, String hash) {}
}
