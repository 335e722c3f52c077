package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** {@code ::status} of one pod and of all. */
@RestController
class PodStatusController {

    private final PodStatuses statuses;
    private final PodStatusJson json;

    PodStatusController(PodStatuses statuses, PodStatusJson json) {
        this.statuses = statuses;
        this.json = json;
    }

    @GetMapping(path = "/v2/pods/{id:[^:]+}::status", produces = "application/json")
    ObjectNode one(@PathVariable String id, @RequestParam(defaultValue = "") String view) {
        PodId pod = Requests.podId(id);
        return statuses.of(pod, kind(view))
                .map(json::document)
                .orElseThrow(() -> ApiException.notFound("Pod '" + pod + "' does not exist"));
    }

    @GetMapping(path = "/v2/pods/::status", produces = "application/json")
    List<ObjectNode> all(@RequestParam(defaultValue = "") String view) {
        return statuses.all(kind(view)).stream().map(json::document).toList();
    }

    private static PodStatuses.Kind kind(String view) {
        return view.equals("live") ? PodStatuses.Kind.LIVE : PodStatuses.Kind.EXPOSED;
    }
}
