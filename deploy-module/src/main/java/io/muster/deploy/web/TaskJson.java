package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses.View;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/** Containers of pods as tasks, with the members that tasks of apps have (Marathon, task.raml) as far as they make sense. */
final class TaskJson {

    private TaskJson() {}

    static void write(View pod, JsonGenerator out) {
        for (Instance instance : pod.instances()) {
            Map<String, Integer> ports = HostPorts.of(
                    instance, Objects.requireNonNull(pod.definitions().get(instance.version())));
            instance.tasks().forEach(task -> write(instance, task, ports, out));
        }
    }

    private static void write(Instance instance, Task task, Map<String, Integer> ports, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", task.id().text());
        out.writeStringProperty("appId", instance.pod().text());
        out.writeStringProperty("instanceId", instance.id().text());
        out.writeStringProperty("container", task.container());
        out.writeStringProperty(
                "state", "TASK_" + task.condition().asMesosTells().name());
        if (instance.agent() != null) {
            out.writeStringProperty("host", instance.agent().hostname());
            out.writeStringProperty("slaveId", instance.agent().id());
        }
        out.writeArrayPropertyStart("ports");
        ports.values().stream().sorted().forEach(out::writeNumber);
        out.writeEndArray();
        out.writeArrayPropertyStart("ipAddresses");
        task.addresses()
                .forEach(network -> network.addresses().forEach(address -> {
                    out.writeStartObject();
                    out.writeStringProperty("ipAddress", address);
                    out.writeStringProperty("protocol", address.contains(":") ? "IPv6" : "IPv4");
                    out.writeEndObject();
                }));
        out.writeEndArray();
        out.writeStringProperty("stagedAt", PodStatusJson.text(task.stagedAt()));
        if (task.startedAt() != null) {
            out.writeStringProperty("startedAt", PodStatusJson.text(task.startedAt()));
        }
        out.writeStringProperty("version", instance.version().toString());
        out.writeEndObject();
    }
}
