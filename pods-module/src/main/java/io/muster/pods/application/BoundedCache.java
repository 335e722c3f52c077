package io.muster.pods.application;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Keeps values that never change, up to a weight; what was used longest ago goes first. For any number of threads.
 *
 * @param <K> has value semantics
 * @param <V> immutable
 */
public final class BoundedCache<K, V> {

    private final Map<K, V> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private final long capacity;
    private final ToLongFunction<V> weigher;
    private long weight;

    /**
     * Makes an empty one.
     *
     * @param capacity the sum of weights that is never exceeded
     * @param weigher always the same for the same value, at least 1
     */
    public BoundedCache(long capacity, ToLongFunction<V> weigher) {
        this.capacity = capacity;
        this.weigher = weigher;
    }

    public synchronized Optional<V> find(K key) {
        return Optional.ofNullable(byUse.get(key));
    }

    /** Keeps a value, for which others may have to go; a value heavier than the whole capacity is not kept. */
    public synchronized void put(K key, V value) {
        if (weigher.applyAsLong(value) > capacity) {
            return;
        }
        add(key, value);
        var eldest = byUse.values().iterator();
        while (weight > capacity) {
            weight -= weigher.applyAsLong(eldest.next());
            eldest.remove();
        }
    }

    /**
     * Keeps a value if none has to go for it. Whoever reads everything once in order uses this: in a cache that holds
     * less than everything, his values would only push out each other, and those that are asked for often.
     */
    public synchronized void putIfRoom(K key, V value) {
        if (weight + weigher.applyAsLong(value) <= capacity) {
            add(key, value);
        }
    }

    private void add(K key, V value) {
        V before = byUse.put(key, value);
        weight += weigher.applyAsLong(value) - (before == null ? 0 : weigher.applyAsLong(before));
    }
}
