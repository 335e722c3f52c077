package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.NO_RUNNING_DEPLOYMENT;
import static io.muster.platform.openapi.Refusal.OTHER_STATE;
import static io.muster.platform.openapi.Refusal.UNKNOWN_DEPLOYMENT;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/** Deployments: how they are, and what can be done with them. */
final class DeploymentRoutes {

    static final String TAG = "Deployments";

    private static final String ALL = "/v2/deployments";
    private static final String ONE = ALL + "/{id}";

    private DeploymentRoutes() {}

    static List<Route> all() {
        return List.of(
                list(),
                read(),
                undo(),
                move(
                        "pause",
                        "Pauses a deployment",
                        "Nothing moves for it. Instances that end are replaced by others of the"
                                + " same version. It still holds its pod."),
                move("resume", "Lets a paused deployment go on", "Its limits count anew from now."));
    }

    private static Route list() {
        return Route.of(HttpMethod.GET, ALL, TAG, "listDeployments")
                .tells(
                        "Lists deployments",
                        "Those that run, unless state=all. One that is not among them any more has ended. Without state and"
                                + " extended each has the members that Marathon sends, and no others.")
                .takes(Parameters.state(), Parameters.extended("all that is known of each is shown."))
                .takes(Parameters.limitOfDeployments(), Parameters.after("deployment id"))
                .answers(
                        200,
                        "The deployments; empty when none runs.",
                        Shape.list(Shape.anyOf(Shape.ref("Deployment"), Shape.ref("ListedDeployment"))),
                        Examples.list("deployment"))
                .with(200, Parameters.LINK, Parameters.link())
                .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route read() {
        return Route.of(HttpMethod.GET, ONE, TAG, "readDeployment")
                .tells("Shows a deployment", "Also one that has ended.")
                .takes(Parameters.oneDeployment())
                .answers(200, "The deployment.", Shape.ref("Deployment"), Examples.file("deployment"))
                .refuses(UNREADABLE_QUERY, UNKNOWN_DEPLOYMENT, NOT_ACCEPTABLE, FAULT, NOT_NOW);
    }

    private static Route undo() {
        return Route.of(HttpMethod.DELETE, ONE, TAG, "undoDeployment")
                .tells(
                        "Undoes a deployment that runs",
                        "Another deployment brings back what was before. With force=true it is only stopped where it is: its"
                                + " target is shown from then on, and no instance is replaced any more.")
                .takes(Parameters.oneDeployment(), Parameters.cancel(), Parameters.reason())
                .answers(
                        200,
                        "Accepted; the version and the deployment that bring back what was before.",
                        Shape.object()
                                .required("version", Shape.ref("Timestamp"))
                                .required("deploymentId", Shape.text().format("uuid")),
                        Examples.text("{\"version\": \"2026-11-22T11:18:13.066Z\","
                                + " \"deploymentId\": \"0a8de1b4-18f5-4a7c-8c52-5f2f3f5f9d77\"}"))
                .with(200, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .answersNothing(202, "With force=true: it is stopped.")
                .refuses(UNREADABLE_QUERY, NO_RUNNING_DEPLOYMENT, NOT_ACCEPTABLE, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route move(String how, String summary, String description) {
        Route route = Route.of(HttpMethod.POST, ONE + "::" + how, TAG, how + "Deployment")
                .tells(summary, description)
                .takes(Parameters.oneDeployment());
        if (how.equals("pause")) {
            route.takes(Parameters.reason()).refuses(ILLEGAL_PARAMETER);
        }
        return route.answers(200, "As it is now.", Shape.ref("Deployment"), Examples.file("deployment"))
                .refuses(UNREADABLE_QUERY, NO_RUNNING_DEPLOYMENT, NOT_ACCEPTABLE, OTHER_STATE, FAULT, NOT_NOW);
    }
}
