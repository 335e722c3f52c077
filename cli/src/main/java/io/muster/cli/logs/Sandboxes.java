package io.muster.cli.logs;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Where containers run on an agent, by what the agent says of itself at {@code /state}. */
final class Sandboxes {

    private Sandboxes() {}

    /**
     * The sandbox of a container of a task group: that of its executor, and below it {@code tasks/<task id>} (Mesos,
     * paths.hpp).
     *
     * @param task the id of the task, which pods show as {@code containerId}
     * @return empty if the agent does not know the task
     */
    static Optional<String> of(JsonNode state, String task) {
        return all(state, "frameworks", "completed_frameworks")
                .flatMap(framework -> all(framework, "executors", "completed_executors"))
                .filter(executor -> all(executor, "tasks", "completed_tasks", "queued_tasks")
                        .anyMatch(one -> one.path("id").asString("").equals(task)))
                .map(executor -> executor.path("directory").asString(""))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> directory + "/tasks/" + task)
                .findFirst();
    }

    private static Stream<JsonNode> all(JsonNode node, String... members) {
        return Stream.of(members).flatMap(member -> node.path(member).valueStream());
    }
}
