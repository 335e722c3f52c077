package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.pods.Rollouts.Plan;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.Rehearsals.Rehearsed;
import io.muster.pods.diff.Difference;
import io.muster.pods.diff.DifferenceText;
import io.muster.pods.diff.JsonDiff;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The answer to a change that was only to be tried. */
final class PlanDocument {

    private PlanDocument() {}

    /**
     * What the change would do.
     *
     * @param after the definition that was sent; empty for a delete
     */
    static ResponseEntity<byte[]> answer(PodId id, Rehearsed rehearsed, Optional<PodDefinition> after) {
        Plan plan = rehearsed.plan();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", id.text());
        ArrayNode steps = json.putArray("steps");
        for (String action : plan.steps()) {
            steps.addObject()
                    .putArray("actions")
                    .addObject()
                    .put("action", action)
                    .put("pod", id.text());
        }
        json.putObject("instances")
                .put("kept", plan.kept())
                .put("replaced", plan.replaced())
                .put("started", plan.started())
                .put("ended", plan.ended());
        List<Difference> differences =
                JsonDiff.between(definition(rehearsed.before().map(VersionedPod::definition)), definition(after));
        ArrayNode changes = json.putArray("changes");
        DifferenceText.lines(differences).forEach(changes::add);
        json.set("patch", DifferenceText.patch(differences));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode definition(Optional<PodDefinition> pod) {
        return pod.map(PodJson::document).orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
