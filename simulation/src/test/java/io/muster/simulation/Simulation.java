package io.muster.simulation;

import io.muster.simulation.History.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Plays histories, on all processors. */
public final class Simulation {

    private static final int PART = 1_000;

    private Simulation() {}

    /** Takes how many histories, and the seed of the first one; ends with status 1 if one of them fails. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        long histories = given.isEmpty() ? 200_000 : Long.parseLong(given.getFirst());
        long first = given.size() < 2 ? 1 : Long.parseLong(given.get(1));
        long begin = System.nanoTime();
        Coverage all = new Coverage();
        long failed = 0;
        for (long from = first; from < first + histories; from += PART) {
            long to = Math.min(from + PART, first + histories);
            List<String> failures = play(from, to - from, Parts::usual, all);
            failures.forEach(System.out::println);
            failed += failures.size();
            double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
            System.out.printf(
                    "seeds %d to %d: %d failed, %.1f histories a second%n",
                    first, to - 1, failed, (to - first) / seconds);
        }
        System.out.println(all.describe());
        if (failed > 0) {
            System.exit(1);
        }
    }

    /** What failed among so many histories from this seed on, in the order of the seeds. */
    static List<String> play(long first, long histories, Supplier<Parts> parts, Coverage all) {
        return LongStream.range(first, first + histories)
                .parallel()
                .mapToObj(seed -> new History(seed, parts).run())
                .peek(outcome -> all.add(outcome.coverage()))
                .map(Outcome::failure)
                .flatMap(Optional::stream)
                .toList();
    }
}
