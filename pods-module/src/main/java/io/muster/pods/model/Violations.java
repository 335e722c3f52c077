package io.muster.pods.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects every violation of one definition, so that all are reported together. Bounded: a hostile body could break a
 * rule in each of its bytes, so only the first {@value #LIMIT} are kept.
 */
public final class Violations {

    static final int LIMIT = 1000;

    private final List<Violation> found = new ArrayList<>();

    public void add(String path, String message) {
        if (found.size() < LIMIT) {
            found.add(new Violation(path, message));
        }
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
