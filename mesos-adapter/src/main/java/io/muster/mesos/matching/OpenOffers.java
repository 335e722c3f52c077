package io.muster.mesos.matching;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.Offer;
import org.jspecify.annotations.Nullable;

/** All offers of a round, in the order in which the strategy goes through them. */
final class OpenOffers {

    /** Where fewer offers than this share a value it is not worth remembering which. */
    private static final int FEWEST_OF_A_VALUE = 64;

    private final List<Offer> sources;

    /** By place, those that were looked at: a round looks at few of the offers of ten thousand agents. */
    private final @Nullable OpenOffer[] opened;

    private final @Nullable InUse inUse;
    private final Map<String, Optional<Map<String, BitSet>>> fields = new HashMap<>();
    private int start;

    private OpenOffers(List<Offer> sources, @Nullable OpenOffer[] opened, @Nullable InUse inUse, int start) {
        this.sources = sources;
        this.opened = opened;
        this.inUse = inUse;
        this.start = start;
    }

    /**
     * Nothing is placed on them yet.
     *
     * @param start the place of the offer to begin with, where it is not the use of agents that decides
     */
    static OpenOffers of(List<Offer> offers, PlacementStrategy strategy, int start) {
        return switch (strategy) {
            case SPREAD -> new OpenOffers(aroundTheAgents(offers), new OpenOffer[offers.size()], null, start);
            case BIN_PACK -> {
                List<OpenOffer> ordered = fullestFirst(offers);
                InUse inUse = new InUse(ordered);
                for (int place = 0; place < ordered.size(); place++) {
                    if (ordered.get(place).executors() > 0) {
                        inUse.use(place);
                    }
                }
                yield new OpenOffers(
                        ordered.stream().map(OpenOffer::source).toList(),
                        ordered.toArray(OpenOffer[]::new),
                        inUse,
                        start);
            }
        };
    }

    /** The first offers of all agents, then the second ones, and so on; so that neighbours are on different agents. */
    private static List<Offer> aroundTheAgents(List<Offer> offers) {
        Map<String, Integer> seen = new HashMap<>();
        TreeMap<Integer, List<Offer>> turns = new TreeMap<>();
        for (Offer offer : offers) {
            int turn = seen.merge(offer.getAgentId().getValue(), 1, Integer::sum);
            turns.computeIfAbsent(turn, _ -> new ArrayList<>()).add(offer);
        }
        List<Offer> ordered = new ArrayList<>(offers.size());
        turns.values().forEach(ordered::addAll);
        return ordered;
    }

    /** Agents with most executors of ours first, of equals those that have least left; the offers of each side by side. */
    private static List<OpenOffer> fullestFirst(List<Offer> offers) {
        Map<String, List<OpenOffer>> agents = new HashMap<>();
        for (Offer offer : offers) {
            agents.computeIfAbsent(offer.getAgentId().getValue(), _ -> new ArrayList<>())
                    .add(new OpenOffer(offer));
        }
        return agents.values().stream()
                .map(AgentUse::of)
                .sorted(AgentUse.FULLEST_FIRST)
                .flatMap(agent -> agent.offers().stream())
                .toList();
    }

    int size() {
        return sources.size();
    }

    OpenOffer at(int place) {
        OpenOffer known = opened[place];
        if (known == null) {
            known = new OpenOffer(sources.get(place));
            opened[place] = known;
        }
        return known;
    }

    /** For a search that begins now; around the offers from behind the last placement of all. */
    Walk walk() {
        return inUse == null ? new Walk.Around(sources.size(), start) : new Walk.Packed(inUse, sources.size());
    }

    /** An instance of any search was put there. */
    void placed(int place) {
        start = place + 1;
        if (inUse != null) {
            inUse.use(place);
        }
    }

    /**
     * The places of all offers with this value of the field.
     *
     * @return empty where few offers share a value of it
     */
    Optional<BitSet> sharing(String field, String value) {
        return fields.computeIfAbsent(field, this::byValue).map(values -> values.getOrDefault(value, new BitSet()));
    }

    private Optional<Map<String, BitSet>> byValue(String field) {
        int mostValues = sources.size() / FEWEST_OF_A_VALUE;
        Map<String, BitSet> values = new HashMap<>();
        for (int place = 0; place < sources.size(); place++) {
            Optional<String> value = at(place).agent().field(field);
            if (value.isPresent()) {
                values.computeIfAbsent(value.get(), _ -> new BitSet(sources.size()))
                        .set(place);
            }
            if (values.size() > mostValues) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** What is known of the use of an agent: what runs there, and what is left. */
    private record AgentUse(List<OpenOffer> offers, String id, int executors, long cpus, long mem) {

        static final Comparator<AgentUse> FULLEST_FIRST = Comparator.comparingInt(AgentUse::executors)
                .reversed()
                .thenComparingLong(AgentUse::cpus)
                .thenComparingLong(AgentUse::mem)
                .thenComparing(AgentUse::id);

        static AgentUse of(List<OpenOffer> offers) {
            offers.sort(Comparator.comparing(OpenOffer::id));
            return new AgentUse(
                    offers,
                    offers.getFirst().agentId(),
                    offers.stream().mapToInt(OpenOffer::executors).max().orElse(0),
                    offers.stream().mapToLong(offer -> offer.left(Scalar.CPUS)).sum(),
                    offers.stream().mapToLong(offer -> offer.left(Scalar.MEM)).sum());
        }
    }
}
