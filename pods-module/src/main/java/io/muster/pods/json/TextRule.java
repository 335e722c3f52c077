package io.muster.pods.json;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the schema demands of a string. Lengths are in UTF-16 units.
 *
 * @param shape the pattern; a broken one is reported besides a broken length
 */
record TextRule(int minLength, int maxLength, Predicate<String> shape) {

    static final TextRule ANY = new TextRule(0, Integer.MAX_VALUE, text -> true);
    static final TextRule NOT_EMPTY = new TextRule(1, Integer.MAX_VALUE, text -> true);
    static final TextRule UP_TO_1024 = new TextRule(1, 1024, text -> true);
    static final TextRule NAME = new TextRule(1, 63, matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?"));
    static final TextRule NETWORK_NAME = new TextRule(1, 63, matches("[a-z0-9]([-a-z0-9_]*[a-z0-9])?"));
    static final TextRule VARIABLE = new TextRule(0, Integer.MAX_VALUE, matches("[a-zA-Z_][a-zA-Z0-9_]{0,253}"));
    static final TextRule POD_ID = new TextRule(1, Integer.MAX_VALUE, TextRule::isPodId);

    private static final Pattern ID_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }

    /** Segments of dot-separated labels, or {@code ..}; the schema's own expression would backtrack for ever. */
    private static boolean isPodId(String text) {
        for (String segment : text.split("/", -1)) {
            if (!segment.isEmpty() && !segment.equals("..") && !isSegment(segment)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSegment(String segment) {
        for (String label : segment.split("\\.", -1)) {
            if (!ID_LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** The codes of what is wrong with a text; mostly none. */
    List<String> broken(String text) {
        if (text.length() >= minLength && text.length() <= maxLength && shape.test(text)) {
            return List.of();
        }
        List<String> codes = new ArrayList<>();
        if (text.length() < minLength) {
            codes.add("error.minLength");
        }
        if (text.length() > maxLength) {
            codes.add("error.maxLength");
        }
        if (!shape.test(text)) {
            codes.add("error.pattern");
        }
        return codes;
    }
}
