package io.muster.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How often each thing happened, over one history or many. */
final class Coverage {

    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final Map<Action, Integer> actions = new EnumMap<>(Action.class);
    private long histories;
    private long steps;
    private long launches;
    private Duration virtualTime = Duration.ZERO;
    private Duration longestSettling = Duration.ZERO;
    private long slowestSeed;

    void count(Fault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void count(Action action) {
        actions.merge(action, 1, Integer::sum);
    }

    void step() {
        steps++;
    }

    void launch() {
        launches++;
    }

    void ended(long seed, Duration lasted, Duration settling) {
        histories = 1;
        virtualTime = lasted;
        longestSettling = settling;
        slowestSeed = seed;
    }

    synchronized void add(Coverage other) {
        other.faults.forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
        other.actions.forEach((action, times) -> actions.merge(action, times, Integer::sum));
        histories += other.histories;
        steps += other.steps;
        launches += other.launches;
        virtualTime = virtualTime.plus(other.virtualTime);
        if (other.longestSettling.compareTo(longestSettling) > 0) {
            longestSettling = other.longestSettling;
            slowestSeed = other.slowestSeed;
        }
    }

    int times(Fault fault) {
        return faults.getOrDefault(fault, 0);
    }

    int times(Action action) {
        return actions.getOrDefault(action, 0);
    }

    synchronized long histories() {
        return histories;
    }

    long steps() {
        return steps;
    }

    Duration longestSettling() {
        return longestSettling;
    }

    /** For people. */
    synchronized String describe() {
        return "%,d histories, %,d rounds, %,d launches, %,d days of virtual time, longest convergence %d s (seed %d)%n  faults %s%n  actions %s"
                .formatted(
                        histories,
                        steps,
                        launches,
                        virtualTime.toDays(),
                        longestSettling.toSeconds(),
                        slowestSeed,
                        faults,
                        actions);
    }
}
