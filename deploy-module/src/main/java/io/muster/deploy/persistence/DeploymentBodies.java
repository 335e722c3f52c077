package io.muster.deploy.persistence;

import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.DeploymentStopped;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentPlan.Action;
import io.muster.events.Event;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is told of deployments. Each step that is said to begin is said to end, once, well or not. */
final class DeploymentBodies {

    private DeploymentBodies() {}

    /** A step before the last one only makes room, and ends as soon as it begins. */
    static Stream<Event> of(DeploymentMoved moved) {
        Deployment deployment = moved.deployment();
        List<Action> steps = DeploymentPlan.steps(deployment.kind(), moved.instances());
        List<Event> told = new ArrayList<>();
        switch (moved.phase()) {
            case BEGAN -> {
                for (int i = 0; i < steps.size(); i++) {
                    told.add(step("deployment_info", moved, steps, steps.get(i)));
                    if (i < steps.size() - 1) {
                        told.add(step("deployment_step_success", moved, steps, steps.get(i)));
                    }
                }
            }
            case SUCCEEDED -> {
                if (!steps.isEmpty()) {
                    told.add(step("deployment_step_success", moved, steps, steps.getLast()));
                }
                told.add(event("deployment_success", moved, steps));
            }
            case SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED -> {
                if (moved.begun() && !steps.isEmpty()) {
                    told.add(step("deployment_step_failure", moved, steps, steps.getLast()));
                }
                told.add(event("deployment_failed", moved, steps));
            }
            case PAUSED -> told.add(event("deployment_paused_event", moved, steps));
            case RESUMED -> told.add(event("deployment_resumed_event", moved, steps));
            case OVER_LIMIT -> told.add(event("deployment_limit_event", moved, steps));
        }
        return told.stream();
    }

    static Event of(DeploymentStopped stopped) {
        Deployment deployment = stopped.deployment();
        ObjectNode body = node().put("id", deployment.id().toString());
        if (stopped.by() != null) {
            body.put("by", stopped.by());
        }
        body.put("force", stopped.undoing() == null);
        if (stopped.undoing() != null) {
            body.put("rollbackDeploymentId", stopped.undoing().toString());
        }
        return Event.of(deployment.pod(), "deployment_cancelled_event", body, stopped.at());
    }

    private static Event step(String type, DeploymentMoved moved, List<Action> steps, Action current) {
        ObjectNode body = node();
        body.set("plan", plan(moved.deployment(), steps));
        body.set("currentStep", step(current, moved.deployment().pod()));
        return Event.of(moved.deployment().pod(), type, body, moved.at());
    }

    private static Event event(String type, DeploymentMoved moved, List<Action> steps) {
        ObjectNode body = node().put("id", moved.deployment().id().toString());
        if (moved.reason() != null) {
            body.put("reason", moved.reason());
        }
        body.set("plan", plan(moved.deployment(), steps));
        return Event.of(moved.deployment().pod(), type, body, moved.at());
    }

    private static ObjectNode plan(Deployment deployment, List<Action> steps) {
        ObjectNode plan = node().put("id", deployment.id().toString());
        ArrayNode list = plan.putArray("steps");
        steps.forEach(step -> list.add(step(step, deployment.pod())));
        Version target = deployment.target();
        return plan.put("version", target == null ? new Version(deployment.createdAt()).toString() : target.toString());
    }

    private static ObjectNode step(Action action, PodId pod) {
        ObjectNode step = node();
        step.putArray("actions").addObject().put("action", action.wireName()).put("pod", pod.text());
        return step;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
