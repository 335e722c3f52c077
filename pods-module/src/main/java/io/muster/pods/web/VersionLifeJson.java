package io.muster.pods.web;

import io.muster.history.VersionLife;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What became of a version, as a document. */
final class VersionLifeJson {

    private VersionLifeJson() {}

    static ObjectNode write(VersionLife life) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", life.version().toString())
                .put("state", life.state().name())
                .put("life", life.life())
                .put("configHash", life.configHash());
        life.submittedBy().ifPresent(who -> json.put("submittedBy", who));
        life.deployment().ifPresent(deployment -> json.put("deploymentId", deployment.toString()));
        life.submittedAt().ifPresent(at -> json.put("submittedAt", at.toString()));
        life.begunAt().ifPresent(at -> json.put("begunAt", at.toString()));
        life.finishedAt().ifPresent(at -> json.put("finishedAt", at.toString()));
        life.duration().ifPresent(duration -> json.put("durationMillis", duration.toMillis()));
        life.retiredAt().ifPresent(at -> json.put("retiredAt", at.toString()));
        life.purged().ifPresent(tombstone -> json.set("purged", PurgeController.document(tombstone)));
        return json;
    }
}
