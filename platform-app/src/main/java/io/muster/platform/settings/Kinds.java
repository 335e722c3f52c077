package io.muster.platform.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.util.unit.DataSize;

/** What values of settings look like. */
final class Kinds {

    private Kinds() {}

    /** In words, for somebody who wrote something else. */
    static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + values(type);
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == Duration.class) {
            return "a duration such as 30s, 5m or 7d";
        } else if (type == DataSize.class) {
            return "a size such as 512KB or 8GB";
        } else if (type == int.class || type == Integer.class) {
            return "a whole number";
        } else if (type == double.class || type == Double.class) {
            return "a number";
        }
        return "a " + type.getSimpleName();
    }

    /** As they are written in files, with commas between. */
    static String values(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants())
                .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
