package io.muster.events;

import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that happened.
 *
 * @param type its name on the wire, such as {@code deployment_success}
 * @param pod whom it concerns; empty for what concerns the framework
 * @param body what listeners get, whole: with {@code eventType} and {@code timestamp}
 */
public record Event(String type, Optional<PodId> pod, String body, Instant at) {

    /** Of one pod; {@code body} gets the two members that all events have. */
    public static Event of(PodId pod, String type, ObjectNode body, Instant at) {
        return new Event(type, Optional.of(pod), complete(type, body, at), at);
    }

    /** Of no pod; {@code body} gets the two members that all events have. */
    public static Event ofFramework(String type, ObjectNode body, Instant at) {
        return new Event(type, Optional.empty(), complete(type, body, at), at);
    }

    /** Times have the form that those of versions have: whole milliseconds, what is below them cut off. */
    private static String complete(String type, ObjectNode body, Instant at) {
        return body.put("eventType", type)
                .put("timestamp", new Version(at.truncatedTo(ChronoUnit.MILLIS)).toString())
                .toString();
    }
}
