package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.pods.PodsSettings;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.PodChanges.Accepted;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Brings an earlier definition of a pod back. */
@RestController
class RollbackController {

    private final PastVersions versions;
    private final PodChanges changes;
    private final PodsSettings settings;

    RollbackController(PastVersions versions, PodChanges changes, PodsSettings settings) {
        this.versions = versions;
        this.changes = changes;
        this.settings = settings;
    }

    /** The definition gets a new version. Instances that already run it stay as they are. */
    @PostMapping(path = PodsController.ONE + "::rollback", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> rollBack(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String version,
            @Nullable Principal user) {
        PodId id = Requests.podId(rawId);
        VersionedPod to = versions.named(id, "version", version);
        checkAgain(to);
        Accepted accepted =
                changes.rollBack(to, PreconditionHeaders.read(request), RolloutParameters.read(request, user));
        return PodsController.accepted(HttpStatus.OK, accepted, request).body(PodDocuments.write(accepted.pod()));
    }

    /** What was legal once may not be so under the settings of today. */
    private void checkAgain(VersionedPod pod) {
        byte[] definition = PodJson.store(pod.definition()).getBytes(StandardCharsets.UTF_8);
        if (PodJson.read(definition, settings.features(), false) instanceof Reading.Invalid invalid) {
            throw ApiException.invalid(invalid.violations());
        }
    }
}
