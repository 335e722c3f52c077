package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.MALFORMED;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_JSON;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.OTHER_MEDIA_TYPE;
import static io.muster.platform.openapi.Refusal.TOO_LARGE;
import static io.muster.platform.openapi.Refusal.UNKNOWN_POD;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/** Kills of single instances. */
final class InstanceRoutes {

    static final String TAG = "Instances";

    private static final String SEVERAL = PodRoutes.ONE + "::instances";
    private static final String REPLACED = "Others take their place, since the pod wants as many as before. The answer"
            + " comes when the kill was requested; it shows the instance as it was.";

    private InstanceRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(HttpMethod.DELETE, SEVERAL + "/{instanceId}", TAG, "killInstance")
                        .tells("Kills an instance", REPLACED)
                        .takes(Parameters.podId(), Parameters.instanceId(), Parameters.wipe())
                        .answers(
                                200,
                                "The instance that is being killed.",
                                Shape.ref("KilledInstance"),
                                Examples.file("killed-instance"))
                        .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, FAULT, NOT_NOW),
                Route.of(HttpMethod.DELETE, SEVERAL, TAG, "killInstances")
                        .tells("Kills instances", REPLACED)
                        .takes(Parameters.podId(), Parameters.wipe())
                        .takesBody(
                                "Ids of instances. Those that the pod does not have are passed over.",
                                Shape.list(Shape.text()),
                                Examples.texts(List.of("shop_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002")))
                        .answers(
                                200,
                                "The instances that are being killed.",
                                Shape.list(Shape.ref("KilledInstance")),
                                Examples.list("killed-instance"))
                        .refuses(UNREADABLE_QUERY, NOT_JSON, UNKNOWN_POD, NOT_ACCEPTABLE, TOO_LARGE)
                        .refuses(OTHER_MEDIA_TYPE, ILLEGAL_ID, MALFORMED, FAULT, NOT_NOW));
    }
}
