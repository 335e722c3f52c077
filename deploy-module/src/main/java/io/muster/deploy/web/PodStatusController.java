package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.application.PodStatuses.View;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.ArrayAnswer;
import io.muster.pods.rest.Paging;
import io.muster.pods.rest.Paging.Page;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

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
    byte[] one(@PathVariable String id, @RequestParam(defaultValue = "") String view) {
        PodId pod = Requests.podId(id);
        return statuses.of(pod, kind(view))
                .map(json::bytes)
                .orElseThrow(() -> ApiException.notFound("Pod '" + pod + "' does not exist"));
    }

    /** Written page by page, so that no more than one is in memory, and while one is written no connection is held. */
    @GetMapping(path = "/v2/pods/::status", produces = MediaType.APPLICATION_JSON_VALUE)
    void all(@RequestParam(defaultValue = "") String view, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        PodStatuses.Kind kind = kind(view);
        Paging<PodId> paging = Paging.ofPods(request);
        if (paging.limit().isPresent()) {
            onePage(kind, view, paging, request, response);
            return;
        }
        // Before anything is written, so that this may still fail with an answer of its own.
        List<View> some = statuses.page(paging.after(), PAGE, kind);
        ArrayAnswer answer = ArrayAnswer.begin(response);
        while (!some.isEmpty()) {
            write(some, answer);
            some = some.size() < PAGE
                    ? List.of()
                    : statuses.page(Optional.of(some.getLast().spec().id()), PAGE, kind);
        }
        answer.end();
    }

    private void onePage(
            PodStatuses.Kind kind,
            String view,
            Paging<PodId> paging,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        List<View> found = statuses.page(paging.after(), paging.wanted(PAGE), kind);
        Map<String, String> kept = kind == PodStatuses.Kind.LIVE ? Map.of("view", view) : Map.of();
        Page<View> page = paging.cut(request, found, pod -> pod.spec().id().text(), kept);
        page.next().ifPresent(next -> response.setHeader(HttpHeaders.LINK, next));
        ArrayAnswer answer = ArrayAnswer.begin(response);
        write(page.elements(), answer);
        answer.end();
    }

    private void write(List<View> pods, ArrayAnswer answer) throws IOException {
        for (View pod : pods) {
            answer.add(json.bytes(pod));
        }
    }

    private static PodStatuses.Kind kind(String view) {
        return view.equals("live") ? PodStatuses.Kind.LIVE : PodStatuses.Kind.EXPOSED;
    }
}
