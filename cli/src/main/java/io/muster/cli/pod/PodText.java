package io.muster.cli.pod;

import io.muster.cli.text.Details;
import io.muster.cli.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A definition in short. The values of variables and secrets are not shown. */
final class PodText {

    private PodText() {}

    static List<String> lines(JsonNode pod) {
        List<String> lines = new ArrayList<>(new Details()
                .add("Pod", pod.path("id").asString(""))
                .add("Version", pod.path("version").asString(""))
                .add("Instances", pod.path("scaling").path("instances").asString(""))
                .add("Networks", join(pod.path("networks"), PodText::network))
                .add(
                        "Volumes",
                        join(pod.path("volumes"), volume -> volume.path("name").asString("")))
                .add("Labels", members(pod.path("labels")))
                .add("Constraints", join(pod.at("/scheduling/placement/constraints"), PodText::constraint))
                .lines());
        lines.add("");
        var table = new Table("CONTAINER", "CPUS", "MEM", "DISK", "IMAGE", "ENDPOINTS", "COMMAND");
        for (JsonNode container : pod.path("containers")) {
            JsonNode resources = container.path("resources");
            table.row(
                    container.path("name").asString(""),
                    resources.path("cpus").asString(""),
                    resources.path("mem").asString(""),
                    resources.path("disk").asString(""),
                    container.path("image").path("id").asString(""),
                    join(container.path("endpoints"), PodText::endpoint),
                    command(container.path("exec").path("command")));
        }
        lines.addAll(table.lines());
        return lines;
    }

    private static String join(JsonNode array, Function<JsonNode, String> text) {
        return array.valueStream().map(text).collect(Collectors.joining(", "));
    }

    private static String members(JsonNode object) {
        return object.propertyStream()
                .map(member -> member.getKey() + "=" + member.getValue().asString(""))
                .collect(Collectors.joining(", "));
    }

    private static String network(JsonNode network) {
        String name = network.path("name").asString("");
        return network.path("mode").asString("") + (name.isEmpty() ? "" : " " + name);
    }

    private static String constraint(JsonNode constraint) {
        return List.of("fieldName", "operator", "value").stream()
                .map(member -> constraint.path(member).asString(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String endpoint(JsonNode endpoint) {
        String port = endpoint.path("hostPort").asString("");
        return endpoint.path("name").asString("") + (port.isEmpty() ? "" : ":" + port);
    }

    private static String command(JsonNode command) {
        return command.has("shell")
                ? command.path("shell").asString("")
                : join(command.path("argv"), argument -> argument.asString("")).replace(", ", " ");
    }
}
