package io.muster.deploy.web;

import io.muster.deploy.KillSettings;
import io.muster.deploy.application.InstanceKills;
import io.muster.deploy.application.InstanceKills.Killed;
import io.muster.deploy.cluster.InstanceId;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.JsonBodies;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Kills of instances. Others take their place, since the pod wants as many as before. */
@RestController
@RequestMapping(path = "/v2/pods/{id:[^:]+}::instances", produces = MediaType.APPLICATION_JSON_VALUE)
class InstancesController {

    private final InstanceKills kills;
    private final KillSettings settings;
    private final JsonBodies bodies;

    InstancesController(InstanceKills kills, KillSettings settings, JsonBodies bodies) {
        this.kills = kills;
        this.settings = settings;
        this.bodies = bodies;
    }

    @DeleteMapping("/{instance}")
    ObjectNode one(
            @PathVariable("id") String rawId,
            @PathVariable("instance") String rawInstance,
            @RequestParam(required = false) @Nullable String wipe,
            @Nullable Principal user)
            throws InterruptedException {
        PodId pod = Requests.podId(rawId);
        String instance = InstanceIds.one(rawInstance);
        return kill(pod, List.of(instance), Requests.isTrue(wipe), user).stream()
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("Task '" + instance + "' does not exist"));
    }

    /** Ids that no instance of the pod has are left out of the answer. */
    @DeleteMapping
    List<ObjectNode> several(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String wipe,
            @Nullable Principal user)
            throws IOException, InterruptedException {
        PodId pod = Requests.podId(rawId);
        Set<String> instances = InstanceIds.several(bodies.read(request));
        return kill(pod, instances, Requests.isTrue(wipe), user);
    }

    private List<ObjectNode> kill(PodId pod, Collection<String> ids, boolean wipe, @Nullable Principal user)
            throws InterruptedException {
        Optional<String> who = Optional.ofNullable(user).map(Principal::getName);
        List<Killed> killed = kills.request(pod, ids, wipe, who)
                .orElseThrow(() -> ApiException.notFound("Path '" + pod + "' does not exist"));
        if (wipe && !killed.isEmpty()) {
            List<InstanceId> instances =
                    killed.stream().map(one -> one.instance().id()).toList();
            // Also when it takes too long the answer is this: the request is stored, and will be met.
            kills.awaitGone(instances);
        }
        return killed.stream().map(this::document).toList();
    }

    private ObjectNode document(Killed killed) {
        KilledInstanceJson json = new KilledInstanceJson(killed.instance(), killed.pod());
        return settings.answersAsFrom18() ? json.from18() : json.upTo17();
    }
}
