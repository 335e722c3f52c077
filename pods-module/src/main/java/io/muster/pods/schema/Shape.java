package io.muster.pods.schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema (draft 2020-12) under construction: each step adds to it and returns it. Objects may have members that
 * are not named, since the server passes over what it does not know.
 */
public final class Shape {

    /** Where {@link #ref} looks for its target. */
    public static final String DEFINITIONS = "#/$defs/";

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Shape() {}

    private static Shape typed(String type) {
        var shape = new Shape();
        shape.json.put("type", type);
        return shape;
    }

    /** Anything; of use as the beginning of a condition. */
    public static Shape any() {
        return new Shape();
    }

    public static Shape text() {
        return typed("string");
    }

    public static Shape number() {
        return typed("number");
    }

    public static Shape flag() {
        return typed("boolean");
    }

    /** Only this one of the two. */
    public static Shape only(boolean value) {
        Shape flag = flag();
        flag.json.putArray("enum").add(value);
        return flag;
    }

    /** A number without a fraction. */
    public static Shape whole(long min, long max) {
        return typed("integer").min(min).max(max);
    }

    /** A number without a fraction, from 0 to what an {@code int} holds. */
    public static Shape count() {
        return whole(0, Integer.MAX_VALUE);
    }

    /** Absent, or {@code null}. */
    public static Shape nothing() {
        return typed("null");
    }

    public static Shape object() {
        return typed("object");
    }

    public static Shape list(Shape items) {
        Shape list = typed("array");
        list.json.set("items", items.json);
        return list;
    }

    /** An object whose members have any names and values of one shape. */
    public static Shape map(Shape values) {
        Shape map = typed("object");
        map.json.set("additionalProperties", values.json);
        return map;
    }

    /** One of the definitions beside this schema. */
    public static Shape ref(String definition) {
        var shape = new Shape();
        shape.json.put("$ref", DEFINITIONS + definition);
        return shape;
    }

    /** Exactly one of these texts. */
    public static Shape literals(List<String> literals) {
        Shape shape = typed("string");
        literals.forEach(shape.json.putArray("enum")::add);
        return shape;
    }

    /** One of these texts, in upper or lower case; the spelling given here is the one in answers. */
    public static Shape literalsInAnyCase(List<String> literals) {
        Shape shape = typed("string");
        ArrayNode spellings = shape.json.putArray("anyOf");
        literals.forEach(spellings.addObject().putArray("enum")::add);
        String pattern = literals.stream().map(Shape::inAnyCase).collect(Collectors.joining("|", "^(", ")$"));
        spellings.addObject().put("pattern", pattern);
        return shape;
    }

    private static String inAnyCase(String literal) {
        return literal.codePoints()
                .mapToObj(Character::toString)
                .map(letter -> {
                    String upper = letter.toUpperCase(Locale.ROOT);
                    String lower = letter.toLowerCase(Locale.ROOT);
                    return upper.equals(lower) ? letter : "[" + upper + lower + "]";
                })
                .collect(Collectors.joining());
    }

    public static Shape anyOf(Shape... shapes) {
        return combined("anyOf", shapes);
    }

    public static Shape oneOf(Shape... shapes) {
        return combined("oneOf", shapes);
    }

    public static Shape allOf(Shape... shapes) {
        return combined("allOf", shapes);
    }

    private static Shape combined(String keyword, Shape... shapes) {
        var shape = new Shape();
        ArrayNode alternatives = shape.json.putArray(keyword);
        for (Shape alternative : shapes) {
            alternatives.add(alternative.json);
        }
        return shape;
    }

    /** Besides what was said so far. */
    public Shape and(String keyword, Shape shape) {
        json.set(keyword, shape.json);
        return this;
    }

    /** Besides what was said so far, one of these. */
    public Shape andAnyOf(Shape... shapes) {
        json.set("anyOf", anyOf(shapes).json.get("anyOf"));
        return this;
    }

    /** Besides what was said so far, exactly one of these. */
    public Shape andOneOf(Shape... shapes) {
        json.set("oneOf", oneOf(shapes).json.get("oneOf"));
        return this;
    }

    /** A member that is there, and not {@code null}. */
    public Shape required(String name, Shape shape) {
        json.withArray("required").add(name);
        return optional(name, shape);
    }

    /** A member that may be absent, but is not {@code null}. */
    public Shape optional(String name, Shape shape) {
        json.withObject("properties").set(name, shape.json);
        return this;
    }

    /** A member that may be absent, or {@code null}, which means the same. */
    public Shape nullable(String name, Shape shape) {
        return optional(name, shape.orNull());
    }

    /** Members that others have described are there. */
    public Shape demand(String... names) {
        for (String name : names) {
            json.withArray("required").add(name);
        }
        return this;
    }

    /** The same, or {@code null}. */
    public Shape orNull() {
        if (json.path("type").isString()) {
            String type = json.path("type").asString();
            json.putArray("type").add(type).add("null");
            if (json.get("enum") instanceof ArrayNode literals) {
                literals.addNull();
            }
            return this;
        }
        var copy = new Shape();
        copy.json.setAll(json);
        json.removeAll();
        JsonNode description = copy.json.remove("description");
        if (description != null) {
            json.set("description", description);
        }
        json.putArray("anyOf").add(copy.json).add(nothing().json);
        return this;
    }

    public Shape min(long min) {
        json.put("minimum", min);
        return this;
    }

    public Shape max(long max) {
        json.put("maximum", max);
        return this;
    }

    /** Lengths of a text. */
    public Shape length(int min, int max) {
        json.put("minLength", min).put("maxLength", max);
        return this;
    }

    /** A text with at least one character, or a list with at least one item. */
    public Shape notEmpty() {
        json.put(json.path("type").asString("").equals("array") ? "minItems" : "minLength", 1);
        return this;
    }

    /** A list without anything twice. */
    public Shape unique() {
        json.put("uniqueItems", true);
        return this;
    }

    /** A text that matches an ECMA-262 expression, which must be anchored if it speaks of the whole text. */
    public Shape pattern(String expression) {
        json.put("pattern", expression);
        return this;
    }

    /** What the text means, such as {@code uuid}. */
    public Shape format(String format) {
        json.put("format", format);
        return this;
    }

    public Shape title(String title) {
        json.put("title", title);
        return this;
    }

    public Shape describe(String description) {
        json.put("description", description);
        return this;
    }

    /** What an absent member means. */
    public Shape fallback(String value) {
        json.put("default", value);
        return this;
    }

    /** What an absent member means. */
    public Shape fallback(boolean value) {
        json.put("default", value);
        return this;
    }

    /** What an absent member means. */
    public Shape fallbackNumber(String value) {
        json.put("default", new BigDecimal(value));
        return this;
    }

    /** One value among others, as JSON. */
    public Shape example(String value) {
        json.withArray("examples").add(MAPPER.readTree(value));
        return this;
    }

    /** The schema; it is still the one under construction. */
    public ObjectNode json() {
        return json;
    }

    /** A copy of a schema whose references lead elsewhere, such as {@code #/components/schemas/}. */
    public static ObjectNode rebased(ObjectNode schema, String definitions) {
        ObjectNode copy = schema.deepCopy();
        for (JsonNode reference : copy.findParents("$ref")) {
            String target = reference.get("$ref").asString();
            if (reference instanceof ObjectNode owner && target.startsWith(DEFINITIONS)) {
                owner.put("$ref", definitions + target.substring(DEFINITIONS.length()));
            }
        }
        return copy;
    }
}
