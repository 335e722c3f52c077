package io.muster.deploy.web;

import static io.muster.deploy.web.PodStatusJson.text;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Goal;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.UnreachableStrategy;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The document that answers the kill of an instance: Marathon's inner picture of it, as it was before. Marathon 1.8 made it
 * flatter, so there are two. Attributes of agents are never known here, and Mesos' own status messages never shown.
 */
final class KilledInstanceJson {

    private final Instance instance;
    private final VersionedPod pod;

    /**
     * One instance.
     *
     * @param pod the version it was made from
     */
    KilledInstanceJson(Instance instance, VersionedPod pod) {
        this.instance = instance;
        this.pod = pod;
    }

    /** Ids and conditions are objects, as clients written for Marathon up to 1.7 read them (go-marathon, pod_instance.go). */
    ObjectNode upTo17() {
        ObjectNode document = object();
        document.putObject("instanceId").put("idString", instance.id().text());
        agentInfo(document);
        ObjectNode tasks = document.putObject("tasksMap");
        Map<String, Integer> ports = HostPorts.of(instance, pod);
        instance.tasks().forEach(task -> tasks.set(task.id().text(), task(task, ports)));
        document.put("runSpecVersion", instance.version().toString());
        state(document.putObject("state"), condition17(instance.condition()));
        unreachableStrategy(document);
        return document;
    }

    /** From Marathon 1.8 on. */
    ObjectNode from18() {
        ObjectNode document = object();
        document.put("instanceId", instance.id().text());
        state(
                document.putObject("state"),
                StringNode.valueOf(instance.condition().wireName()));
        agentInfo(document);
        document.put("runSpecVersion", instance.version().toString());
        unreachableStrategy(document);
        return document;
    }

    private void state(ObjectNode state, JsonNode condition) {
        state.set("condition", condition);
        state.put("since", text(instance.since()));
        if (instance.activeSince() != null) {
            state.put("activeSince", text(instance.activeSince()));
        }
        if (instance.healthy() != null) {
            state.put("healthy", instance.healthy());
        }
        state.put("goal", instance.goal() == Goal.RUNNING ? "Running" : "Decommissioned");
    }

    private void agentInfo(ObjectNode document) {
        Agent agent = instance.agent();
        if (agent == null) {
            return;
        }
        ObjectNode info = document.putObject("agentInfo");
        info.put("host", agent.hostname());
        info.put("agentId", agent.id());
        putIfKnown(info, "region", agent.region());
        putIfKnown(info, "zone", agent.zone());
        info.putArray("attributes");
    }

    private ObjectNode task(Task task, Map<String, Integer> ports) {
        ObjectNode document = object();
        document.put("taskId", task.id().text());
        document.put("runSpecVersion", instance.version().toString());
        ObjectNode status = document.putObject("status");
        status.put("stagedAt", text(task.stagedAt()));
        if (task.startedAt() != null) {
            status.put("startedAt", text(task.startedAt()));
        }
        status.set("condition", condition17(task.condition()));
        ObjectNode network = status.putObject("networkInfo");
        network.put(
                "hostName",
                Optional.ofNullable(instance.agent()).map(Agent::hostname).orElse(""));
        hostPorts(network.putArray("hostPorts"), task, ports);
        addresses(network.putArray("ipAddresses"), task);
        return document;
    }

    private void hostPorts(ArrayNode array, Task task, Map<String, Integer> ports) {
        pod.definition().containers().stream()
                .filter(container -> container.name().equals(task.container()))
                .flatMap(container -> container.endpoints().stream())
                .map(endpoint -> Optional.ofNullable(ports.get(endpoint.name())))
                .flatMap(Optional::stream)
                .forEach(array::add);
    }

    private static void addresses(ArrayNode array, Task task) {
        for (NetworkAddresses network : task.addresses()) {
            for (String address : network.addresses()) {
                array.addObject().put("ipAddress", address).put("protocol", address.contains(":") ? "IPv6" : "IPv4");
            }
        }
    }

    private void unreachableStrategy(ObjectNode document) {
        switch (pod.definition().scheduling().unreachableStrategy()) {
            case UnreachableStrategy.Disabled() -> document.put("unreachableStrategy", "disabled");
            case UnreachableStrategy.Enabled(long inactiveAfter, long expungeAfter) ->
                document.putObject("unreachableStrategy")
                        .put("inactiveAfterSeconds", inactiveAfter)
                        .put("expungeAfterSeconds", expungeAfter);
        }
    }

    /** In lower case, as servers that answered with an object spelt it; what is provisioned was called created. */
    private static ObjectNode condition17(Condition condition) {
        String name = condition == Condition.PROVISIONED ? "created" : condition.wireName();
        return object().put("str", name.toLowerCase(Locale.ROOT));
    }

    private static void putIfKnown(ObjectNode document, String member, @Nullable String value) {
        if (value != null) {
            document.put(member, value);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
