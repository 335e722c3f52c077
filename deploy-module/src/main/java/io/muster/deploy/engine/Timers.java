package io.muster.deploy.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** At most one moment for each key, found in the order of time without looking at the others. */
final class Timers<K extends Comparable<? super K>> {

    private record Due<K>(Instant at, K key) {}

    private final Map<K, Instant> moments = new HashMap<>();
    private final TreeSet<Due<K>> order =
            new TreeSet<>(Comparator.comparing((Due<K> due) -> due.at()).thenComparing(due -> due.key()));

    /** Replaces the moment of this key; empty removes it. */
    void set(K key, Optional<Instant> moment) {
        Instant before = moments.remove(key);
        if (before != null) {
            order.remove(new Due<>(before, key));
        }
        moment.ifPresent(at -> {
            moments.put(key, at);
            order.add(new Due<>(at, key));
        });
    }

    /** Removes and returns the keys whose moment has come, earliest first. */
    List<K> due(Instant now) {
        return due(now, Integer.MAX_VALUE);
    }

    /** The same, at most {@code limit} of them; the others stay due. */
    List<K> due(Instant now, int limit) {
        List<K> keys = new ArrayList<>();
        while (keys.size() < limit && !order.isEmpty() && !order.first().at().isAfter(now)) {
            K key = order.removeFirst().key();
            moments.remove(key);
            keys.add(key);
        }
        return keys;
    }

    Optional<Instant> next() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().at());
    }
}
