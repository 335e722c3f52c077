package io.muster.deploy.web;

import static io.muster.deploy.web.PodStatusJson.text;

import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Task;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.HealthCheck;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The document of one container of an instance (Marathon, podStatus.raml). */
final class ContainerJson {

    private final Task task;
    private final Container container;
    private final Map<String, Integer> hostPorts;

    /**
     * One container.
     *
     * @param hostPorts by the name of the endpoint
     */
    ContainerJson(Task task, Container container, Map<String, Integer> hostPorts) {
        this.task = task;
        this.container = container;
        this.hostPorts = hostPorts;
    }

    ObjectNode document() {
        String since = text(since());
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("name", task.container());
        document.put("status", "TASK_" + wireState());
        document.put("statusSince", since);
        conditions(document.putArray("conditions"), since);
        if (task.condition().isActive()) {
            document.put("containerId", task.id().text());
        }
        ArrayNode endpoints = document.putArray("endpoints");
        if (task.condition().isActive()) {
            endpoints(endpoints);
        }
        if (holdsResources(task)) {
            var resources = container.resources();
            document.set(
                    "resources",
                    InstanceJson.resources(resources.cpus(), resources.mem(), resources.disk(), resources.gpus()));
        }
        document.put("lastUpdated", since);
        document.put("lastChanged", since);
        return document;
    }

    /** Whether Mesos has given it what it asked for, and not taken it back. */
    static boolean holdsResources(Task task) {
        return task.condition().isActive() && task.condition() != Condition.PROVISIONED;
    }

    /** It does not move on later changes: it is the start, or until then the launch. */
    private Instant since() {
        return Objects.requireNonNullElse(task.startedAt(), task.stagedAt());
    }

    private String wireState() {
        return switch (task.condition()) {
            case SCHEDULED, PROVISIONED, STAGING -> "STAGING";
            case ERROR, FAILED, GONE, DROPPED, UNREACHABLE, KILLING, STARTING, UNKNOWN, RUNNING, FINISHED, KILLED ->
                task.condition().name();
        };
    }

    private void conditions(ArrayNode conditions, String since) {
        boolean everRan = switch (task.condition()) {
            case SCHEDULED, PROVISIONED, STAGING, STARTING -> false;
            case ERROR, FAILED, GONE, DROPPED, UNREACHABLE, KILLING, UNKNOWN, RUNNING, FINISHED, KILLED -> true;
        };
        if (!task.healthChecked() || !everRan) {
            return;
        }
        boolean reported = task.condition().isActive() && task.healthy() != null;
        conditions
                .addObject()
                .put("name", "healthy")
                .put("value", Boolean.toString(task.isKnownHealthy()))
                .put("reason", reported ? "health-reported-by-mesos" : "health-unreported-by-mesos")
                .put("lastChanged", since)
                .put("lastUpdated", since);
    }

    /** Those with a host port first, then the others, and the one that is health-checked last, as clients know it. */
    private void endpoints(ArrayNode endpoints) {
        Optional<String> checked = checkedEndpoint();
        container.endpoints().stream()
                .sorted(Comparator.comparingInt((Endpoint endpoint) -> rank(endpoint, checked)))
                .forEach(endpoint -> {
                    ObjectNode node = endpoints.addObject().put("name", endpoint.name());
                    Integer port = hostPorts.get(endpoint.name());
                    if (port != null) {
                        node.put("allocatedHostPort", port);
                    }
                    if (task.healthy() != null && checked.equals(Optional.of(endpoint.name()))) {
                        node.put("healthy", task.healthy());
                    }
                });
    }

    private static int rank(Endpoint endpoint, Optional<String> checked) {
        if (checked.equals(Optional.of(endpoint.name()))) {
            return 2;
        }
        return endpoint.hostPort() != null ? 0 : 1;
    }

    private Optional<String> checkedEndpoint() {
        HealthCheck check = container.healthCheck();
        if (check == null) {
            return Optional.empty();
        }
        return switch (check.probe()) {
            case HealthCheck.Http http -> Optional.of(http.endpoint());
            case HealthCheck.Tcp tcp -> Optional.of(tcp.endpoint());
            case HealthCheck.CommandProbe _ -> Optional.empty();
        };
    }
}
