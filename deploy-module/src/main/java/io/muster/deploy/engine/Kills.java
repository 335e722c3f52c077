package io.muster.deploy.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Whose end is to be asked for, and when: at once while few are under way, and again, after pauses that double, until it
 * has ended. What Mesos leaves without an answer for a whole first pause holds nobody else back (Marathon would wait for
 * it, KillServiceActor.scala). Nothing here needs to survive: after a new subscription all are asked for again.
 *
 * @param <K> names who is to end
 */
final class Kills<K extends Comparable<? super K>> {

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final int mostAtOnce;
    private final Duration firstPause;
    /** In the order in which they came. */
    private final SequencedSet<K> waiting = new LinkedHashSet<>();
    /** The next pause of each that was asked for. */
    private final Map<K, Duration> pauses = new HashMap<>();

    private final Set<K> underWay = new HashSet<>();
    private final Timers<K> repeats = new Timers<>();

    Kills(int mostAtOnce, Duration firstPause) {
        this.mostAtOnce = mostAtOnce;
        this.firstPause = firstPause;
    }

    /**
     * Who is due, and how many of them not for the first time.
     *
     * @param repeated at the beginning of the list
     */
    record Due<K>(List<K> keys, int repeated) {}

    /** Changes nothing for one that is known already. */
    void want(K key) {
        if (!pauses.containsKey(key)) {
            waiting.add(key);
        }
    }

    /** It has ended, or is not to end any more. */
    void forget(K key) {
        waiting.remove(key);
        pauses.remove(key);
        underWay.remove(key);
        repeats.set(key, Optional.empty());
    }

    /** What was sent may be lost. */
    void startOver() {
        List.copyOf(pauses.keySet()).stream().sorted().forEach(key -> {
            forget(key);
            waiting.add(key);
        });
    }

    /** Those whose kill is to be sent now: each, until the next time it is due, once. */
    Due<K> due(Instant now) {
        List<K> due = new ArrayList<>(repeats.due(now));
        int repeated = due.size();
        underWay.removeAll(due);
        while (underWay.size() < mostAtOnce && !waiting.isEmpty()) {
            K key = waiting.removeFirst();
            underWay.add(key);
            due.add(key);
        }
        for (K key : due) {
            Duration pause = pauses.getOrDefault(key, firstPause);
            repeats.set(key, Optional.of(now.plus(pause)));
            Duration doubled = pause.multipliedBy(2);
            pauses.put(key, doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE);
        }
        return new Due<>(due, repeated);
    }

    /** When {@link #due} has something, as far as time decides it. */
    Optional<Instant> next(Instant now) {
        return underWay.size() < mostAtOnce && !waiting.isEmpty() ? Optional.of(now) : repeats.next();
    }

    /** How many have not ended yet. */
    int size() {
        return waiting.size() + pauses.size();
    }
}
