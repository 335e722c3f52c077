package io.muster.cli.events;

import io.muster.cli.api.Answer;
import io.muster.cli.text.Plain;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** An event in one line: when, what, and all it says that is no object itself. */
final class EventText {

    private static final Set<String> SAID_ALREADY = Set.of("timestamp", "eventType");

    private EventText() {}

    static String line(StreamedEvent event) {
        JsonNode data = Answer.json(event.data().getBytes(StandardCharsets.UTF_8));
        var line = new StringBuilder(data.path("timestamp").asString("-"))
                .append("  ")
                .append(event.type());
        data.propertyStream()
                .filter(member -> !SAID_ALREADY.contains(member.getKey()))
                .forEach(member -> add(line, member.getKey(), member.getValue()));
        return Plain.line(line.toString());
    }

    private static void add(StringBuilder line, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            line.append("  ").append(name).append('=').append(value.asString(""));
        } else if (value.path("id").isString()) {
            line.append("  ").append(name).append('=').append(value.path("id").asString());
        }
    }
}
