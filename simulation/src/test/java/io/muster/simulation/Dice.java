package io.muster.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** All chance of one history. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        // Neighbouring seeds shall have nothing in common. A multiple of a seed would not do: that of this generator
        // steps by
        // such a constant itself, and the next seed would give the same throws, one later.
        random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    }

    /** Dice of its own for somebody, whose throws do not disturb those of others. */
    RandomGenerator another() {
        return random.split();
    }

    /** From the first to the last, both included. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    <T> T oneOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... things) {
        return things[random.nextInt(things.length)];
    }

    /** From the first to the last, both included. */
    Duration millis(int first, int last) {
        return Duration.ofMillis(between(first, last));
    }

    Duration seconds(int first, int last) {
        return millis(first * 1000, last * 1000);
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
