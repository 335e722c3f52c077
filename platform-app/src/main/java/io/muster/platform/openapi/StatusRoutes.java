package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.UNKNOWN_POD;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/** How pods and their instances are. */
final class StatusRoutes {

    static final String TAG = "Status";

    private StatusRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(HttpMethod.GET, PodRoutes.ALL + "/::status", TAG, "listStatuses")
                        .tells("Shows the status of all pods", "Ordered by id.")
                        .takes(Parameters.viewOfStatus(), Parameters.limitOfAll(), Parameters.after("pod id"))
                        .answers(
                                200,
                                "The statuses; empty when there are no pods.",
                                Shape.list(Shape.ref("PodStatus")),
                                Examples.list("pod-status"))
                        .with(200, Parameters.LINK, Parameters.link())
                        .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, ILLEGAL_PARAMETER, FAULT, NOT_NOW),
                Route.of(HttpMethod.GET, PodRoutes.ONE + "::status", TAG, "readStatus")
                        .tells("Shows the status of a pod", "With its instances and their containers.")
                        .takes(Parameters.podId(), Parameters.viewOfStatus())
                        .answers(200, "The status.", Shape.ref("PodStatus"), Examples.file("pod-status"))
                        .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, FAULT, NOT_NOW));
    }
}
