package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.pods.Instructions;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.PodChanges.Accepted;
import io.muster.pods.application.Preconditions;
import io.muster.pods.application.Rehearsals;
import io.muster.pods.application.Rehearsals.Rehearsed;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Replaces the instances of a pod by others of the same version. */
@RestController
class RestartController {

    private final PodChanges changes;
    private final Rehearsals rehearsals;

    RestartController(PodChanges changes, Rehearsals rehearsals) {
        this.changes = changes;
        this.rehearsals = rehearsals;
    }

    /** Under the upgrade strategy of the pod, as an update does. */
    @PostMapping(path = PodsController.ONE + "::restart", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> restart(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String dryRun,
            @Nullable Principal user) {
        PodId id = Requests.podId(rawId);
        Preconditions demanded = PreconditionHeaders.read(request);
        Instructions instructions = RolloutParameters.read(request, user);
        Supplier<Accepted> change = () -> changes.restart(id, demanded, instructions);
        if (Requests.isTrue(dryRun)) {
            Rehearsed rehearsed = rehearsals.of(id, () -> change.get().deployment());
            return PlanDocument.answer(id, rehearsed, rehearsed.before().map(VersionedPod::definition));
        }
        Accepted accepted = change.get();
        return PodsController.accepted(HttpStatus.OK, accepted, request).body(PodDocuments.write(accepted.pod()));
    }
}
