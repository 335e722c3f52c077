package io.muster.pods;

import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A regular expression over a field of an agent. It comes from users and is tried in the engine, so the time it takes
 * grows with the length of the text only: it is matched by RE2/J, which does not backtrack. The language is what {@link
 * java.util.regex.Pattern} and RE2 have in common and understand alike: no look-around, no back references, no
 * possessive quantifiers, no classes within classes.
 */
public final class ValuePattern {

    /** In characters and repetitions, roughly the states that are tried for each character of a text. */
    private static final int LARGEST = 4_000;

    private static final int DEEPEST = 100;
    private static final int MOST_REPETITIONS = 1_000;

    private static final String BROKEN = "is not a valid regular expression";
    private static final String FOREIGN = BROKEN
            + " (look-around, back references, possessive quantifiers and classes within classes are not supported)";
    private static final String TOO_LARGE = "is too large a regular expression";

    private final Pattern pattern;

    private ValuePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, not of this language, or too large; its message is for the user
     */
    public static ValuePattern of(String expression) {
        // Before anything compiles it: nested repetitions of a few characters can fill the memory.
        if (size(expression) > LARGEST) {
            throw new IllegalArgumentException(TOO_LARGE);
        }
        try {
            java.util.regex.Pattern.compile(expression);
        } catch (java.util.regex.PatternSyntaxException broken) {
            throw new IllegalArgumentException(BROKEN, broken);
        }
        if (hasClassInClass(expression)) {
            throw new IllegalArgumentException(FOREIGN);
        }
        try {
            return new ValuePattern(Pattern.compile(expression));
        } catch (com.google.re2j.PatternSyntaxException foreign) {
            throw new IllegalArgumentException(FOREIGN, foreign);
        }
    }

    /** Whether the whole text is of this pattern. */
    public boolean matches(String text) {
        return pattern.matches(text);
    }

    /** What an expression grows to once its repetitions are written out; at least that, and never less. */
    private static long size(String expression) {
        if (expression.length() > LARGEST) {
            return expression.length();
        }
        Deque<Long> outer = new ArrayDeque<>();
        long group = 0;
        long atom = 0;
        for (int i = 0; i < expression.length(); i++) {
            long added = 1;
            switch (expression.charAt(i)) {
                case '\\' -> i++;
                case '[' -> i = endOfClass(expression, i);
                case '(' -> {
                    outer.push(group);
                    group = 0;
                }
                case ')' -> {
                    added = group + 2;
                    group = outer.isEmpty() ? 0 : outer.pop();
                }
                case '{' -> {
                    long times = largestNumber(expression, i + 1);
                    if (times > MOST_REPETITIONS) {
                        return Long.MAX_VALUE;
                    }
                    added = atom * times;
                }
                default -> {}
            }
            atom = added;
            group += added;
            if (outer.size() > DEEPEST || group > LARGEST) {
                return Long.MAX_VALUE;
            }
        }
        return group;
    }

    /** The larger number of a repetition; 1 where there is none. */
    private static long largestNumber(String expression, int begin) {
        long largest = 1;
        long number = 0;
        for (int i = begin; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(MOST_REPETITIONS + 1L, number * 10 + c - '0');
                largest = Math.max(largest, number);
            } else if (c == ',') {
                number = 0;
            } else {
                break;
            }
        }
        return largest;
    }

    /** In Java a class may contain classes and intersections; elsewhere these characters mean themselves. */
    private static boolean hasClassInClass(String expression) {
        for (int i = 0; i < expression.length(); i++) {
            switch (expression.charAt(i)) {
                case '\\' -> i++;
                case '[' -> {
                    int end = endOfClass(expression, i);
                    String inside = expression.substring(i + 1, end).replaceAll("\\\\.", "");
                    if (inside.contains("[") || inside.contains("&&")) {
                        return true;
                    }
                    i = end;
                }
                default -> {}
            }
        }
        return false;
    }

    /** Where the class that begins here ends, or the expression. A bracket that comes first means itself. */
    private static int endOfClass(String expression, int begin) {
        int first = expression.startsWith("^", begin + 1) ? begin + 2 : begin + 1;
        for (int i = first; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ']' && i > first) {
                return i;
            }
        }
        return expression.length();
    }
}
