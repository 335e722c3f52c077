package io.muster.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The version of a pod definition: the instant it was accepted, in whole milliseconds. Unique and strictly increasing
 * for one pod id, over all its lives.
 */
public record Version(Instant instant) implements Comparable<Version> {

    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public Version {
        if (!instant.equals(instant.truncatedTo(ChronoUnit.MILLIS))) {
            throw new IllegalArgumentException("a version has whole milliseconds, not " + instant);
        }
    }

    /** Reads any ISO-8601 date-time with an offset, as clients send it; finer digits are cut. Empty if it is none. */
    public static Optional<Version> parse(String text) {
        try {
            return Optional.of(
                    new Version(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS)));
        } catch (DateTimeException notADateTime) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Version other) {
        return instant.compareTo(other.instant);
    }

    /** UTC with three fraction digits, always: {@code 2026-11-22T11:18:13.066Z}. */
    @Override
    public String toString() {
        return TEXT.format(instant);
    }
}
