package io.muster.pods.json;

import io.muster.pods.model.Violations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One place in a JSON document, read by what is expected there. A place that is missing (or {@code null}, which means
 * the same) reads as the fallback; a place that is wrong is reported and reads as the fallback too, so that reading
 * goes on and finds everything that is wrong. What was read is of use only if nothing was reported.
 */
final class JsonCursor {

    /** Longer numbers are no amounts of anything; they would only make arithmetic expensive. */
    private static final int MAX_DIGITS = 100;

    private static final int MAX_ECHO = 200;

    private final @Nullable JsonNode node;
    private final String path;
    private final Violations found;

    private JsonCursor(@Nullable JsonNode node, String path, Violations found) {
        this.node = node == null || node.isNull() || node.isMissingNode() ? null : node;
        this.path = path;
        this.found = found;
    }

    static JsonCursor root(JsonNode document, Violations found) {
        return new JsonCursor(document, "", found);
    }

    boolean isPresent() {
        return node != null;
    }

    boolean isText() {
        return node != null && node.isString();
    }

    boolean isObject() {
        return node != null && node.isObject();
    }

    void report(String message) {
        found.add(path.isEmpty() ? "/" : path, message);
    }

    /** An optional member. */
    JsonCursor member(String name) {
        return new JsonCursor(node == null ? null : node.get(name), path + "/" + name, found);
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
            return new JsonCursor(null, path, found);
        }
        return this;
    }

    /** In order; empty when missing. */
    Map<String, JsonCursor> members() {
        Map<String, JsonCursor> members = new LinkedHashMap<>();
        JsonNode object = object().node;
        if (object != null) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                members.put(member.getKey(), new JsonCursor(member.getValue(), path + "/" + member.getKey(), found));
            }
        }
        return members;
    }

    /** In order; empty when missing. */
    List<JsonCursor> elements() {
        List<JsonCursor> elements = new ArrayList<>();
        if (node != null && !node.isArray()) {
            report("error.expected.jsarray");
        } else if (node != null) {
            for (int i = 0; i < node.size(); i++) {
                elements.add(new JsonCursor(node.get(i), path + "(" + i + ")", found));
            }
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
        rule.check(path, text, found);
        return text;
    }

    /** Strings; a missing or {@code null} element is none. */
    List<String> texts(TextRule rule) {
        return elements().stream().map(element -> element.demandedText(rule)).toList();
    }

    Map<String, String> textMembers(TextRule rule) {
        Map<String, String> texts = new LinkedHashMap<>();
        members().forEach((name, member) -> texts.put(name, member.demandedText(rule)));
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
        BigDecimal number = anyNumber();
        if (number == null) {
            return null;
        }
        if (number.compareTo(min) < 0) {
            report("error.min");
        }
        if (max != null && number.compareTo(max) > 0) {
            report("error.max");
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private @Nullable BigDecimal anyNumber() {
        if (node == null) {
            return null;
        }
        BigDecimal number = node.isNumber() ? node.decimalValue() : null;
        if (number == null || Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS) {
            report("error.expected.jsnumber");
            return null;
        }
        return number;
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
        BigDecimal number = anyNumber();
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
