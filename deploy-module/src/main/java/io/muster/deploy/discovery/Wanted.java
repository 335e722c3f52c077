package io.muster.deploy.discovery;

import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which endpoints somebody wants to know.
 *
 * @param pod of this one, or of those below it
 * @param endpoint of this name
 * @param labels {@code key} or {@code key=value}; the pod has all of them
 */
record Wanted(Optional<PodId> pod, Optional<String> endpoint, List<String> labels) {

    private static final int MOST_LABELS = 20;

    /** @throws ApiException 422 if the pod can be none, or for too many labels */
    static Wanted of(HttpServletRequest request) {
        String[] labels = request.getParameterValues("label");
        if (labels != null && labels.length > MOST_LABELS) {
            throw ApiException.unprocessable("label may be given " + MOST_LABELS + " times at most");
        }
        return new Wanted(
                Optional.ofNullable(request.getParameter("pod"))
                        .filter(text -> !PodId.canonical(text).equals("/"))
                        .map(Requests::podId),
                Optional.ofNullable(request.getParameter("endpoint")),
                labels == null ? List.of() : List.of(labels));
    }

    boolean includes(Backend backend) {
        String id = backend.pod().id().text();
        return pod.filter(wanted -> !id.equals(wanted.text()) && !id.startsWith(wanted.text() + "/"))
                        .isEmpty()
                && endpoint.filter(name -> !name.equals(backend.endpoint().name()))
                        .isEmpty()
                && labels.stream()
                        .allMatch(label -> has(backend.pod().definition().labels(), label));
    }

    private static boolean has(Map<String, String> labels, String wanted) {
        int equals = wanted.indexOf('=');
        return equals < 0
                ? labels.containsKey(wanted)
                : wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
    }
}
