package io.muster.contract;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The member names and the JSON types of a document, as lines {@code /path/to/member type}. */
final class Shape {

    private static final Pattern TIMESTAMP = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Shape() {}

    /**
     * The types by path. The elements of an array share one path, {@code []}; where they differ the types are listed. An
     * empty array has no elements to say anything of.
     */
    static Map<String, String> of(JsonNode document) {
        var types = new TreeMap<String, Set<String>>();
        collect(document, "", types);
        var shape = new TreeMap<String, String>();
        types.forEach((path, found) -> shape.put(path, String.join(" or ", found)));
        return shape;
    }

    private static void collect(JsonNode node, String path, Map<String, Set<String>> types) {
        types.computeIfAbsent(path, first -> new TreeSet<>()).add(type(node));
        node.properties().forEach(member -> collect(member.getValue(), path + "/" + member.getKey(), types));
        if (node.isArray()) {
            node.forEach(element -> collect(element, path + "[]", types));
        }
    }

    private static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case NUMBER -> "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case STRING -> type(node.asString());
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not from a text: " + node);
        };
    }

    private static String type(String text) {
        if (TIMESTAMP.matcher(text).matches()) {
            return "timestamp";
        }
        return UUID.matcher(text).matches() ? "uuid" : "string";
    }
}
