package io.muster.pods.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every violation of one definition, so that all are reported together. Bounded: a hostile body could break a
 * rule in each of its bytes, and with names of any length, so only the first {@value #LIMIT} are kept, and of these the
 * first {@value #MAX_LENGTH} characters of path and message.
 */
public final class Violations {

    static final int LIMIT = 1000;
    private static final int MAX_LENGTH = 1024;

    private final List<Violation> found = new ArrayList<>();

    public void add(String path, String message) {
        if (found.size() < LIMIT) {
            found.add(new Violation(cut(path), cut(message)));
        }
    }

    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
        return text.substring(0, end) + "…";
    }

    void addIf(boolean broken, String path, String message) {
        if (broken) {
            add(path, message);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order they were found. */
    public List<Violation> toList() {
        return List.copyOf(found);
    }
}
