package io.muster.deploy.web;

import io.muster.deploy.OrphanSettings;
import io.muster.deploy.application.Orphans;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Orphan;
import io.muster.pods.rest.ApiException;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v2/orphans}: tasks that Mesos runs for this framework and that belong to no instance. */
@RestController
@RequestMapping(path = "/v2/orphans", produces = MediaType.APPLICATION_JSON_VALUE)
class OrphansController {

    private final Orphans orphans;
    private final OrphanSettings settings;

    OrphansController(Orphans orphans, OrphanSettings settings) {
        this.orphans = orphans;
        this.settings = settings;
    }

    @GetMapping
    List<ObjectNode> list() {
        return orphans.all().stream().map(this::document).toList();
    }

    /** Accepted: its end comes later, and it is listed until then. */
    @DeleteMapping("/{taskId}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ObjectNode kill(@PathVariable("taskId") String task, @Nullable Principal user) {
        Optional<String> who = Optional.ofNullable(user).map(Principal::getName);
        return orphans.kill(new TaskId(task), who)
                .map(this::document)
                .orElseThrow(() -> ApiException.notFound("Orphan '" + task + "' does not exist"));
    }

    private ObjectNode document(Orphan orphan) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("taskId", orphan.task().text());
        if (orphan.agent() != null) {
            document.put("agentId", orphan.agent());
        }
        document.put("state", "TASK_" + orphan.state());
        document.put("firstSeen", PodStatusJson.text(orphan.firstSeen()));
        document.put("lastSeen", PodStatusJson.text(orphan.lastSeen()));
        orphan.killAt(settings.patience()).ifPresent(at -> document.put("willBeKilledAt", PodStatusJson.text(at)));
        return document;
    }
}
