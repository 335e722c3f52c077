package io.muster.pods.web;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.VersionedPod;
import io.muster.pods.rest.ApiException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The versions that a query names. */
@Component
class PastVersions {

    private final Pods pods;

    PastVersions(Pods pods) {
        this.pods = pods;
    }

    /** @throws ApiException 422 if it is no date-time */
    static Version version(String text) {
        return Version.parse(text)
                .orElseThrow(() -> ApiException.unprocessable(
                        "Invalid timestamp provided '" + text + "'. Expecting ISO-8601 datetime string."));
    }

    /**
     * A version that was accepted at some time, in any life of the pod.
     *
     * @param parameter the name of the query parameter, for the refusal
     * @throws ApiException 422 if the parameter is missing or no date-time, 404 if the pod never had such a version
     */
    VersionedPod named(PodId id, String parameter, @Nullable String text) {
        if (text == null) {
            throw ApiException.unprocessable(parameter + " must name a version; ::history lists all there are");
        }
        Version version = version(text);
        return pods.version(id, version)
                .orElseThrow(() -> ApiException.notFound(
                        "Pod '" + id + "' never had the version " + version + " (" + parameter + ")"));
    }
}
