package io.muster.deploy.persistence;

import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.BundleMoved;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.DeploymentStopped;
import io.muster.deploy.model.DeployEvent.Disconnected;
import io.muster.deploy.model.DeployEvent.HealthChanged;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.InstanceTerminated;
import io.muster.deploy.model.DeployEvent.LeaderChanged;
import io.muster.deploy.model.DeployEvent.MessageCame;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.DeployEvent.PodWaiting;
import io.muster.deploy.model.DeployEvent.Subscribed;
import io.muster.deploy.model.DeployEvent.TaskReported;
import io.muster.deploy.model.DeployEvent.UnknownInstanceEnded;
import io.muster.deploy.model.DeployEvent.VersionExposed;
import io.muster.deploy.model.DeployEvent.VersionMoved;
import io.muster.events.Event;
import io.muster.events.Outbox;
import io.muster.history.PodId;
import io.muster.pods.VersionEvents;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of deployments and instances, in the bodies that listeners know (Marathon, Formats.scala). */
@Repository
public class DeployEvents {

    private final Outbox outbox;
    private final BundleRows bundles;

    DeployEvents(Outbox outbox, BundleRows bundles) {
        this.outbox = outbox;
        this.bundles = bundles;
    }

    /** Appends them in this order, in the transaction of the caller. */
    public void append(List<DeployEvent> events) {
        outbox.append(bundles.asOne(events).stream().flatMap(DeployEvents::told).toList());
    }

    static Stream<Event> told(DeployEvent event) {
        return switch (event) {
            case TaskReported reported -> Stream.of(InstanceBodies.of(reported));
            case InstanceChanged changed -> Stream.of(InstanceBodies.of(changed));
            case InstanceEnded ended -> Stream.of(InstanceBodies.of(ended));
            case HealthChanged changed -> Stream.of(InstanceBodies.of(changed));
            case InstanceTerminated terminated -> Stream.of(InstanceBodies.of(terminated));
            case UnknownInstanceEnded ended -> Stream.of(InstanceBodies.of(ended));
            case PodWaiting waiting -> Stream.of(waiting(waiting));
            case PodEnded ended ->
                Stream.of(Event.of(
                        ended.pod(),
                        "app_terminated_event",
                        node().put("appId", ended.pod().text()),
                        ended.at()));
            case DeploymentMoved moved -> DeploymentBodies.of(moved);
            case DeploymentStopped stopped -> Stream.of(DeploymentBodies.of(stopped));
            case VersionMoved moved ->
                Stream.of(VersionEvents.moved(
                        moved.pod(), moved.version(), moved.state(), moved.previous(), moved.deployment(), moved.at()));
            case VersionExposed exposed -> Stream.of(exposed(exposed));
            case Subscribed subscribed -> Stream.of(subscribed(subscribed));
            case Disconnected lost -> Stream.of(Event.ofFramework("scheduler_disconnected_event", node(), lost.at()));
            case MessageCame came ->
                Stream.of(Event.ofFramework(
                        "framework_message_event",
                        node().put("executorId", came.message().executor())
                                .put("slaveId", came.message().agentId())
                                .put("message", came.message().text()),
                        came.at()));
            case LeaderChanged changed ->
                Stream.of(Event.ofFramework(
                        "leader_changed_event",
                        node().put("leader", changed.leader()).put("epoch", changed.epoch()),
                        changed.at()));
            case BundleMoved moved -> BundleBodies.of(moved);
        };
    }

    private static Event waiting(PodWaiting waiting) {
        PodId pod = waiting.pod();
        ObjectNode body = node().put("podId", pod.text());
        var reasons = body.putArray("reasons");
        waiting.refused()
                .forEach((reason, declined) ->
                        reasons.addObject().put("reason", reason.wireName()).put("declined", declined));
        return Event.of(pod, "pod_waiting_event", body, waiting.at());
    }

    private static Event exposed(VersionExposed exposed) {
        ObjectNode body = node().put("podId", exposed.pod().text())
                .put("version", exposed.version().toString());
        if (exposed.previous() != null) {
            body.put("previousVersion", exposed.previous().toString());
        }
        return Event.of(exposed.pod(), "pod_version_exposed_event", body, exposed.at());
    }

    private static Event subscribed(Subscribed subscribed) {
        ObjectNode body = node();
        if (!subscribed.again()) {
            body.put("frameworkId", subscribed.framework().text());
        }
        body.put("master", subscribed.master());
        String type = subscribed.again() ? "scheduler_reregistered_event" : "scheduler_registered_event";
        return Event.ofFramework(type, body, subscribed.at());
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
