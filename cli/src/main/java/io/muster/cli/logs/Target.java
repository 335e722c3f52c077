package io.muster.cli.logs;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A container whose output is wanted.
 *
 * @param task the id of its task
 * @param agentName for messages
 */
record Target(String instance, String container, String task, String agentId, String agentName) {

    /** The containers of the instances that run, by the status of their pod; of those without an agent none. */
    static List<Target> of(JsonNode status) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode instance : status.path("instances")) {
            for (JsonNode container : instance.path("containers")) {
                add(
                        targets,
                        instance,
                        instance.path("id").asString(""),
                        container.path("name").asString(""));
            }
        }
        return targets;
    }

    /** The containers of instances that have ended. */
    static List<Target> ended(JsonNode terminations) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode termination : terminations) {
            for (JsonNode container : termination.path("containers")) {
                add(
                        targets,
                        termination,
                        termination.path("instanceId").asString(""),
                        container.path("name").asString(""));
            }
        }
        return targets;
    }

    private static void add(List<Target> targets, JsonNode of, String instance, String container) {
        String agent = of.path("agentId").asString("");
        if (!agent.isEmpty()) {
            targets.add(new Target(
                    instance,
                    container,
                    instance + "." + container,
                    agent,
                    of.path("agentHostname").asString(agent)));
        }
    }
}
