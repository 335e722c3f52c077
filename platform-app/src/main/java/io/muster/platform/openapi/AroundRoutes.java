package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_JSON;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.OTHER_MEDIA_TYPE;
import static io.muster.platform.openapi.Refusal.TASK_OF_POD;
import static io.muster.platform.openapi.Refusal.TOO_LARGE;
import static io.muster.platform.openapi.Refusal.UNKNOWN_APP;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/** What clients ask for that know apps: empty, and well-formed. */
final class AroundRoutes {

    static final String TAG = "Apps";

    private AroundRoutes() {}

    static List<Route> all() {
        return List.of(
                Route.of(HttpMethod.GET, "/v2/apps", TAG, "listApps")
                        .tells("Lists apps", "There are none, whatever is asked for. Changes are refused with 422.")
                        .answers(200, "None.", none("apps"), Examples.text("{\"apps\": []}"))
                        .refuses(NOT_ACCEPTABLE, FAULT),
                Route.of(HttpMethod.GET, "/v2/apps/{id}", TAG, "readApp")
                        .tells("Shows an app", "There is none. The same is answered below its id.")
                        .takes(Parameters.appId())
                        .answers(200, "For the root: none.", none("apps"), Examples.text("{\"apps\": []}"))
                        .refuses(UNKNOWN_APP, NOT_ACCEPTABLE, FAULT),
                Route.of(HttpMethod.GET, "/v2/tasks", TAG, "listTasks")
                        .tells("Lists tasks of apps", "There are none. With pods=true: the containers of all pods.")
                        .takes(Parameters.tasksOfPods())
                        .answers(
                                200,
                                "None, or those of pods.",
                                Shape.object().required("tasks", Shape.list(Shape.object())),
                                Examples.text("{\"tasks\": []}"))
                        .answers(200, "None.", "text/plain", Shape.text(), JsonNodeFactory.instance.stringNode(""))
                        .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, FAULT, NOT_NOW),
                Route.of(HttpMethod.POST, "/v2/tasks/delete", TAG, "killTasks")
                        .tells("Kills tasks of apps", "There are none, so none is killed.")
                        .takesBody(
                                "Ids of tasks.",
                                Shape.object().required("ids", Shape.list(Shape.text())),
                                Examples.text("{\"ids\": [\"my-app.7a1f0c52-95d3-11e9-b1a0-0242ac110002\"]}"))
                        .answers(200, "None.", none("tasks"), Examples.text("{\"tasks\": []}"))
                        .refuses(UNREADABLE_QUERY, NOT_JSON, NOT_ACCEPTABLE, TOO_LARGE, OTHER_MEDIA_TYPE)
                        .refuses(TASK_OF_POD, FAULT, NOT_NOW),
                Route.of(HttpMethod.GET, "/v2/plugins", TAG, "listPlugins")
                        .tells("Lists plugins", "There are none.")
                        .answers(200, "None.", none("plugins"), Examples.text("{\"plugins\": []}"))
                        .refuses(NOT_ACCEPTABLE, FAULT),
                discovered("prometheus", "findTargets", "As targets that Prometheus takes over HTTP (http_sd).", """
                        [{"targets": ["agent-1.example:31007"], "labels": {"__meta_muster_pod": "/shop/web"}}]"""),
                discovered(
                        "services", "findServices", "By service, for those who make configurations of proxies.", """
                        [{"name": "shop_web_http", "backends": []}]"""));
    }

    private static Route discovered(String how, String id, String description, String example) {
        return Route.of(HttpMethod.GET, "/v2/sd/" + how, "Service discovery", id)
                .tells("Finds endpoints of pods", description + " A second old at most.")
                .takes(Parameters.discovered())
                .takes(Parameters.ifNoneMatch())
                .answers(200, "What there is.", Shape.list(Shape.object()), Examples.text(example))
                .with(200, Parameters.ETAG, Parameters.etag())
                .answersNothing(304, "The same as with that ETag.")
                .with(304, Parameters.ETAG, Parameters.etag())
                .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Shape none(String member) {
        return Shape.object().required(member, Shape.list(Shape.any()).describe("Always empty."));
    }
}
