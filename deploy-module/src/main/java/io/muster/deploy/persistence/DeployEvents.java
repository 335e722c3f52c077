package io.muster.deploy.persistence;

import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.BundleMoved;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.InstanceChanged;
import io.muster.deploy.model.DeployEvent.InstanceEnded;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentPlan.Action;
import io.muster.deploy.model.Instance;
import io.muster.events.Event;
import io.muster.events.Outbox;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of deployments and instances, in the bodies that listeners know (Marathon, Formats.scala). */
@Repository
public class DeployEvents {

    private final Outbox outbox;
    private final JsonMapper json;
    private final BundleRows bundles;

    DeployEvents(Outbox outbox, JsonMapper json, BundleRows bundles) {
        this.outbox = outbox;
        this.json = json;
        this.bundles = bundles;
    }

    /** Appends them in this order, in the transaction of the caller. */
    public void append(List<DeployEvent> events) {
        outbox.append(bundles.asOne(events).stream().flatMap(this::told).toList());
    }

    private Stream<Event> told(DeployEvent event) {
        return switch (event) {
            case InstanceChanged(Instance instance, Instant at) ->
                Stream.of(event(
                        "instance_changed_event", instance.pod(), instanceBody(instance, instance.condition()), at));
            case InstanceEnded(Instance last, Condition condition, Instant at) ->
                Stream.of(event("instance_changed_event", last.pod(), instanceBody(last, condition), at));
            case PodEnded(PodId pod, Instant at) ->
                Stream.of(event(
                        "app_terminated_event", pod, json.createObjectNode().put("appId", pod.text()), at));
            case DeploymentMoved moved -> deploymentTold(moved);
            case BundleMoved moved -> BundleBodies.of(moved);
        };
    }

    private ObjectNode instanceBody(Instance instance, Condition condition) {
        ObjectNode body = json.createObjectNode();
        body.put("instanceId", instance.id().text());
        body.put("condition", condition.wireName());
        body.put("runSpecId", instance.pod().text());
        body.put("agentId", instance.agent() == null ? null : instance.agent().id());
        body.put("host", instance.agent() == null ? null : instance.agent().hostname());
        body.put("runSpecVersion", instance.version().toString());
        return body;
    }

    private Stream<Event> deploymentTold(DeploymentMoved moved) {
        PodId pod = moved.deployment().pod();
        List<Action> steps = DeploymentPlan.steps(moved.deployment().kind(), moved.instances());
        List<Event> told = new ArrayList<>();
        for (Action step : tellsOfSteps(moved.phase()) ? steps : List.<Action>of()) {
            ObjectNode body = json.createObjectNode();
            body.set("plan", plan(moved.deployment(), steps));
            body.set("currentStep", step(step, pod));
            String type = moved.phase() == Phase.BEGAN ? "deployment_info" : "deployment_step_success";
            told.add(event(type, pod, body, moved.at()));
        }
        switch (moved.phase()) {
            case BEGAN -> {}
            case SUCCEEDED -> told.add(event("deployment_success", pod, ended(moved, steps, null), moved.at()));
            case SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED ->
                told.add(event("deployment_failed", pod, ended(moved, steps, moved.reason()), moved.at()));
            case PAUSED ->
                told.add(event("deployment_paused_event", pod, ended(moved, steps, moved.reason()), moved.at()));
            case RESUMED -> told.add(event("deployment_resumed_event", pod, ended(moved, steps, null), moved.at()));
            case OVER_LIMIT ->
                told.add(event("deployment_limit_event", pod, ended(moved, steps, moved.reason()), moved.at()));
        }
        return told.stream();
    }

    private static boolean tellsOfSteps(Phase phase) {
        return switch (phase) {
            case BEGAN, SUCCEEDED -> true;
            case SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED, PAUSED, RESUMED, OVER_LIMIT -> false;
        };
    }

    private ObjectNode ended(DeploymentMoved moved, List<Action> steps, @Nullable String reason) {
        ObjectNode body = json.createObjectNode();
        body.put("id", moved.deployment().id().toString());
        if (reason != null) {
            body.put("reason", reason);
        }
        body.set("plan", plan(moved.deployment(), steps));
        return body;
    }

    private ObjectNode plan(Deployment deployment, List<Action> steps) {
        ObjectNode plan = json.createObjectNode();
        plan.put("id", deployment.id().toString());
        ArrayNode list = plan.putArray("steps");
        steps.forEach(step -> list.add(step(step, deployment.pod())));
        Version target = deployment.target();
        plan.put("version", target == null ? new Version(deployment.createdAt()).toString() : target.toString());
        return plan;
    }

    private ObjectNode step(Action action, PodId pod) {
        ObjectNode step = json.createObjectNode();
        step.putArray("actions").addObject().put("action", action.wireName()).put("pod", pod.text());
        return step;
    }

    private static Event event(String type, PodId pod, ObjectNode body, Instant at) {
        return Event.of(pod, type, body, at);
    }
}
