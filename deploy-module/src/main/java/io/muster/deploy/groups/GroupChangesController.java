package io.muster.deploy.groups;

import io.muster.deploy.application.Bundles;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Instructions;
import io.muster.pods.Pods;
import io.muster.pods.application.Interventions.Undoing;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.JsonBodies;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Changes of groups (Marathon, groups.raml). An empty group is accepted and nothing is stored: it is there once a pod is in
 * it. The deployment that is answered has ended already, as clients that wait for it see.
 */
@RestController
@RequestMapping(path = "/v2/groups", produces = MediaType.APPLICATION_JSON_VALUE)
class GroupChangesController {

    private static final String DEPLOYMENT_ID = "Marathon-Deployment-Id";

    private final Pods pods;
    private final Bundles bundles;
    private final JsonBodies bodies;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    GroupChangesController(Pods pods, Bundles bundles, JsonBodies bodies, InstantSource clock, Supplier<UUID> ids) {
        this.pods = pods;
        this.bundles = bundles;
        this.bodies = bodies;
        this.clock = clock;
        this.ids = ids;
    }

    /** What brings a change of a group, in the members that clients of Marathon know. */
    record Deploying(String version, UUID deploymentId) {}

    /** What a change of a group would do. */
    record Planned(List<Object> steps) {}

    @PostMapping
    ResponseEntity<Deploying> create(HttpServletRequest request) throws IOException {
        return create("/", request);
    }

    @PostMapping("/{*id}")
    ResponseEntity<Deploying> create(@PathVariable String id, HttpServletRequest request) throws IOException {
        Optional<PodId> group = groupOf(id, GroupUpdate.read(bodies.read(request)));
        if (group.isEmpty() || !pods.shownBelow(group).isEmpty()) {
            String name = group.map(PodId::text).orElse("/");
            throw ApiException.of(
                    HttpStatus.CONFLICT, "Group " + name + " is already created. Use PUT to change this group.");
        }
        String location = request.getContextPath() + "/v2/groups" + group.get();
        return nothing(ResponseEntity.status(HttpStatus.CREATED).header(HttpHeaders.LOCATION, location));
    }

    @PutMapping
    ResponseEntity<?> replace(HttpServletRequest request, @RequestParam(required = false) @Nullable String dryRun)
            throws IOException {
        return replace("/", request, dryRun);
    }

    @PutMapping("/{*id}")
    ResponseEntity<?> replace(
            @PathVariable String id,
            HttpServletRequest request,
            @RequestParam(required = false) @Nullable String dryRun)
            throws IOException {
        groupOf(id, GroupUpdate.read(bodies.read(request)));
        return Requests.isTrue(dryRun) ? ResponseEntity.ok(new Planned(List.of())) : nothing(ResponseEntity.ok());
    }

    @DeleteMapping
    ResponseEntity<Deploying> delete(HttpServletRequest request, @Nullable Principal user) {
        return delete("/", request, user);
    }

    /** All pods in it, or none. The root is there without any. */
    @DeleteMapping("/{*id}")
    ResponseEntity<Deploying> delete(@PathVariable String id, HttpServletRequest request, @Nullable Principal user) {
        GroupPath path = GroupPath.of(id);
        if (path.part() != GroupPath.Part.ITSELF
                || (path.group().isPresent() && pods.shownBelow(path.group()).isEmpty())) {
            throw ApiException.notFound("Group '" + path.name() + "' does not exist");
        }
        boolean force = Requests.isTrue(request.getParameter("force"));
        Optional<String> who = Optional.ofNullable(user).map(Principal::getName);
        Undoing deleting = bundles.delete(path.group(), Instructions.of(force, who));
        return deploying(ResponseEntity.ok(), deleting.version(), deleting.deployment());
    }

    /** The id in the body is below the one in the path, unless it is absolute. */
    private static Optional<PodId> groupOf(String path, GroupUpdate update) {
        String sent = update.id().orElse("");
        return GroupPath.of(sent.startsWith("/") ? sent : path + "/" + sent).group();
    }

    private ResponseEntity<Deploying> nothing(ResponseEntity.BodyBuilder answer) {
        return deploying(answer, new Version(clock.instant()), ids.get());
    }

    private static ResponseEntity<Deploying> deploying(
            ResponseEntity.BodyBuilder answer, Version version, UUID deployment) {
        return answer.header(DEPLOYMENT_ID, deployment.toString()).body(new Deploying(version.toString(), deployment));
    }
}
