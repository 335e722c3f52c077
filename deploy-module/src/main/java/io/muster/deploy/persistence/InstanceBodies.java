package io.muster.deploy.persistence;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent.HealthChanged;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.InstanceTerminated;
import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.DeployEvent.UnknownInstanceEnded;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.deploy.model.Termination;
import io.muster.events.Event;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is told of instances and their tasks. Bounded: what Mesos says in words is cut. */
final class InstanceBodies {

    static final int LONGEST_MESSAGE = 1_000;

    private InstanceBodies() {}

    static Event of(TaskReported reported) {
        Instance instance = reported.instance();
        StatusReport report = reported.report();
        Agent agent = instance.agent();
        ObjectNode body = node();
        body.put("slaveId", report.agentId().orElseGet(() -> agent == null ? "" : agent.id()));
        body.put("taskId", report.task().text());
        body.put("taskStatus", "TASK_" + report.state());
        body.put("message", cut(report.message().orElse("")));
        body.put("appId", instance.pod().text());
        body.put("host", agent == null ? "" : agent.hostname());
        ArrayNode addresses = body.putArray("ipAddresses");
        for (NetworkAddresses network : addresses(instance, report)) {
            for (String address : network.addresses()) {
                addresses
                        .addObject()
                        .put("ipAddress", address)
                        .put("protocol", address.indexOf(':') < 0 ? "IPv4" : "IPv6");
            }
        }
        ArrayNode ports = body.putArray("ports");
        reported.ports().forEach(port -> ports.add(port.intValue()));
        body.put("version", instance.version().toString());
        return Event.of(instance.pod(), "status_update_event", body, reported.at());
    }

    /** What a report leaves out is as it was. */
    private static List<NetworkAddresses> addresses(Instance before, StatusReport report) {
        if (!report.addresses().isEmpty()) {
            return report.addresses();
        }
        for (Task task : before.tasks()) {
            if (task.id().equals(report.task())) {
                return task.addresses();
            }
        }
        return List.of();
    }

    static Event of(InstanceChanged changed) {
        Instance instance = changed.instance();
        return Event.of(
                instance.pod(), "instance_changed_event", changed(instance, instance.condition()), changed.at());
    }

    static Event of(InstanceEnded ended) {
        Instance last = ended.last();
        return Event.of(last.pod(), "instance_changed_event", changed(last, ended.condition()), ended.at());
    }

    private static ObjectNode changed(Instance instance, Condition condition) {
        Agent agent = instance.agent();
        return node().put("instanceId", instance.id().text())
                .put("condition", condition.wireName())
                .put("runSpecId", instance.pod().text())
                .put("agentId", agent == null ? null : agent.id())
                .put("host", agent == null ? null : agent.hostname())
                .put("runSpecVersion", instance.version().toString());
    }

    static Event of(HealthChanged changed) {
        Instance instance = changed.instance();
        ObjectNode body = node().put("instanceId", instance.id().text())
                .put("runSpecId", instance.pod().text());
        if (instance.healthy() != null) {
            body.put("healthy", instance.healthy());
        }
        body.put("runSpecVersion", instance.version().toString());
        return Event.of(instance.pod(), "instance_health_changed_event", body, changed.at());
    }

    static Event of(UnknownInstanceEnded ended) {
        ObjectNode body = node().put("instanceId", ended.instance().text())
                .put("runSpecId", ended.pod().text())
                .put("condition", ended.condition().wireName());
        return Event.of(ended.pod(), "unknown_instance_terminated_event", body, ended.at());
    }

    static Event of(InstanceTerminated terminated) {
        Termination termination = terminated.termination();
        ObjectNode body = node().put("podId", termination.pod().text())
                .put("instanceId", termination.instance().text())
                .put("version", termination.version().toString());
        ArrayNode containers = body.putArray("containers");
        for (Termination.ContainerEnd end : termination.containers()) {
            ObjectNode container = containers.addObject().put("name", end.name());
            if (end.exitCode() != null) {
                container.put("exitStatus", end.exitCode());
            }
            if (end.signal() != null) {
                container.put("signal", end.signal());
            }
            if (end.reason() != null) {
                container.put("reason", end.reason());
            }
            if (end.message() != null) {
                container.put("message", cut(end.message()));
            }
        }
        body.put("host", termination.agentHostname());
        return Event.of(termination.pod(), "instance_terminated_event", body, terminated.at());
    }

    private static String cut(String message) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        boolean splitsPair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
        return message.substring(0, splitsPair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
