package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.INVALID;
import static io.muster.platform.openapi.Refusal.LOCKED;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_JSON;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.OTHER_MEDIA_TYPE;
import static io.muster.platform.openapi.Refusal.TAKEN;
import static io.muster.platform.openapi.Refusal.TOO_LARGE;
import static io.muster.platform.openapi.Refusal.TOO_MANY_PODS;
import static io.muster.platform.openapi.Refusal.UNKNOWN_GROUP;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Groups, which are what ids of pods have in common. */
final class GroupRoutes {

    static final String TAG = "Groups";

    private static final String ROOT = "/v2/groups";
    private static final String ONE = "/v2/groups/{id}";

    private GroupRoutes() {}

    static List<Route> all() {
        return List.of(
                read(ROOT, "readRootGroup", "all pods"),
                read(ONE, "readGroup", "the pods whose ids begin with its own").refuses(UNKNOWN_GROUP, ILLEGAL_ID),
                changed(Route.of(HttpMethod.POST, ROOT, TAG, "createGroup"), 201),
                changed(Route.of(HttpMethod.POST, ONE, TAG, "createGroupBelow").takes(Parameters.groupId()), 201),
                changed(Route.of(HttpMethod.PUT, ROOT, TAG, "replaceRootGroup"), 200),
                changed(Route.of(HttpMethod.PUT, ONE, TAG, "replaceGroup").takes(Parameters.groupId()), 200),
                delete(Route.of(HttpMethod.DELETE, ROOT, TAG, "deleteAllPods")),
                delete(Route.of(HttpMethod.DELETE, ONE, TAG, "deleteGroup").takes(Parameters.groupId()))
                        .refuses(UNKNOWN_GROUP));
    }

    private static Route read(String path, String id, String what) {
        Route route = Route.of(HttpMethod.GET, path, TAG, id)
                .tells(
                        "Shows a group",
                        "It holds " + what
                                + ", and is there as long as there are any. With /versions behind the id: the"
                                + " versions of these pods.");
        if (path.equals(ONE)) {
            route.takes(Parameters.groupId());
        }
        return route.takes(Parameters.embedOfGroup())
                .answers(
                        200,
                        "The group, or its versions.",
                        Shape.anyOf(Shape.ref("Group"), Shape.list(Shape.ref("Timestamp"))),
                        Examples.text("""
                                {"id": "/shop", "apps": [], "pods": [], "groups": [], "dependencies": [],
                                 "version": "2026-11-22T11:18:13.066Z"}"""))
                .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, FAULT, NOT_NOW);
    }

    private static Route changed(Route route, int status) {
        route.tells(
                        "Accepts an empty group",
                        "Nothing is stored: a group comes and goes with its pods. Apps and pods in it are refused.")
                .takesBody(
                        "A group without apps and pods.",
                        Shape.object().optional("id", Shape.text()),
                        Examples.text("{\"id\": \"/shop\"}"))
                .answers(status, "Accepted; the deployment has ended already.", deploying(), example())
                .with(status, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .refuses(UNREADABLE_QUERY, NOT_JSON, NOT_ACCEPTABLE, TOO_LARGE, OTHER_MEDIA_TYPE, INVALID)
                .refuses(FAULT, NOT_NOW);
        if (status == 201) {
            return route.with(status, Parameters.LOCATION, Parameters.location("group"))
                    .refuses(TAKEN);
        }
        return route.takes(Parameters.dryRunOfGroup());
    }

    private static Route delete(Route route) {
        return route.tells(
                        "Deletes all pods of a group",
                        "As one deployment: all of them or none, 500 at most. It ends when the last pod is gone, and is undone"
                                + " or stopped as a whole.")
                .takes(Parameters.force())
                .answers(200, "Accepted.", deploying(), example())
                .with(200, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, LOCKED, ILLEGAL_ID, TOO_MANY_PODS, FAULT, NOT_NOW);
    }

    private static Shape deploying() {
        return Shape.anyOf(
                Shape.object()
                        .required("version", Shape.ref("Timestamp"))
                        .required("deploymentId", Shape.text().format("uuid")),
                Shape.object().required("steps", Shape.list(Shape.any())));
    }

    private static JsonNode example() {
        return Examples.text("{\"version\": \"2026-11-22T11:18:13.066Z\","
                + " \"deploymentId\": \"0a8de1b4-18f5-4a7c-8c52-5f2f3f5f9d77\"}");
    }

    static void addTo(Map<String, Shape> schemas) {
        schemas.put(
                "Group",
                Shape.object()
                        .required("id", Shape.text().example("\"/shop\""))
                        .required("apps", Shape.list(Shape.any()).describe("Always empty."))
                        .required("pods", Shape.list(Shape.ref("PodStatus")))
                        .required("groups", Shape.list(Shape.ref("Group")))
                        .required("dependencies", Shape.list(Shape.any()).describe("Always empty."))
                        .required("version", Shape.ref("Timestamp")));
    }
}
