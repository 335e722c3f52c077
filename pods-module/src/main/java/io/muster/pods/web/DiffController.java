package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import io.muster.pods.diff.Difference;
import io.muster.pods.diff.DifferenceText;
import io.muster.pods.diff.JsonDiff;
import io.muster.pods.json.PodJson;
import io.muster.pods.rest.Requests;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What changed from one version of a pod to another. */
@RestController
class DiffController {

    private final PastVersions versions;

    DiffController(PastVersions versions) {
        this.versions = versions;
    }

    /** Of any two versions, in either order, also of different lives. */
    @GetMapping(path = PodsController.ONE + "::history/diff", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode diff(
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        PodId id = Requests.podId(rawId);
        VersionedPod before = versions.named(id, "from", from);
        VersionedPod after = versions.named(id, "to", to);
        List<Difference> differences =
                JsonDiff.between(PodJson.document(before.definition()), PodJson.document(after.definition()));
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id.text())
                .put("from", before.version().toString())
                .put("to", after.version().toString())
                .put("replacesInstances", !before.configHash().equals(after.configHash()));
        ArrayNode changes = json.putArray("changes");
        DifferenceText.lines(differences).forEach(changes::add);
        json.set("patch", DifferenceText.patch(differences));
        return json;
    }
}
