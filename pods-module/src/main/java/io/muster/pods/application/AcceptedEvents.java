package io.muster.pods.application;

import io.muster.events.Event;
import io.muster.events.Outbox;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Instructions;
import io.muster.pods.VersionEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tells of changes that were accepted, in their transactions: by one statement each (Marathon, Formats.scala). */
@Component
class AcceptedEvents {

    private final Outbox outbox;
    private final InstantSource clock;

    AcceptedEvents(Outbox outbox, InstantSource clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** What clients call it. */
    enum What {
        CREATED("pod_created_event"),
        UPDATED("pod_updated_event"),
        DELETED("pod_deleted_event");

        private final String type;

        What(String type) {
            this.type = type;
        }
    }

    /** The change made this version. */
    void ofNewVersion(What what, PodId pod, Version version, UUID deployment, Instructions instructions) {
        Instant now = clock.instant();
        List<Event> told = new ArrayList<>();
        told.add(VersionEvents.submitted(pod, version, deployment, now));
        accepted(told, what, pod, version, deployment, instructions, now);
    }

    /** The change made none. */
    void of(What what, PodId pod, Version version, UUID deployment, Instructions instructions) {
        accepted(new ArrayList<>(), what, pod, version, deployment, instructions, clock.instant());
    }

    private void accepted(
            List<Event> told,
            What what,
            PodId pod,
            Version version,
            UUID deployment,
            Instructions instructions,
            Instant now) {
        // A delete has no version of its own.
        Version changed = what == What.DELETED ? new Version(now) : version;
        told.add(Event.of(
                pod,
                "group_change_success",
                node().put("groupId", parent(pod)).put("version", changed.toString()),
                now));
        instructions
                .source()
                .ifPresent(source -> told.add(Event.of(
                        pod,
                        what.type,
                        node().put("clientIp", source.clientIp())
                                .put("uri", source.uri())
                                .put("podId", pod.text())
                                .put("version", version.toString())
                                .put("deploymentId", deployment.toString()),
                        now)));
        outbox.append(told);
    }

    private static String parent(PodId pod) {
        int last = pod.text().lastIndexOf('/');
        return last == 0 ? "/" : pod.text().substring(0, last);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
