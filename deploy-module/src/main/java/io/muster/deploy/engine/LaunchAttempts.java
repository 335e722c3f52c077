package io.muster.deploy.engine;

import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.engine.Changes.AttemptChange;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.history.PodId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * What came of trying to place instances, by configuration. Users see it a second late at most: what matching found is
 * stored once a second, so that it costs no transaction each time.
 */
final class LaunchAttempts {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Map<Configuration, LaunchAttempt> attempts = new HashMap<>();
    private final SequencedSet<Configuration> untold = new LinkedHashSet<>();
    private Instant nextTelling = Instant.MIN;

    /** One round tried these. */
    void matched(List<LaunchRequest> requests, Matching matching, Instant now) {
        Map<Configuration, Set<String>> used = new HashMap<>();
        for (Placement placement : matching.placements()) {
            used.computeIfAbsent(Configuration.of(placement.request().pod()), _ -> new HashSet<>())
                    .add(placement.offerId());
        }
        Map<Configuration, Unplaced> unplaced = new HashMap<>();
        matching.unplaced().forEach(one -> unplaced.put(new Configuration(one.pod(), one.configHash()), one));
        requests.stream()
                .map(request -> Configuration.of(request.pod()))
                .distinct()
                .forEach(tried -> {
                    int offers = used.getOrDefault(tried, Set.of()).size();
                    Optional<Unplaced> left = Optional.ofNullable(unplaced.get(tried));
                    attempts.put(tried, LaunchAttempt.after(attempts.get(tried), offers, left, now));
                    untold.add(tried);
                });
    }

    /**
     * How many offers were refused for pods of which some found no place, all rounds together, by their first reason; in
     * the order of these.
     */
    Map<PodId, Map<Refusal, Long>> refused(List<Unplaced> unplaced) {
        Map<PodId, Map<Refusal, Long>> refused = new LinkedHashMap<>();
        for (Unplaced one : unplaced) {
            LaunchAttempt attempt = attempts.get(new Configuration(one.pod(), one.configHash()));
            if (attempt != null && !attempt.refused().isEmpty()) {
                Map<Refusal, Long> ofPod = refused.computeIfAbsent(one.pod(), _ -> new EnumMap<>(Refusal.class));
                attempt.refused().forEach((reason, offers) -> ofPod.merge(reason, offers, Long::sum));
            }
        }
        return refused;
    }

    /** No instance of these waits any more. */
    void forget(Collection<Configuration> ended) {
        for (Configuration configuration : ended) {
            if (attempts.remove(configuration) != null) {
                untold.add(configuration);
            }
        }
    }

    /** When there is something to be stored; empty if there is nothing. */
    Optional<Instant> next() {
        return untold.isEmpty() ? Optional.empty() : Optional.of(nextTelling);
    }

    /** Tells what is new, if it is time to. */
    void tell(Changes changes, Instant now) {
        if (untold.isEmpty() || nextTelling.isAfter(now)) {
            return;
        }
        nextTelling = now.plus(PAUSE);
        untold.forEach(configuration ->
                changes.put(new AttemptChange(configuration.pod(), configuration.hash(), attempts.get(configuration))));
        untold.clear();
    }

    /** What was told last may not have been stored. */
    void retell() {
        untold.addAll(attempts.keySet());
        nextTelling = Instant.MIN;
    }
}
