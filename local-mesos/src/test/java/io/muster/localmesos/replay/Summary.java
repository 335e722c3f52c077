package io.muster.localmesos.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What matters of a stream: for each task, executor or kind of event, in order, one line for each event: state, source,
 * reason, message, and which fields are there. Offers are left out: when, and in which parts, free resources are
 * offered depends on the moment.
 */
final class Summary {
    private Summary() {}

    static Map<String, List<String>> of(List<JsonNode> events) {
        var lines = new LinkedHashMap<String, List<String>>();
        for (JsonNode event : events) {
            String type = event.path("type").asString();
            switch (type) {
                case "UPDATE" -> {
                    JsonNode status = event.path("update").path("status");
                    add(lines, "task " + status.path("task_id").path("value").asString(), update(status));
                }
                case "FAILURE" -> {
                    JsonNode failure = event.path("failure");
                    String whose = failure.has("executor_id")
                            ? "executor "
                                    + failure.path("executor_id").path("value").asString()
                            : "agent " + failure.path("agent_id").path("value").asString();
                    add(lines, whose, "FAILURE status=" + failure.path("status") + " " + fields(failure));
                }
                case "OFFERS", "RESCIND", "HEARTBEAT" -> {}
                case "UPDATE_OPERATION_STATUS" -> {
                    JsonNode status = event.path("update_operation_status").path("status");
                    add(
                            lines,
                            "operation "
                                    + status.path("operation_id").path("value").asString(),
                            status.path("state").asString() + " "
                                    + status.path("message").asString("") + " " + fields(status));
                }
                default -> add(lines, type, type + " " + message(event) + " " + fields(event));
            }
        }
        return lines;
    }

    private static void add(Map<String, List<String>> lines, String group, String line) {
        lines.computeIfAbsent(group, absent -> new ArrayList<>()).add(line);
    }

    private static String update(JsonNode status) {
        return String.join(
                " ",
                status.path("state").asString(),
                status.path("source").asString(),
                status.path("reason").asString("-"),
                status.has("healthy") ? status.path("healthy").toString() : "-",
                "'" + status.path("message").asString("") + "'",
                fields(status));
    }

    private static String message(JsonNode event) {
        return event.path("error").path("message").asString("");
    }

    /** The names of all fields within, in alphabetical order; what lists hold counts once. */
    static String fields(JsonNode tree) {
        var names = new TreeSet<String>();
        collect("", tree, names);
        return names.toString();
    }

    private static void collect(String path, JsonNode tree, Set<String> names) {
        if (tree.isArray()) {
            tree.forEach(item -> collect(path, item, names));
        } else if (tree.isObject()) {
            tree.properties().forEach(member -> {
                String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
                if (!member.getValue().isContainer()) {
                    names.add(name);
                }
                collect(name, member.getValue(), names);
            });
        }
    }
}
