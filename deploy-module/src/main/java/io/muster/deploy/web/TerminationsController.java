package io.muster.deploy.web;

import io.muster.deploy.application.Terminations;
import io.muster.deploy.model.Termination;
import io.muster.deploy.model.Termination.ContainerEnd;
import io.muster.deploy.persistence.TerminationRows.Stored;
import io.muster.history.History;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Paging;
import io.muster.pods.rest.Paging.Page;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the instances of a pod ended. */
@RestController
class TerminationsController {

    private static final int PAGE = 100;

    private final Terminations terminations;
    private final History history;

    TerminationsController(Terminations terminations, History history) {
        this.terminations = terminations;
        this.history = history;
    }

    /** In all lives of the pod, those that ended last first; never more than a page, of {@value #PAGE} by default. */
    @GetMapping(path = "/v2/pods/{id:[^:]+}::terminations", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<List<ObjectNode>> list(
            HttpServletRequest request,
            @PathVariable("id") String rawId,
            @RequestParam(required = false) @Nullable String instance) {
        PodId pod = Requests.podId(rawId);
        Paging<Long> asked = Paging.of(request, TerminationsController::sequence, "a sequence");
        Paging<Long> paging = asked.limit().isPresent() ? asked : new Paging<>(asked.after(), OptionalInt.of(PAGE));
        List<Stored> found = instance == null
                ? terminations.page(pod, paging.after(), paging.wanted(PAGE))
                : terminations.of(pod, instance).stream().toList();
        if (found.isEmpty()) {
            demandHistory(pod);
        }
        Page<Stored> page = paging.cut(request, found, stored -> Long.toString(stored.sequence()), Map.of());
        return ResponseEntity.ok()
                .headers(page.headers())
                .body(page.elements().stream()
                        .map(TerminationsController::document)
                        .toList());
    }

    private void demandHistory(PodId pod) {
        if (history.page(pod, new History.Page(History.Order.NEWEST_FIRST, Optional.empty(), 1))
                .isEmpty()) {
            throw ApiException.notFound("Pod '" + pod + "' does not exist");
        }
    }

    private static Optional<Long> sequence(String text) {
        try {
            return Optional.of(Long.parseLong(text)).filter(number -> number >= 0);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static ObjectNode document(Stored stored) {
        Termination ended = stored.termination();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("sequence", stored.sequence())
                .put("instanceId", ended.instance().text())
                .put("version", ended.version().toString())
                .put("agentId", ended.agentId())
                .put("agentHostname", ended.agentHostname())
                .put("placedAt", PodStatusJson.text(ended.placedAt()));
        put(json, "activeSince", ended.activeSince());
        json.put("endedAt", PodStatusJson.text(ended.endedAt()))
                .put("cause", ended.cause().name());
        put(json, "message", ended.message());
        ArrayNode containers = json.putArray("containers");
        ended.containers().forEach(container -> containers.add(document(container)));
        return json;
    }

    private static ObjectNode document(ContainerEnd container) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", container.name())
                .put("lastKnownState", "TASK_" + container.state());
        if (container.exitCode() != null) {
            json.put("exitCode", container.exitCode());
        }
        put(json, "signal", container.signal());
        put(json, "reason", container.reason());
        put(json, "message", container.message());
        put(json, "startedAt", container.startedAt());
        put(json, "endedAt", container.endedAt());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable Instant value) {
        put(json, name, value == null ? null : PodStatusJson.text(value));
    }
}
