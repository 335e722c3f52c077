package io.muster.deploy.persistence;

import io.muster.deploy.model.Bundle;
import io.muster.deploy.model.Bundle.PodAction;
import io.muster.deploy.model.DeployEvent.BundleMoved;
import io.muster.deploy.model.DeployEvent.Phase;
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

    static Stream<Event> of(BundleMoved moved) {
        List<ObjectNode> steps = Bundle.steps(moved.bundle().members()).stream()
                .map(BundleBodies::step)
                .toList();
        List<Event> told = new ArrayList<>();
        boolean well = moved.phase() == Phase.BEGAN || moved.phase() == Phase.SUCCEEDED;
        for (ObjectNode step : well ? steps : List.<ObjectNode>of()) {
            ObjectNode body = node();
            body.set("plan", plan(moved.bundle(), steps));
            body.set("currentStep", step.deepCopy());
            told.add(event(moved, moved.phase() == Phase.BEGAN ? "deployment_info" : "deployment_step_success", body));
        }
        if (moved.phase() != Phase.BEGAN) {
            ObjectNode body = node().put("id", moved.bundle().id().toString());
            if (moved.reason() != null) {
                body.put("reason", moved.reason());
            }
            body.set("plan", plan(moved.bundle(), steps));
            told.add(event(moved, well ? "deployment_success" : "deployment_failed", body));
        }
        return told.stream();
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
