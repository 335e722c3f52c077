package io.muster.pods.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in a JSON document: where it is, what is there, and which places below it were asked for, so that {@link
 * Unread} can tell what nobody asked for.
 */
abstract sealed class JsonPlace permits JsonCursor {

    static final int NO_ELEMENT = -1;

    private final @Nullable JsonPlace parent;

    /** The key in the parent; empty for an element. */
    private final String step;

    /** In the parent, if that is read as an array. */
    private final int position;

    /** What is here; a {@code null} of JSON means the same as nothing. */
    final @Nullable JsonNode node;

    private List<JsonCursor> asked = List.of();
    private int askedAndThere;
    private @Nullable String passedOver;

    JsonPlace(@Nullable JsonPlace parent, String step, int position, @Nullable JsonNode node) {
        this.parent = parent;
        this.step = step;
        this.position = position;
        this.node = node == null || node.isNull() || node.isMissingNode() ? null : node;
    }

    boolean isPresent() {
        return node != null;
    }

    boolean isText() {
        return node != null && node.isString();
    }

    boolean isNumber() {
        return node != null && node.isNumber();
    }

    boolean isObject() {
        return node != null && node.isObject();
    }

    boolean isArray() {
        return node != null && node.isArray();
    }

    /** The name of a member, as it was asked for. */
    String step() {
        return step;
    }

    /** As Marathon writes it; nothing is escaped. */
    String path() {
        if (parent == null) {
            return "/";
        }
        var path = new StringBuilder();
        appendTo(path);
        return path.toString();
    }

    private void appendTo(StringBuilder path) {
        if (parent != null) {
            parent.appendTo(path);
            if (position == NO_ELEMENT) {
                path.append('/').append(step);
            } else {
                path.append('(').append(position).append(')');
            }
        }
    }

    /** The places below this one that were asked for, be they there or not. In the order of asking, each once. */
    List<JsonCursor> asked() {
        return asked;
    }

    /** The member of this name, if it was asked for. */
    @Nullable
    JsonCursor asked(String name) {
        for (JsonCursor earlier : asked) {
            if (earlier.step().equals(name)) {
                return earlier;
            }
        }
        return null;
    }

    /** Remembers that a place below this one was asked for, be it there or not. */
    void remember(JsonCursor below, boolean isThere) {
        if (isThere) {
            askedAndThere++;
        }
        if (asked.isEmpty()) {
            asked = new ArrayList<>();
        }
        asked.add(below);
    }

    /** Remembers that nobody will ask for a member which is there. */
    void passOver(JsonCursor member, String why) {
        remember(member, false);
        ((JsonPlace) member).passedOver = why;
    }

    /** Why nobody will ask for what is here. */
    @Nullable
    String passedOver() {
        return passedOver;
    }

    /** Whether all that is in this object was asked for. */
    boolean isReadUp() {
        return node == null || !node.isObject() || askedAndThere == node.size();
    }
}
