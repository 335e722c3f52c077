package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.pods.Instructions;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.PodsSettings;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.PodChanges.Accepted;
import io.muster.pods.application.Preconditions;
import io.muster.pods.application.Rehearsals;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.EntityTags;
import io.muster.pods.rest.JsonBodies;
import io.muster.pods.rest.Locations;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Create, read, replace and delete pods. Paths have gone through {@link PodPathFilter}. */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
class PodsController {

    private static final Logger log = LoggerFactory.getLogger(PodsController.class);

    static final String ONE = PodPath.ROOT + "/{id:[^:]+}";
    static final String DEPLOYMENT_ID = "Marathon-Deployment-Id";

    private final Pods pods;
    private final PodChanges changes;
    private final Rehearsals rehearsals;
    private final PodsSettings settings;
    private final JsonBodies bodies;
    private final PodDocuments documents;
    private final Locations locations;

    PodsController(
            Pods pods,
            PodChanges changes,
            Rehearsals rehearsals,
            PodsSettings settings,
            JsonBodies bodies,
            PodDocuments documents,
            Locations locations) {
        this.pods = pods;
        this.changes = changes;
        this.rehearsals = rehearsals;
        this.settings = settings;
        this.bodies = bodies;
        this.documents = documents;
        this.locations = locations;
    }

    static ApiException unknown(PodId id) {
        return ApiException.notFound("Pod '" + id + "' does not exist");
    }

    @GetMapping(ONE)
    ResponseEntity<byte[]> read(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String view) {
        PodId id = Requests.podId(rawId);
        Pod pod = pods.find(id).orElseThrow(() -> unknown(id));
        VersionedPod wanted = "target".equals(view) ? pod.target() : pod.shown();
        return found(wanted, documents.of(wanted), request);
    }

    @PostMapping(PodPath.ROOT)
    ResponseEntity<byte[]> create(
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String strict,
            @RequestParam(required = false) @Nullable String dryRun,
            @Nullable Principal user)
            throws IOException {
        Reading.Accepted sent = readDefinition(request, Requests.isTrue(strict));
        Instructions instructions = RolloutParameters.read(request, user);
        Supplier<Accepted> change = () -> changes.create(sent.pod(), instructions);
        if (Requests.isTrue(dryRun)) {
            return plan(sent.pod(), change);
        }
        Accepted accepted = change.get();
        return accepted(HttpStatus.CREATED, accepted, sent, request)
                .header(
                        HttpHeaders.LOCATION,
                        locations.ofPod(request, accepted.pod().id()))
                .body(PodDocuments.write(accepted.pod()));
    }

    @PutMapping(ONE)
    ResponseEntity<byte[]> replace(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String strict,
            @RequestParam(required = false) @Nullable String dryRun,
            @Nullable Principal user)
            throws IOException {
        Reading.Accepted sent = readDefinition(request, Requests.isTrue(strict));
        PodDefinition definition = sent.pod();
        String pathId = PodId.canonical(rawId);
        if (!definition.id().text().equals(pathId)) {
            throw ApiException.of(
                    HttpStatus.BAD_REQUEST,
                    "'" + pathId + "' does not match definition's id ('" + definition.id() + "')");
        }
        Preconditions demanded = PreconditionHeaders.read(request);
        Instructions instructions = RolloutParameters.read(request, user);
        Supplier<Accepted> change = () -> changes.replace(definition, demanded, instructions);
        if (Requests.isTrue(dryRun)) {
            return plan(definition, change);
        }
        Accepted accepted = change.get();
        return accepted(HttpStatus.OK, accepted, sent, request).body(PodDocuments.write(accepted.pod()));
    }

    @DeleteMapping(ONE)
    ResponseEntity<byte[]> delete(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String dryRun,
            @Nullable Principal user) {
        PodId id = Requests.podId(rawId);
        Preconditions demanded = PreconditionHeaders.read(request);
        Instructions instructions = RolloutParameters.read(request, user);
        Supplier<UUID> change = () -> changes.delete(id, demanded, instructions);
        if (Requests.isTrue(dryRun)) {
            return PlanDocument.answer(id, rehearsals.of(id, change), Optional.empty());
        }
        UUID deployment = change.get();
        return ResponseEntity.accepted()
                .header(HttpHeaders.LOCATION, locations.ofDeployment(request, deployment))
                .header(DEPLOYMENT_ID, deployment.toString())
                .build();
    }

    private ResponseEntity<byte[]> plan(PodDefinition sent, Supplier<Accepted> change) {
        Rehearsals.Rehearsed rehearsed =
                rehearsals.of(sent.id(), () -> change.get().deployment());
        return PlanDocument.answer(sent.id(), rehearsed, Optional.of(sent));
    }

    private Reading.Accepted readDefinition(HttpServletRequest request, boolean strict) throws IOException {
        return switch (PodJson.read(bodies.read(request), settings.features(), strict)) {
            case Reading.Accepted accepted -> accepted;
            case Reading.NotJson(String problem) -> throw ApiException.badRequest("Invalid JSON", problem);
            case Reading.Malformed malformed -> throw ApiException.malformed(malformed.violations());
            case Reading.Invalid invalid -> throw ApiException.invalid(invalid.violations());
        };
    }

    private static BodyBuilder accepted(
            HttpStatus status, Accepted accepted, Reading.Accepted sent, HttpServletRequest request) {
        BodyBuilder answer = accepted(status, accepted, request);
        if (!sent.unknown().isEmpty()) {
            String unknown = UnknownMembers.header(sent.unknown());
            log.debug("The definition of {} has unknown members: {}", sent.pod().id(), unknown);
            answer.header(UnknownMembers.HEADER, unknown);
        }
        return answer;
    }

    static BodyBuilder accepted(HttpStatus status, Accepted accepted, HttpServletRequest request) {
        return document(status, accepted.pod(), request)
                .header(DEPLOYMENT_ID, accepted.deployment().toString());
    }

    /** Spring compares the tags of {@code If-None-Match}, but takes {@code *} for one. */
    static ResponseEntity<byte[]> found(VersionedPod pod, byte[] document, HttpServletRequest request) {
        if ("*".equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return document(HttpStatus.NOT_MODIFIED, pod, request).build();
        }
        return document(HttpStatus.OK, pod, request).body(document);
    }

    private static BodyBuilder document(HttpStatus status, VersionedPod pod, HttpServletRequest request) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .eTag(EntityTags.of(pod.version(), request));
    }
}
