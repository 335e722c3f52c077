package io.muster.pods.json;

import io.muster.pods.model.Violations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One place in a JSON document, read by what is expected there. A place that is missing (or {@code null}, which means
 * the same) reads as the fallback; a place that is wrong is reported and reads as the fallback too, so that reading
 * goes on and finds everything that is wrong. What was read is of use only if nothing was reported.
 */
final class JsonCursor extends JsonPlace {

    private static final int MAX_ECHO = 200;

    /** What is below a missing place; there is nothing to report and nothing to remember. */
    private static final JsonCursor NOWHERE =
            new JsonCursor(null, "", NO_ELEMENT, MissingNode.getInstance(), new Violations());

    private final Violations found;

    private JsonCursor(
            @Nullable JsonCursor parent, String step, int position, @Nullable JsonNode node, Violations found) {
        super(parent, step, position, node);
        this.found = found;
    }

    static JsonCursor root(JsonNode document, Violations found) {
        return new JsonCursor(null, "", NO_ELEMENT, document, found);
    }

    void report(String message) {
        if (this != NOWHERE) {
            found.add(path(), message);
        }
    }

    private JsonCursor below(String name, int element, @Nullable JsonNode at) {
        return new JsonCursor(this, name, element, at, found);
    }

    private JsonCursor ask(String name, int element, @Nullable JsonNode at) {
        JsonCursor below = below(name, element, at);
        remember(below, at != null);
        return below;
    }

    /** An optional member. */
    JsonCursor member(String name) {
        if (node == null) {
            return NOWHERE;
        }
        JsonCursor earlier = asked(name);
        return earlier == null ? ask(name, NO_ELEMENT, node.get(name)) : earlier;
    }

    /** Passes a known member over because another won. */
    void passOver(String name, String winner) {
        if (node != null && node.hasNonNull(name)) {
            passOver(below(name, NO_ELEMENT, node.get(name)), "is ignored beside '" + winner + "'");
        }
    }

    /** A member that must be there; reports its absence itself. */
    JsonCursor required(String name) {
        JsonCursor member = member(name);
        if (node != null && !node.isObject()) {
            member.report(echo(node) + " is not an object");
        } else if (node != null && !member.isPresent()) {
            member.report("'" + name + "' is undefined on object: " + echo(node));
        }
        return member;
    }

    /** As {@link #required}, with the code that Marathon's hand-written readers give. */
    JsonCursor requiredPath(String name) {
        JsonCursor member = member(name);
        if (node != null && !member.isPresent()) {
            member.report("error.path.missing");
        }
        return member;
    }

    private static String echo(JsonNode node) {
        String text = node.toString();
        return text.length() <= MAX_ECHO ? text : text.substring(0, MAX_ECHO) + "…";
    }

    /** This place, or a missing one if it is no object. */
    JsonCursor object() {
        if (node != null && !node.isObject()) {
            report("error.expected.jsobject");
            return NOWHERE;
        }
        return this;
    }

    /** All members, whatever their names, in order; none when missing. */
    void members(BiConsumer<String, JsonCursor> reader) {
        JsonNode object = object().node;
        if (object != null) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                reader.accept(member.getKey(), ask(member.getKey(), NO_ELEMENT, member.getValue()));
            }
        }
    }

    /** All elements in order; empty when missing. */
    <T> List<T> elements(Function<JsonCursor, T> reader) {
        if (node == null) {
            return List.of();
        }
        if (!node.isArray()) {
            report("error.expected.jsarray");
            return List.of();
        }
        List<T> elements = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            elements.add(reader.apply(ask("", i, node.get(i))));
        }
        return elements;
    }

    /** This place; reported when it is an empty array. */
    JsonCursor notEmpty() {
        if (node != null && node.isArray() && node.isEmpty()) {
            report("error.minLength");
        }
        return this;
    }

    String text(TextRule rule, String fallback) {
        String text = textOrNull(rule);
        return text == null ? fallback : text;
    }

    @Nullable
    String textOrNull(TextRule rule) {
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            report("error.expected.jsstring");
            return null;
        }
        String text = node.asString();
        for (String broken : rule.broken(text)) {
            report(broken);
        }
        return text;
    }

    /** Strings; a missing or {@code null} element is none. */
    List<String> texts(TextRule rule) {
        return elements(element -> element.demandedText(rule));
    }

    Map<String, String> textMembers(TextRule rule) {
        Map<String, String> texts = new LinkedHashMap<>();
        members((name, member) -> texts.put(name, member.demandedText(rule)));
        return texts;
    }

    private String demandedText(TextRule rule) {
        if (node == null) {
            report("error.expected.jsstring");
        }
        return text(rule, "");
    }

    /** One of the given literals, whose keys are in lower case. */
    <E> E literal(Map<String, E> literals, E fallback) {
        String text = textOrNull(TextRule.ANY);
        if (text == null) {
            return fallback;
        }
        E literal = literals.get(text.toLowerCase(Locale.ROOT));
        if (literal == null) {
            report("error.unknown.enum.literal");
            return fallback;
        }
        return literal;
    }

    @Nullable
    Boolean flagOrNull() {
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            report("error.expected.jsboolean");
            return null;
        }
        return node.booleanValue();
    }

    boolean flag(boolean fallback) {
        Boolean flag = flagOrNull();
        return flag == null ? fallback : flag;
    }

    /** A number with the digits that were sent. */
    BigDecimal number(BigDecimal fallback, BigDecimal min, @Nullable BigDecimal max) {
        BigDecimal number = numberOrNull(min, max);
        return number == null ? fallback : number;
    }

    @Nullable
    BigDecimal numberOrNull(BigDecimal min, @Nullable BigDecimal max) {
        BigDecimal number = numberOrNull();
        if (number != null && number.compareTo(min) < 0) {
            report("error.min");
        }
        if (number != null && max != null && number.compareTo(max) > 0) {
            report("error.max");
        }
        return number;
    }

    /** Of any size, without an exponent. */
    @Nullable
    BigDecimal numberOrNull() {
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            report("error.expected.jsnumber");
            return null;
        }
        BigDecimal number = node.decimalValue();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    /** A whole number; {@code 3.0} is one. */
    int integer(int fallback, int min, int max) {
        return (int) wholeNumber(fallback, min, max, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Nullable
    Integer integerOrNull(int min, int max) {
        return node == null ? null : integer(min, min, max);
    }

    long longInteger(long fallback, long min) {
        return wholeNumber(fallback, min, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private long wholeNumber(long fallback, long min, long max, long leastOfType, long mostOfType) {
        BigDecimal number = numberOrNull();
        if (number == null) {
            return fallback;
        }
        if (number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(leastOfType)) < 0
                || number.compareTo(BigDecimal.valueOf(mostOfType)) > 0) {
            report("error.expected.int");
            return fallback;
        }
        long value = number.longValueExact();
        if (value < min) {
            report("error.min");
        }
        if (value > max) {
            report("error.max");
        }
        return value;
    }
}
