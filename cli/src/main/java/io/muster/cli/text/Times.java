package io.muster.cli.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, for people: written in the largest unit that fits, and read in the same units. */
public final class Times {

    private static final Pattern WRITTEN = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,6})m)?(?:(\\d{1,8})s)?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,8}");

    private Times() {}

    /** {@code 7s}, {@code 12m}, {@code 5h} or {@code 30d}; what is negative is {@code 0s}: clocks differ. */
    public static String brief(Duration time) {
        if (time.isNegative()) {
            return "0s";
        }
        if (time.toMinutes() < 2) {
            return time.toSeconds() + "s";
        }
        if (time.toHours() < 2) {
            return time.toMinutes() + "m";
        }
        return time.toDays() < 2 ? time.toHours() + "h" : time.toDays() + "d";
    }

    /** How long ago an instant in ISO-8601 was; the text itself if it is none. */
    public static String ago(String instant, Instant now) {
        try {
            return brief(Duration.between(Instant.parse(instant), now));
        } catch (DateTimeException noInstant) {
            return instant;
        }
    }

    /**
     * Reads {@code 90}, {@code 90s}, {@code 5m} or {@code 1h30m}.
     *
     * @return empty if it is no such text, or no time at all
     */
    public static Optional<Duration> parse(String text) {
        if (SECONDS.matcher(text).matches()) {
            return positive(Duration.ofSeconds(Long.parseLong(text)));
        }
        Matcher matcher = WRITTEN.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return positive(Duration.ofHours(number(matcher, 1))
                .plusMinutes(number(matcher, 2))
                .plusSeconds(number(matcher, 3)));
    }

    private static long number(Matcher matcher, int group) {
        return Optional.ofNullable(matcher.group(group)).map(Long::parseLong).orElse(0L);
    }

    private static Optional<Duration> positive(Duration time) {
        return Optional.of(time).filter(Duration::isPositive);
    }
}
