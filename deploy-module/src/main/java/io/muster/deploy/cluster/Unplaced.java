package io.muster.deploy.cluster;

import io.muster.history.PodId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why instances of one configuration of a pod found no place in a round.
 *
 * @param configHash of the configuration
 * @param instances how many found none; positive
 * @param offers how many there were
 * @param mismatches in the order of the funnel; each offer counts in at most one, that of its first reason. The offers in
 *     none carry as many instances as one offer may
 * @param examples some of the refused offers, at most {@link #MOST_EXAMPLES}
 */
public record Unplaced(
        PodId pod,
        String configHash,
        int instances,
        int offers,
        List<Mismatch> mismatches,
        List<UnusedOffer> examples) {

    /** Enough to see what offers are like. */
    public static final int MOST_EXAMPLES = 5;

    public Unplaced {
        mismatches = List.copyOf(mismatches);
        examples = List.copyOf(examples);
    }

    /** Without examples. */
    public Unplaced(PodId pod, String configHash, int instances, int offers, List<Mismatch> mismatches) {
        this(pod, configHash, instances, offers, mismatches, List.of());
    }

    /** How many offers were refused for each reason; in the order of the funnel, without zeros. */
    public Map<Refusal, Integer> refusals() {
        Map<Refusal, Integer> refusals = new EnumMap<>(Refusal.class);
        mismatches.forEach(mismatch -> refusals.merge(mismatch.refusal(), mismatch.offers(), Integer::sum));
        return Collections.unmodifiableMap(refusals);
    }

    /** For people. */
    public String describe() {
        String found = instances + " of " + pod.text() + " found no place among " + offers + " offers";
        return mismatches.isEmpty()
                ? found
                : found + ": "
                        + mismatches.stream()
                                .map(mismatch -> mismatch.describe() + " (" + mismatch.offers() + ")")
                                .collect(Collectors.joining("; "));
    }
}
