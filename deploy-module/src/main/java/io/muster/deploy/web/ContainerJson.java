package io.muster.deploy.web;

import static io.muster.deploy.web.PodStatusJson.text;

import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Task;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.Resources;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the tasks of one container of a definition, within the document of their instance (Marathon, podStatus.raml). */
final class ContainerJson {

    private final Container container;

    /** The one that is health-checked, if there is any. */
    private final @Nullable String checkedEndpoint;

    /** Those with a host port first, then the others, and the one that is health-checked last, as clients know it. */
    private final List<Endpoint> endpoints;

    ContainerJson(Container container) {
        this.container = container;
        this.checkedEndpoint = checkedEndpoint(container.healthCheck());
        this.endpoints = container.endpoints().stream()
                .sorted(Comparator.comparingInt(this::rank))
                .toList();
    }

    /**
     * One task.
     *
     * @param hostPorts by the name of the endpoint
     */
    void write(Task task, Map<String, Integer> hostPorts, JsonGenerator out) {
        String since = text(since(task));
        boolean active = task.condition().isActive();
        out.writeStartObject();
        out.writeStringProperty("name", task.container());
        out.writeStringProperty("status", wireState(task));
        out.writeStringProperty("statusSince", since);
        out.writeArrayPropertyStart("conditions");
        writeHealth(task, since, out);
        out.writeEndArray();
        if (active) {
            out.writeStringProperty("containerId", task.id().text());
        }
        out.writeArrayPropertyStart("endpoints");
        if (active) {
            endpoints.forEach(endpoint -> write(endpoint, task, hostPorts, out));
        }
        out.writeEndArray();
        if (holdsResources(task)) {
            Resources resources = resources();
            InstanceJson.writeResources(resources.cpus(), resources.mem(), resources.disk(), resources.gpus(), out);
        }
        out.writeStringProperty("lastUpdated", since);
        out.writeStringProperty("lastChanged", since);
        out.writeEndObject();
    }

    Resources resources() {
        return container.resources();
    }

    /** Whether Mesos has given it what it asked for, and not taken it back. */
    static boolean holdsResources(Task task) {
        return task.condition().isActive() && task.condition() != Condition.PROVISIONED;
    }

    /** It does not move on later changes: it is the start, or until then the launch. */
    private static Instant since(Task task) {
        return Objects.requireNonNullElse(task.startedAt(), task.stagedAt());
    }

    private static String wireState(Task task) {
        return switch (task.condition()) {
            case SCHEDULED, PROVISIONED, STAGING -> "TASK_STAGING";
            case ERROR,
                    FAILED,
                    GONE,
                    DROPPED,
                    UNREACHABLE_INACTIVE,
                    UNREACHABLE,
                    KILLING,
                    STARTING,
                    UNKNOWN,
                    RUNNING,
                    FINISHED,
                    KILLED -> "TASK_" + task.condition().asMesosTells().name();
        };
    }

    private static void writeHealth(Task task, String since, JsonGenerator out) {
        boolean everRan = switch (task.condition()) {
            case SCHEDULED, PROVISIONED, STAGING, STARTING -> false;
            case ERROR,
                    FAILED,
                    GONE,
                    DROPPED,
                    UNREACHABLE_INACTIVE,
                    UNREACHABLE,
                    KILLING,
                    UNKNOWN,
                    RUNNING,
                    FINISHED,
                    KILLED -> true;
        };
        if (!task.healthChecked() || !everRan) {
            return;
        }
        boolean reported = task.condition().isActive() && task.healthy() != null;
        out.writeStartObject();
        out.writeStringProperty("name", "healthy");
        out.writeStringProperty("value", Boolean.toString(task.isKnownHealthy()));
        out.writeStringProperty("reason", reported ? "health-reported-by-mesos" : "health-unreported-by-mesos");
        out.writeStringProperty("lastChanged", since);
        out.writeStringProperty("lastUpdated", since);
        out.writeEndObject();
    }

    private void write(Endpoint endpoint, Task task, Map<String, Integer> hostPorts, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("name", endpoint.name());
        Integer port = hostPorts.get(endpoint.name());
        if (port != null) {
            out.writeNumberProperty("allocatedHostPort", port);
        }
        if (task.healthy() != null && endpoint.name().equals(checkedEndpoint)) {
            out.writeBooleanProperty("healthy", task.healthy());
        }
        out.writeEndObject();
    }

    private int rank(Endpoint endpoint) {
        if (endpoint.name().equals(checkedEndpoint)) {
            return 2;
        }
        return endpoint.hostPort() != null ? 0 : 1;
    }

    private static @Nullable String checkedEndpoint(@Nullable HealthCheck check) {
        if (check == null) {
            return null;
        }
        return switch (check.probe()) {
            case HealthCheck.Http http -> http.endpoint();
            case HealthCheck.Tcp tcp -> tcp.endpoint();
            case HealthCheck.CommandProbe _ -> null;
        };
    }
}
