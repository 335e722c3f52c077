package io.muster.deploy.web;

import io.muster.deploy.application.Bundles;
import io.muster.deploy.application.DeploymentControl;
import io.muster.deploy.application.DeploymentControl.Outcome;
import io.muster.deploy.application.DeploymentViews;
import io.muster.deploy.application.DeploymentViews.View;
import io.muster.pods.application.Interventions.Undoing;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Paging;
import io.muster.pods.rest.Paging.Page;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/deployments} (Marathon, deployments.raml), and what can be done with one. */
@RestController
@RequestMapping(path = "/v2/deployments", produces = MediaType.APPLICATION_JSON_VALUE)
class DeploymentsController {

    private static final String ONE = "/{id:[^:]+}";
    private static final String DEPLOYMENT_ID = "Marathon-Deployment-Id";
    private static final int PAGE = 100;

    private final DeploymentViews views;
    private final DeploymentControl control;
    private final Bundles bundles;

    DeploymentsController(DeploymentViews views, DeploymentControl control, Bundles bundles) {
        this.views = views;
        this.control = control;
        this.bundles = bundles;
    }

    /**
     * Those that run, in the members that Marathon has; with {@code extended=true}, or any {@code state}, which are ours, in
     * all that there are. With {@code state=all} all that ever were, the newest first, a page at a time.
     */
    @GetMapping
    ResponseEntity<List<? extends Record>> list(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String extended) {
        if (!"all".equals(state)) {
            List<DeploymentDocument> running =
                    views.running().stream().map(DeploymentJson::of).toList();
            return ResponseEntity.ok(
                    state != null || Requests.isTrue(extended)
                            ? running
                            : running.stream().map(ListedDeployment::of).toList());
        }
        Paging<UUID> asked = Paging.of(request, DeploymentsController::id, "the id of a deployment");
        Paging<UUID> paging =
                new Paging<>(asked.after(), OptionalInt.of(asked.limit().orElse(PAGE)));
        List<View> found = views.newest(paging.after(), paging.wanted(PAGE));
        Page<View> page =
                paging.cut(request, found, view -> view.deployment().id().toString(), Map.of("state", "all"));
        return ResponseEntity.ok()
                .headers(page.headers())
                .body(page.elements().stream().map(DeploymentJson::of).toList());
    }

    /** Also one that has ended. */
    @GetMapping(ONE)
    DeploymentDocument one(@PathVariable("id") String rawId) {
        UUID id = id(rawId).orElseThrow(() -> unknown(rawId));
        return views.find(id)
                .map(DeploymentJson::of)
                .or(() -> views.findBundle(id).map(DeploymentJson::of))
                .orElseThrow(() -> unknown(rawId));
    }

    /** What undoes a deployment, in the members that clients of Marathon know. */
    record UndoingDocument(String version, UUID deploymentId) {}

    /** Deploys what was before; with {@code force=true} only stops, without waiting for anything. */
    @DeleteMapping(ONE)
    ResponseEntity<UndoingDocument> delete(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String force,
            @Nullable Principal user) {
        UUID id = id(rawId).orElseThrow(() -> notRunning(rawId));
        if (Requests.isTrue(force)) {
            demand(either(control.cancel(id, name(user)), () -> bundles.cancel(id, name(user))), rawId, "");
            return ResponseEntity.accepted().build();
        }
        Undoing undoing = control.rollBack(id, name(user), Requests.reason(request), Requests.source(request))
                .or(() -> bundles.rollBack(id, name(user), Requests.reason(request), Requests.source(request)))
                .orElseThrow(() -> notRunning(rawId));
        return ResponseEntity.ok()
                .header(DEPLOYMENT_ID, undoing.deployment().toString())
                .body(new UndoingDocument(undoing.version().toString(), undoing.deployment()));
    }

    /** Nothing moves for it any more; instances that end are replaced by others of the same version. */
    @PostMapping(ONE + "::pause")
    DeploymentDocument pause(HttpServletRequest request, @PathVariable("id") String rawId, @Nullable Principal user) {
        UUID id = id(rawId).orElseThrow(() -> notRunning(rawId));
        Optional<String> reason = Requests.reason(request);
        Outcome paused = either(control.pause(id, name(user), reason), () -> bundles.pause(id, name(user), reason));
        demand(paused, rawId, "is paused already");
        return one(rawId);
    }

    @PostMapping(ONE + "::resume")
    DeploymentDocument resume(@PathVariable("id") String rawId, @Nullable Principal user) {
        UUID id = id(rawId).orElseThrow(() -> notRunning(rawId));
        Outcome resumed = either(control.resume(id, name(user)), () -> bundles.resume(id, name(user)));
        demand(resumed, rawId, "is not paused");
        return one(rawId);
    }

    /** One id may be that of a deployment, or of several. */
    private static Outcome either(Outcome ofOne, Supplier<Outcome> ofSeveral) {
        return ofOne == Outcome.NOT_RUNNING ? ofSeveral.get() : ofOne;
    }

    private static void demand(Outcome outcome, String id, String why) {
        switch (outcome) {
            case DONE -> {}
            case NOT_RUNNING -> throw notRunning(id);
            case UNFIT -> throw ApiException.of(HttpStatus.CONFLICT, "Deployment '" + Requests.echo(id) + "' " + why);
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    private static Optional<String> name(@Nullable Principal user) {
        return Optional.ofNullable(user).map(Principal::getName);
    }

    private static ApiException unknown(String id) {
        return ApiException.notFound("Deployment '" + Requests.echo(id) + "' does not exist");
    }

    private static ApiException notRunning(String id) {
        return ApiException.notFound("Deployment '" + Requests.echo(id) + "' does not exist, or has ended");
    }
}
