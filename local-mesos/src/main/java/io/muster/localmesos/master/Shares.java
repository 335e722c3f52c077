package io.muster.localmesos.master;

import io.muster.localmesos.resources.Pool;
import io.muster.localmesos.resources.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos.FrameworkID;

/**
 * Who comes first: roles and, within a role, frameworks with the smallest dominant share; of equal ones, those that were
 * offered something less often; then by name. Mesos sorts the same way, with all weights being 1.
 */
final class Shares {
    private final MasterState state;
    private final Map<String, Long> ofRole = new HashMap<>();
    private final Map<Candidate, Long> ofCandidate = new HashMap<>();

    /** A framework that may be offered something for one of its roles. */
    record Candidate(Framework framework, String role) {}

    private record Allocated(FrameworkID framework, String role, Resources resources) {}

    Shares(MasterState state) {
        this.state = state;
    }

    void allocated(Candidate candidate) {
        ofRole.merge(candidate.role(), 1L, Long::sum);
        ofCandidate.merge(candidate, 1L, Long::sum);
    }

    /** Every role of every connected framework. */
    List<Candidate> smallestFirst() {
        var candidates = new ArrayList<Candidate>();
        for (Framework framework : state.frameworks().values()) {
            if (framework.isConnected()) {
                Framework.roles(framework.info()).forEach(role -> candidates.add(new Candidate(framework, role)));
            }
        }
        if (candidates.size() < 2) {
            return candidates;
        }
        List<Allocated> allocated = allocated();
        Map<String, Double> totals = totals(allocated);
        Map<String, Double> roleShares = new HashMap<>();
        Map<Candidate, Double> candidateShares = new HashMap<>();
        for (Candidate candidate : candidates) {
            roleShares.computeIfAbsent(
                    candidate.role(), role -> share(allocated, one -> one.role().equals(role), totals));
            candidateShares.put(
                    candidate,
                    share(
                            allocated,
                            one -> one.role().equals(candidate.role())
                                    && one.framework()
                                            .equals(candidate.framework().id()),
                            totals));
        }
        candidates.sort(Comparator.comparingDouble((Candidate one) -> roleShares.getOrDefault(one.role(), 0.0))
                .thenComparingLong(one -> ofRole.getOrDefault(one.role(), 0L))
                .thenComparing(Candidate::role)
                .thenComparingDouble(one -> candidateShares.getOrDefault(one, 0.0))
                .thenComparingLong(one -> ofCandidate.getOrDefault(one, 0L))
                .thenComparing(one -> one.framework().id().getValue()));
        return candidates;
    }

    private List<Allocated> allocated() {
        var allocated = new ArrayList<Allocated>();
        state.offers()
                .outstanding()
                .forEach(offer -> allocated.add(new Allocated(offer.framework(), offer.role(), offer.resources())));
        state.offers()
                .held()
                .forEach((holder, held) ->
                        allocated.add(new Allocated(holder.framework(), held.role(), held.resources())));
        return allocated;
    }

    private Map<String, Double> totals(List<Allocated> allocated) {
        var totals = new HashMap<String, Double>();
        state.agents().keySet().forEach(agent -> add(state.offers().free(agent), totals));
        allocated.forEach(one -> add(one.resources(), totals));
        return totals;
    }

    private static void add(Resources resources, Map<String, Double> sums) {
        for (Map.Entry<Pool, Long> entry : resources.thousandths().entrySet()) {
            sums.merge(entry.getKey().name(), (double) entry.getValue(), Double::sum);
        }
    }

    private static double share(List<Allocated> allocated, Predicate<Allocated> whose, Map<String, Double> totals) {
        var sums = new HashMap<String, Double>();
        allocated.stream().filter(whose).forEach(one -> add(one.resources(), sums));
        return sums.entrySet().stream()
                .mapToDouble(entry -> entry.getValue() / totals.getOrDefault(entry.getKey(), 1.0))
                .max()
                .orElse(0);
    }
}
