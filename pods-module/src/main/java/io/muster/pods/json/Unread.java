package io.muster.pods.json;

import io.muster.pods.model.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the members that a reader did not ask for: spelled wrongly, of another release, or passed over because another
 * member won. Known is what was asked for, so there is no second list of names.
 */
final class Unread {

    static final int LIMIT = 100;
    static final int MAX_PATH = 256;

    private final List<Violation> found = new ArrayList<>();

    private Unread() {}

    /** Each with its path and what to say of it; in document order, at most {@value #LIMIT}. */
    static List<Violation> below(JsonPlace root) {
        if (isReadUp(root)) {
            return List.of();
        }
        var unread = new Unread();
        unread.visit(root);
        return List.copyOf(unread.found);
    }

    private static boolean isReadUp(JsonPlace place) {
        if (!place.isReadUp()) {
            return false;
        }
        for (JsonPlace below : place.asked()) {
            if (!isReadUp(below)) {
                return false;
            }
        }
        return true;
    }

    private void visit(JsonPlace place) {
        if (place.isObject() && place.node != null) {
            Map<String, JsonPlace> asked = new HashMap<>();
            place.asked().forEach(below -> asked.put(below.step(), below));
            for (String name : place.node.propertyNames()) {
                visit(place, name, asked.get(name));
            }
        } else {
            place.asked().forEach(this::visit);
        }
    }

    private void visit(JsonPlace object, String name, @Nullable JsonPlace asked) {
        if (found.size() == LIMIT) {
            return;
        }
        if (asked == null) {
            found.add(new Violation(path(object, name), "unknown field" + hint(name, object.asked())));
        } else if (asked.passedOver() != null) {
            found.add(new Violation(path(object, name), asked.passedOver()));
        } else {
            visit(asked);
        }
    }

    private static String path(JsonPlace object, String member) {
        String path = object.path();
        String full = path.equals("/") ? "/" + member : path + "/" + member;
        return full.length() <= MAX_PATH ? full : full.substring(0, MAX_PATH) + "…";
    }

    private static String hint(String name, List<JsonCursor> known) {
        for (JsonPlace candidate : known) {
            if (isSlip(name.toLowerCase(Locale.ROOT), candidate.step().toLowerCase(Locale.ROOT))) {
                return ", did you mean '" + candidate.step() + "'?";
            }
        }
        return "";
    }

    /** Whether one becomes the other by adding, leaving out or changing at most one letter. */
    private static boolean isSlip(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        if (Math.max(one.length(), other.length()) > shorter + 1) {
            return false;
        }
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return Math.max(one.length(), other.length()) - start - end <= 1;
    }
}
