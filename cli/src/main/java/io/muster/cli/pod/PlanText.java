package io.muster.cli.pod;

import io.muster.cli.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The answer to a dry run, for people. */
final class PlanText {

    private PlanText() {}

    static List<String> lines(JsonNode plan) {
        List<String> lines = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        plan.path("steps")
                .forEach(step -> step.path("actions")
                        .forEach(action -> steps.add(action.path("action").asString(""))));
        lines.add("This would be done to " + plan.path("id").asString("") + ": "
                + (steps.isEmpty() ? "nothing" : String.join(", then ", steps)));
        JsonNode instances = plan.path("instances");
        lines.add(Stream.of("kept", "replaced", "started", "ended")
                .map(what -> instances.path(what).asInt(0) + " " + what)
                .collect(Collectors.joining(", ", "Instances: ", "")));
        plan.path("changes").forEach(change -> lines.add("  " + Plain.line(change.asString(""))));
        return lines;
    }
}
