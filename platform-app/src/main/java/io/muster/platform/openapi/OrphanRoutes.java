package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.UNKNOWN_ORPHAN;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.Map;

/** Tasks that belong to no instance. */
final class OrphanRoutes {

    static final String TAG = "Orphans";

    private static final String ALL = "/v2/orphans";

    private OrphanRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(HttpMethod.GET, ALL, TAG, "listOrphans")
                        .tells(
                                "Lists tasks that belong to no instance",
                                "Mesos runs them for this framework, and Muster did not start them, or has given them up."
                                        + " They are left alone for a time, then killed. Ordered by task id.")
                        .answers(
                                200,
                                "The orphans; empty when there are none.",
                                Shape.list(Shape.ref("Orphan")),
                                Examples.list("orphan"))
                        .refuses(NOT_ACCEPTABLE, FAULT, NOT_NOW),
                Route.of(HttpMethod.DELETE, ALL + "/{taskId}", TAG, "killOrphan")
                        .tells(
                                "Kills an orphan now",
                                "The answer comes when the kill was requested. It is listed until Mesos says that it ended.")
                        .takes(Parameters.taskId())
                        .answers(202, "The orphan that is being killed.", Shape.ref("Orphan"), Examples.file("orphan"))
                        .refuses(UNREADABLE_QUERY, UNKNOWN_ORPHAN, NOT_ACCEPTABLE, FAULT, NOT_NOW));
    }

    static void addTo(Map<String, Shape> schemas) {
        schemas.put(
                "Orphan",
                Shape.object()
                        .required(
                                "taskId",
                                Shape.text().example("\"old_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002.nginx\""))
                        .optional("agentId", Shape.text())
                        .required(
                                "state",
                                Shape.text()
                                        .pattern("^TASK_[A-Z_]+$")
                                        .describe("What Mesos said last.")
                                        .example("\"TASK_RUNNING\""))
                        .required("firstSeen", StatusShapes.timestamp())
                        .required("lastSeen", StatusShapes.timestamp())
                        .optional("willBeKilledAt", Shape.ref("Timestamp")));
    }
}
