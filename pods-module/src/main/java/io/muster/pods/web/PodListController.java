package io.muster.pods.web;

import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.pods.Pods;
import io.muster.pods.model.Validation;
import io.muster.pods.rest.ApiSettings;
import io.muster.pods.rest.ArrayAnswer;
import io.muster.pods.rest.Paging;
import io.muster.pods.rest.Paging.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * All pods, ordered by id. They are read and sent a few at a time, and the database is not held while a client is slow:
 * what is shown of each pod is true at the moment it is read.
 */
@RestController
@RequestMapping(path = PodPath.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
class PodListController {

    private final Pods pods;
    private final PodDocuments documents;
    private final int fetchSize;

    PodListController(Pods pods, PodDocuments documents, ApiSettings settings) {
        this.pods = pods;
        this.documents = documents;
        this.fetchSize = settings.fetchSize();
    }

    /** How clients find out that there are pods here. */
    @RequestMapping(method = RequestMethod.HEAD)
    ResponseEntity<Void> probe() {
        return ResponseEntity.ok().contentLength(0).build();
    }

    @GetMapping
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Paging<PodId> paging = Paging.of(request, PodListController::id, "the id of a pod");
        Optional<PodId> after = paging.after();
        if (paging.limit().isEmpty()) {
            writeAll(after, ArrayAnswer.begin(response));
            return;
        }
        List<VersionKey> found = pods.shown(after, paging.wanted(0));
        Page<VersionKey> page = paging.cut(request, found, key -> key.id().text(), Map.of());
        page.next().ifPresent(next -> response.setHeader(HttpHeaders.LINK, next));
        ArrayAnswer answer = ArrayAnswer.begin(response);
        for (int from = 0; from < page.elements().size(); from += fetchSize) {
            int to = Math.min(from + fetchSize, page.elements().size());
            write(page.elements().subList(from, to), answer);
        }
        answer.end();
    }

    private void writeAll(Optional<PodId> after, ArrayAnswer answer) throws IOException {
        List<VersionKey> some = pods.shown(after, fetchSize);
        while (!some.isEmpty()) {
            write(some, answer);
            some = some.size() < fetchSize
                    ? List.of()
                    : pods.shown(Optional.of(some.getLast().id()), fetchSize);
        }
        answer.end();
    }

    private void write(List<VersionKey> keys, ArrayAnswer answer) throws IOException {
        for (byte[] document : documents.of(keys)) {
            answer.add(document);
        }
    }

    private static Optional<PodId> id(String text) {
        String canonical = PodId.canonical(text);
        return Validation.checkPathId(canonical).isEmpty() ? Optional.of(new PodId(canonical)) : Optional.empty();
    }
}
