package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.application.PodStatuses.View;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** {@code ::status} of one pod and of all. */
@RestController
class PodStatusController {

    private static final int PAGE = 100;

    private final PodStatuses statuses;
    private final PodStatusJson json;

    PodStatusController(PodStatuses statuses, PodStatusJson json) {
        this.statuses = statuses;
        this.json = json;
    }

    @GetMapping(path = "/v2/pods/{id:[^:]+}::status", produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode one(@PathVariable String id, @RequestParam(defaultValue = "") String view) {
        PodId pod = Requests.podId(id);
        return statuses.of(pod, kind(view))
                .map(json::document)
                .orElseThrow(() -> ApiException.notFound("Pod '" + pod + "' does not exist"));
    }

    /** Written page by page, so that no more than one is in memory, and while one is written no connection is held. */
    @GetMapping(path = "/v2/pods/::status", produces = MediaType.APPLICATION_JSON_VALUE)
    void all(@RequestParam(defaultValue = "") String view, HttpServletResponse response) throws IOException {
        PodStatuses.Kind kind = kind(view);
        // Before anything is written, so that this may still fail with an answer of its own.
        List<View> page = statuses.page(Optional.empty(), PAGE, kind);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        try (JsonGenerator out = json.generator(response.getOutputStream())) {
            out.writeStartArray();
            while (!page.isEmpty()) {
                for (View pod : page) {
                    out.writeTree(json.document(pod));
                }
                page = page.size() < PAGE
                        ? List.of()
                        : statuses.page(Optional.of(page.getLast().spec().id()), PAGE, kind);
            }
            out.writeEndArray();
        }
    }

    private static PodStatuses.Kind kind(String view) {
        return view.equals("live") ? PodStatuses.Kind.LIVE : PodStatuses.Kind.EXPOSED;
    }
}
