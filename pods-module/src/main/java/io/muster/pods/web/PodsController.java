package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.PodsSettings;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.PodChanges.Accepted;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.JsonBodies;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Create, read, replace and delete pods. Paths have gone through {@link PodPathFilter}. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class PodsController {

    static final String ONE = PodPath.ROOT + "/{id:[^:]+}";
    static final String DEPLOYMENT_ID = "Marathon-Deployment-Id";

    private final Pods pods;
    private final PodChanges changes;
    private final PodsSettings settings;
    private final JsonBodies bodies;

    PodsController(Pods pods, PodChanges changes, PodsSettings settings, JsonBodies bodies) {
        this.pods = pods;
        this.changes = changes;
        this.settings = settings;
        this.bodies = bodies;
    }

    static ApiException unknown(PodId id) {
        return ApiException.notFound("Pod '" + id + "' does not exist");
    }

    /** How clients find out that there are pods here. */
    @RequestMapping(path = PodPath.ROOT, method = RequestMethod.HEAD)
    ResponseEntity<Void> probe() {
        return ResponseEntity.ok().contentLength(0).build();
    }

    @GetMapping(PodPath.ROOT)
    List<ObjectNode> list() {
        return pods.list().stream().map(Pod::shown).map(PodJson::write).toList();
    }

    @GetMapping(ONE)
    ObjectNode read(@PathVariable("id") String rawId, @RequestParam @Nullable String view) {
        PodId id = Requests.podId(rawId);
        Pod pod = pods.find(id).orElseThrow(() -> unknown(id));
        return PodJson.write("target".equals(view) ? pod.target() : pod.shown());
    }

    @PostMapping(PodPath.ROOT)
    ResponseEntity<ObjectNode> create(
            HttpServletRequest request, @RequestParam @Nullable String force, @Nullable Principal user)
            throws IOException {
        PodDefinition definition = readDefinition(request);
        Accepted accepted = changes.create(definition, Requests.isTrue(force), nameOf(user));
        VersionedPod pod = accepted.pod();
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create(request.getContextPath() + PodPath.ROOT + pod.id()))
                .header(DEPLOYMENT_ID, accepted.deployment().toString())
                .body(PodJson.write(pod));
    }

    @PutMapping(ONE)
    ResponseEntity<ObjectNode> replace(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam @Nullable String force,
            @Nullable Principal user)
            throws IOException {
        PodDefinition definition = readDefinition(request);
        String pathId = PodId.canonical(rawId);
        if (!definition.id().text().equals(pathId)) {
            throw ApiException.of(
                    HttpStatus.BAD_REQUEST,
                    "'" + pathId + "' does not match definition's id ('" + definition.id() + "')");
        }
        Accepted accepted = changes.replace(definition, Requests.isTrue(force), nameOf(user));
        return ResponseEntity.ok()
                .header(DEPLOYMENT_ID, accepted.deployment().toString())
                .body(PodJson.write(accepted.pod()));
    }

    @DeleteMapping(ONE)
    ResponseEntity<Void> delete(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam @Nullable String force,
            @Nullable Principal user) {
        UUID deployment = changes.delete(Requests.podId(rawId), Requests.isTrue(force), nameOf(user));
        return ResponseEntity.accepted()
                .location(URI.create(request.getContextPath() + "/v2/deployments/" + deployment))
                .header(DEPLOYMENT_ID, deployment.toString())
                .build();
    }

    private PodDefinition readDefinition(HttpServletRequest request) throws IOException {
        return switch (PodJson.read(bodies.read(request), settings.features(), false)) {
            case Reading.Accepted(PodDefinition pod, List<String> unknown) -> pod;
            case Reading.NotJson(String problem) -> throw ApiException.badRequest("Invalid JSON", problem);
            case Reading.Malformed malformed -> throw ApiException.malformed(malformed.violations());
            case Reading.Invalid invalid -> throw ApiException.invalid(invalid.violations());
        };
    }

    private static Optional<String> nameOf(@Nullable Principal user) {
        return Optional.ofNullable(user).map(Principal::getName);
    }
}
