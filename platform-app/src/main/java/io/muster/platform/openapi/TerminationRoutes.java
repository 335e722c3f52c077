package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.UNKNOWN_POD;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.deploy.model.EndCause;
import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How instances ended. */
final class TerminationRoutes {

    private TerminationRoutes() {}

    static List<Route> all() {
        return List.of(Route.of(HttpMethod.GET, PodRoutes.ONE + "::terminations", HistoryRoutes.TAG, "listTerminations")
                .tells(
                        "Lists how instances of a pod ended",
                        "Those that had a place, in all lives of the id, the last ones first; at most 100 without a limit."
                                + " They are kept for a time, and the last ones of each pod for longer.")
                .takes(Parameters.podId(), Parameters.ofInstance(), Parameters.limitOfPage())
                .takes(Parameters.afterSequence())
                .answers(200, "A page.", Shape.list(Shape.ref("InstanceEnd")), Examples.list("termination"))
                .with(200, Parameters.LINK, Parameters.link())
                .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, ILLEGAL_PARAMETER, FAULT, NOT_NOW));
    }

    static void addTo(Map<String, Shape> schemas) {
        schemas.put(
                "InstanceEnd",
                Shape.object()
                        .describe("How one instance ended.")
                        .required("sequence", Shape.whole(0, Long.MAX_VALUE).describe("Grows with each."))
                        .required("instanceId", Shape.text())
                        .required("version", Shape.ref("Timestamp"))
                        .required("agentId", Shape.text())
                        .required("agentHostname", Shape.text())
                        .required("placedAt", StatusShapes.timestamp())
                        .optional("activeSince", StatusShapes.timestamp())
                        .required("endedAt", StatusShapes.timestamp())
                        .required(
                                "cause",
                                Shape.literals(Stream.of(EndCause.values())
                                        .map(EndCause::name)
                                        .toList()))
                        .optional(
                                "message", Shape.text().describe("Of the container that ended first, if that is why."))
                        .required("containers", Shape.list(Shape.ref("ContainerEnd"))));
        schemas.put(
                "ContainerEnd",
                Shape.object()
                        .describe("How one container ended.")
                        .required("name", Shape.text())
                        .required("lastKnownState", Shape.text().pattern("^TASK_[A-Z_]+$"))
                        .optional("exitCode", Shape.whole(0, Integer.MAX_VALUE))
                        .optional("signal", Shape.text().example("\"SIGKILL\""))
                        .optional("reason", Shape.text().describe("That of Mesos, without REASON_."))
                        .optional("message", Shape.text())
                        .optional("startedAt", StatusShapes.timestamp())
                        .optional("endedAt", StatusShapes.timestamp()));
    }
}
