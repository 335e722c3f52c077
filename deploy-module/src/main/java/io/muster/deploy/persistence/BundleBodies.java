package io.muster.deploy.persistence;

import io.muster.deploy.model.Bundle;
import io.muster.deploy.model.Bundle.PodAction;
import io.muster.deploy.model.DeployEvent.BundleMoved;
import io.muster.events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What becomes of bundles, in the bodies of a single deployment. */
final class BundleBodies {

    private BundleBodies() {}

    /** As of a single deployment: see {@link DeploymentBodies}. */
    static Stream<Event> of(BundleMoved moved) {
        List<ObjectNode> steps = Bundle.steps(moved.bundle().members()).stream()
                .map(BundleBodies::step)
                .toList();
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
                told.add(step("deployment_step_success", moved, steps, steps.getLast()));
                told.add(ended("deployment_success", moved, steps));
            }
            case SUPERSEDED, ROLLED_BACK, CANCELLED, FAILED -> {
                if (moved.begun()) {
                    told.add(step("deployment_step_failure", moved, steps, steps.getLast()));
                }
                told.add(ended("deployment_failed", moved, steps));
            }
            case PAUSED, RESUMED, OVER_LIMIT -> throw new IllegalArgumentException("told by its members: " + moved);
        }
        return told.stream();
    }

    private static Event step(String type, BundleMoved moved, List<ObjectNode> steps, ObjectNode current) {
        ObjectNode body = node();
        body.set("plan", plan(moved.bundle(), steps));
        body.set("currentStep", current.deepCopy());
        return event(moved, type, body);
    }

    private static Event ended(String type, BundleMoved moved, List<ObjectNode> steps) {
        ObjectNode body = node().put("id", moved.bundle().id().toString());
        if (moved.reason() != null) {
            body.put("reason", moved.reason());
        }
        body.set("plan", plan(moved.bundle(), steps));
        return event(moved, type, body);
    }

    /** It is listed under the first of the pods that it concerns. */
    private static Event event(BundleMoved moved, String type, ObjectNode body) {
        return Event.of(moved.bundle().members().getFirst().pod(), type, body, moved.at());
    }

    private static ObjectNode plan(Bundle bundle, List<ObjectNode> steps) {
        ObjectNode plan = node().put("id", bundle.id().toString());
        ArrayNode list = plan.putArray("steps");
        steps.forEach(step -> list.add(step.deepCopy()));
        return plan.put("version", bundle.version().toString());
    }

    private static ObjectNode step(List<PodAction> actions) {
        ObjectNode step = node();
        ArrayNode list = step.putArray("actions");
        actions.forEach(one -> list.addObject()
                .put("action", one.action().wireName())
                .put("pod", one.pod().text()));
        return step;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
