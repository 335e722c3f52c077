package io.muster.pods;

import io.muster.events.Event;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionState;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is told of the states of versions. */
public final class VersionEvents {

    private VersionEvents() {}

    /** A version was accepted. */
    public static Event submitted(PodId pod, Version version, UUID deployment, Instant at) {
        return event(body(pod, version, VersionState.SUBMITTED), pod, deployment, at);
    }

    /**
     * A version has come further.
     *
     * @param deployment that did this to it
     */
    public static Event moved(
            PodId pod, Version version, VersionState state, VersionState previous, UUID deployment, Instant at) {
        return event(body(pod, version, state).put("previousState", previous.name()), pod, deployment, at);
    }

    private static ObjectNode body(PodId pod, Version version, VersionState state) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("podId", pod.text())
                .put("version", version.toString())
                .put("state", state.name());
    }

    private static Event event(ObjectNode body, PodId pod, UUID deployment, Instant at) {
        return Event.of(pod, "pod_version_state_changed_event", body.put("deploymentId", deployment.toString()), at);
    }
}
