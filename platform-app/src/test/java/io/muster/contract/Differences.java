package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** How the answers of Muster differ from those recorded: every difference that was decided, and no other. */
final class Differences {

    /**
     * A difference that was decided.
     *
     * @param recordings the names of recordings, as a regular expression
     * @param difference what differs, as a regular expression
     * @param why the reason
     */
    record Decided(String recordings, String difference, String why) {

        boolean covers(String recording, String found) {
            return Pattern.matches(recordings, recording) && Pattern.matches(difference, found);
        }
    }

    private final List<Decided> decided;
    private final Set<Decided> met = new HashSet<>();
    private final List<String> undecided = new ArrayList<>();

    Differences(List<Decided> decided) {
        this.decided = decided;
    }

    private void add(String recording, String found) {
        List<Decided> covering =
                decided.stream().filter(one -> one.covers(recording, found)).toList();
        met.addAll(covering);
        if (covering.isEmpty()) {
            undecided.add(recording + ": " + found);
        }
    }

    void compareStatus(String recording, int expected, int actual) {
        if (expected != actual) {
            add(recording, "status " + expected + " -> " + actual);
        }
    }

    void compareNames(String recording, String what, Collection<String> expected, Collection<String> actual) {
        expected.stream()
                .filter(name -> !actual.contains(name))
                .forEach(name -> add(recording, what + " " + name + " missing"));
        actual.stream()
                .filter(name -> !expected.contains(name))
                .forEach(name -> add(recording, what + " " + name + " added"));
    }

    void compareShapes(String recording, Map<String, String> expected, Map<String, String> actual) {
        compareNames(recording, "member", outermost(expected, actual), outermost(actual, expected));
        new TreeMap<>(expected).forEach((path, type) -> {
            String found = actual.getOrDefault(path, type);
            if (!found.equals(type)) {
                add(recording, "member " + path + " " + type + " -> " + found);
            }
        });
    }

    /** Without what lies below a member that the other does not have at all. */
    private static List<String> outermost(Map<String, String> paths, Map<String, String> other) {
        return paths.keySet().stream()
                .filter(path -> {
                    int last = Math.max(path.lastIndexOf('/'), path.lastIndexOf("[]"));
                    return last <= 0 || other.containsKey(path.substring(0, last));
                })
                .toList();
    }

    /** Fails if something differs that was not decided, or nothing differs where it was. */
    void assertAsDecided() {
        assertThat(undecided).as("differences that nobody decided").isEmpty();
        assertThat(met).as("decided differences that were met").containsAll(decided);
    }
}
