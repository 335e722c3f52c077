package io.muster.pods.diff;

import io.muster.pods.diff.Difference.Added;
import io.muster.pods.diff.Difference.Removed;
import io.muster.pods.diff.Difference.Replaced;
import io.muster.pods.diff.Difference.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Compares documents field by field. Elements of arrays that have a {@code name} are the same element where they have the
 * same name; others where they are equal, and what is left between those in the order in which it stands.
 */
public final class JsonDiff {

    private final List<Difference> found = new ArrayList<>();

    private JsonDiff() {}

    /** The steps that make {@code after} out of {@code before}; empty if they say the same. Numbers are compared by value. */
    public static List<Difference> between(JsonNode before, JsonNode after) {
        var diff = new JsonDiff();
        diff.compare(List.of(), before, after);
        return List.copyOf(diff.found);
    }

    private void compare(List<Step> path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            members(path, before, after);
        } else if (before.isArray() && after.isArray()) {
            elements(path, before, after);
        } else if (!same(before, after)) {
            found.add(new Replaced(path, before, after));
        }
    }

    private void members(List<Step> path, JsonNode before, JsonNode after) {
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            List<Step> place = below(path, new Step.Member(member.getKey()));
            JsonNode other = after.get(member.getKey());
            if (other == null) {
                found.add(new Removed(place, member.getValue()));
            } else {
                compare(place, member.getValue(), other);
            }
        }
        for (Map.Entry<String, JsonNode> member : after.properties()) {
            if (!before.has(member.getKey())) {
                found.add(new Added(below(path, new Step.Member(member.getKey())), member.getValue()));
            }
        }
    }

    private void elements(List<Step> path, JsonNode before, JsonNode after) {
        int[][] common = commonElements(before, after);
        int place = 0;
        int i = 0;
        int j = 0;
        while (i < before.size() && j < after.size()) {
            JsonNode old = before.get(i);
            JsonNode now = after.get(j);
            boolean neitherIsCommon = common[i + 1][j + 1] == common[i][j];
            if (corresponds(old, now) || (neitherIsCommon && areNameless(old, now))) {
                compare(below(path, element(place, now)), old, now);
                place++;
                i++;
                j++;
            } else if (common[i + 1][j] == common[i][j]) {
                found.add(new Removed(below(path, element(place, old)), old));
                i++;
            } else {
                found.add(new Added(below(path, element(place, now)), now));
                place++;
                j++;
            }
        }
        for (; i < before.size(); i++) {
            found.add(new Removed(below(path, element(place, before.get(i))), before.get(i)));
        }
        for (; j < after.size(); j++) {
            found.add(new Added(below(path, element(place, after.get(j))), after.get(j)));
            place++;
        }
    }

    /** How many elements correspond, in order, from here on: the longest common subsequence of the two rests. */
    private static int[][] commonElements(JsonNode before, JsonNode after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = corresponds(before.get(i), after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static boolean corresponds(JsonNode one, JsonNode other) {
        boolean named = one.has("name") && other.has("name");
        return named ? same(one.get("name"), other.get("name")) : same(one, other);
    }

    private static boolean areNameless(JsonNode one, JsonNode other) {
        return !one.has("name") && !other.has("name");
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals((left, right) -> sameLeaf(left, right) ? 0 : 1, other);
    }

    private static boolean sameLeaf(JsonNode one, JsonNode other) {
        boolean numbers = one.isNumber() && other.isNumber();
        return numbers ? one.decimalValue().compareTo(other.decimalValue()) == 0 : one.equals(other);
    }

    private static Step element(int index, JsonNode value) {
        JsonNode name = value.path("name");
        return new Step.Element(index, name.isString() ? name.asString() : Integer.toString(index));
    }

    private static List<Step> below(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
