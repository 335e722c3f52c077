package io.muster.pods.diff;

import io.muster.pods.diff.Difference.Added;
import io.muster.pods.diff.Difference.Removed;
import io.muster.pods.diff.Difference.Replaced;
import io.muster.pods.diff.Difference.Step;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Differences as they are told: to programs as a JSON Patch, to people as lines. */
public final class DifferenceText {

    private DifferenceText() {}

    /** A JSON Patch (RFC 6902), in the order of the differences. */
    public static ArrayNode patch(List<Difference> differences) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (Difference difference : differences) {
            ObjectNode operation = patch.addObject();
            String pointer = pointer(difference.path());
            switch (difference) {
                case Added added ->
                    operation.put("op", "add").put("path", pointer).set("value", added.value());
                case Removed _ -> operation.put("op", "remove").put("path", pointer);
                case Replaced replaced ->
                    operation.put("op", "replace").put("path", pointer).set("value", replaced.after());
            }
        }
        return patch;
    }

    /** One line for each difference, such as {@code containers[web].resources.cpus: 0.5 -> 1}. */
    public static List<String> lines(List<Difference> differences) {
        return differences.stream()
                .map(difference -> switch (difference) {
                    case Added added -> "+ " + words(added.path()) + ": " + added.value();
                    case Removed removed -> "- " + words(removed.path()) + ": " + removed.value();
                    case Replaced replaced ->
                        "~ " + words(replaced.path()) + ": " + replaced.before() + " -> " + replaced.after();
                })
                .toList();
    }

    private static String pointer(List<Step> path) {
        StringBuilder pointer = new StringBuilder();
        for (Step step : path) {
            pointer.append('/');
            switch (step) {
                case Step.Member(String name) ->
                    pointer.append(name.replace("~", "~0").replace("/", "~1"));
                case Step.Element(int index, String _) -> pointer.append(index);
            }
        }
        return pointer.toString();
    }

    private static String words(List<Step> path) {
        StringBuilder words = new StringBuilder();
        for (Step step : path) {
            switch (step) {
                case Step.Member(String name) ->
                    words.append(words.isEmpty() ? "" : ".").append(name);
                case Step.Element(int _, String label) ->
                    words.append('[').append(label).append(']');
            }
        }
        return words.toString();
    }
}
