package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.history.StoredVersion.Tombstone;
import io.muster.history.Version;
import io.muster.pods.application.Purges;
import io.muster.pods.application.Purges.Purged;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes the definition of a version out of the history, where the configuration permits it. */
@RestController
class PurgeController {

    private static final int LONGEST_REASON = 1_000;

    private final Purges purges;

    PurgeController(Purges purges) {
        this.purges = purges;
    }

    /** What is left is answered; from then on it is what 410 answers. */
    @DeleteMapping(path = PodsController.ONE + "::versions/{version}", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode purge(
            @PathVariable("id") String rawId,
            @PathVariable("version") String text,
            @RequestParam(required = false) @Nullable String reason,
            @Nullable Principal user) {
        PodId id = Requests.podId(rawId);
        Version version = PastVersions.version(text);
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0) {
            throw ApiException.unprocessable(
                    "reason must say in at most " + LONGEST_REASON + " characters why the version is purged");
        }
        Purged purged = purges.purge(
                id, version, reason.strip(), Optional.ofNullable(user).map(Principal::getName));
        return document(id, version, purged.stored().configHash(), purged.tombstone());
    }

    /** What is left of a version. */
    static ObjectNode document(PodId id, Version version, String configHash, Tombstone tombstone) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id.text())
                .put("version", version.toString())
                .put("configHash", configHash);
        json.set("purged", document(tombstone));
        return json;
    }

    static ObjectNode document(Tombstone tombstone) {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("at", tombstone.at().toString());
        tombstone.who().ifPresent(who -> json.put("who", who));
        return json.put("reason", tombstone.reason());
    }
}
