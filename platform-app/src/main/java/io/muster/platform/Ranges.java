package io.muster.platform;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** What numbers, times and sizes may be. Each check throws an {@link IllegalArgumentException} that begins with the property. */
final class Ranges {

    private Ranges() {}

    static void atLeast(String property, int least, int value) {
        require(value >= least, property + " must be at least " + least + ", not " + value);
    }

    static void between(String property, int least, int most, int value) {
        require(value >= least && value <= most, property + " must be " + least + " to " + most + ", not " + value);
    }

    static void positive(String property, double value) {
        require(Double.isFinite(value) && value > 0, property + " must be more than 0, not " + value);
    }

    static void positive(String property, DataSize value) {
        require(value.toBytes() > 0, property + " must be more than 0, not " + value);
    }

    static void positive(String property, Duration value) {
        require(value.isPositive(), property + " must be longer than 0, not " + value);
    }

    static void notNegative(String property, Duration value) {
        require(!value.isNegative(), property + " must not be negative, as " + value + " is");
    }

    static void notBlank(String property, String value) {
        require(!value.isBlank(), property + " must not be empty; leave it out for its default");
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
