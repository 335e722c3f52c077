package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.NOT_QUEUED;
import static io.muster.platform.openapi.Refusal.UNKNOWN_POD;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** The launch queue, and why instances are not as wanted. */
final class QueueRoutes {

    static final String TAG = "Launch queue";

    private QueueRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(HttpMethod.GET, "/v2/queue", TAG, "listQueue")
                        .tells(
                                "Lists what waits to be launched",
                                "One entry for each version of a pod of which instances wait for an offer, or for the first"
                                        + " word of Mesos. An offer that was refused counts once, at its first reason;"
                                        + " processed says how many got as far. Ordered by id and version.")
                        .takes(Parameters.embed())
                        .answers(200, "The queue.", Shape.ref("Queue"), Examples.file("queue"))
                        .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, FAULT, NOT_NOW),
                Route.of(HttpMethod.DELETE, "/v2/queue/{id}/delay", TAG, "resetDelay")
                        .tells(
                                "Lets a pod be launched at once",
                                "Whatever failed before is forgiven, for every version of the pod that waits.")
                        .takes(Parameters.podId())
                        .answersNothing(204, "The request is stored; the launch follows.")
                        .refuses(NOT_QUEUED, ILLEGAL_ID, FAULT, NOT_NOW),
                Route.of(HttpMethod.GET, "/v2/pods/{id}::explain", TAG, "explainPod")
                        .tells(
                                "Says why instances of a pod are not as wanted",
                                "Also as text/plain, for people. What offers lack is that of the last ones, a second ago at"
                                        + " most.")
                        .takes(Parameters.podId())
                        .answers(200, "Why.", Shape.ref("Explanation"), Examples.file("explanation"))
                        .answers(
                                200,
                                "Why.",
                                "text/plain",
                                Shape.text(),
                                JsonNodeFactory.instance.stringNode(
                                        "/shop/web: 3 of 3 instances are ready, version 2026-11-22T11:18:13.066Z.\n"))
                        .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, FAULT, NOT_NOW));
    }
}
