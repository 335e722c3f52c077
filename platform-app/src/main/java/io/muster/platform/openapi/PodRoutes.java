package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.CHANGED_MEANWHILE;
import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.INVALID;
import static io.muster.platform.openapi.Refusal.LOCKED;
import static io.muster.platform.openapi.Refusal.MALFORMED;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_JSON;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.OTHER_ID;
import static io.muster.platform.openapi.Refusal.OTHER_MEDIA_TYPE;
import static io.muster.platform.openapi.Refusal.TAKEN;
import static io.muster.platform.openapi.Refusal.TOO_LARGE;
import static io.muster.platform.openapi.Refusal.TOO_MANY_DEPLOYMENTS;
import static io.muster.platform.openapi.Refusal.UNKNOWN_POD;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/** Pods: their definitions. */
final class PodRoutes {

    static final String TAG = "Pods";
    static final String ALL = "/v2/pods";
    static final String ONE = "/v2/pods/{id}";

    private PodRoutes() {}

    static List<Route> all() {
        return List.of(probe(), list(), create(), read(), replace(), delete(), restart());
    }

    private static Route probe() {
        return Route.of(HttpMethod.HEAD, ALL, TAG, "probePods")
                .tells("Tells that there are pods", "How clients find out whether this server runs pods.")
                .answersNothing(200, "It does.")
                .refuses(NOT_ACCEPTABLE, FAULT);
    }

    private static Route list() {
        return Route.of(HttpMethod.GET, ALL, TAG, "listPods")
                .tells("Lists the pods", "All pods, ordered by id, each in the version whose deployment is complete.")
                .takes(Parameters.limitOfAll(), Parameters.after("pod id"))
                .answers(
                        200, "The pods; empty when there are none.", Shape.list(Shape.ref("Pod")), Examples.list("pod"))
                .with(200, Parameters.LINK, Parameters.link())
                .refuses(UNREADABLE_QUERY, NOT_ACCEPTABLE, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route create() {
        return Route.of(HttpMethod.POST, ALL, TAG, "createPod")
                .tells(
                        "Creates a pod",
                        "Accepts a definition under a new id and begins its deployment. A pod that is being deleted holds"
                                + " its id until its instances have ended.")
                .takes(Parameters.force(), Parameters.strict(), Parameters.dryRunOfChange())
                .takes(Parameters.rollout())
                .takesBody("The definition.", Shape.ref("PodDefinition"), Examples.file("pod-definition"))
                .answers(201, "Accepted; the pod as it is stored.", Shape.ref("Pod"), Examples.file("pod"))
                .with(201, Parameters.LOCATION, Parameters.location("the pod"))
                .with(201, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .with(201, Parameters.ETAG, Parameters.etag())
                .with(201, Parameters.UNKNOWN_FIELDS, Parameters.unknownFields())
                .answers(200, "With dryRun=true: what would be.", Shape.ref("Plan"), Examples.file("plan"))
                .refuses(UNREADABLE_QUERY, NOT_JSON, TOO_MANY_DEPLOYMENTS, NOT_ACCEPTABLE, TAKEN, LOCKED, TOO_LARGE)
                .refuses(OTHER_MEDIA_TYPE, MALFORMED, INVALID, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route read() {
        return Route.of(HttpMethod.GET, ONE, TAG, "readPod")
                .tells("Shows a pod", "The version whose deployment is complete; in a first deployment, that version.")
                .takes(Parameters.podId(), Parameters.viewOfPod(), Parameters.ifNoneMatch())
                .answers(200, "The pod.", Shape.ref("Pod"), Examples.file("pod"))
                .with(200, Parameters.ETAG, Parameters.etag())
                .answersNothing(304, "It has not changed since it had the ETag of If-None-Match.")
                .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, FAULT, NOT_NOW);
    }

    private static Route replace() {
        return Route.of(HttpMethod.PUT, ONE, TAG, "replacePod")
                .tells(
                        "Replaces a pod",
                        "Accepts a whole definition, of a new pod as well, and begins its deployment. Members left out get"
                                + " their defaults. A definition equal to the last one makes no new version.")
                .takes(Parameters.podId(), Parameters.force(), Parameters.strict(), Parameters.dryRunOfChange())
                .takes(Parameters.ifMatch())
                .takes(Parameters.rollout())
                .takesBody("The definition.", Shape.ref("PodDefinition"), Examples.file("pod-definition"))
                .answers(
                        200,
                        "Accepted; the pod as it is stored. With dryRun=true: what would be.",
                        Shape.anyOf(Shape.ref("Pod"), Shape.ref("Plan")),
                        Examples.file("pod"))
                .with(200, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .with(200, Parameters.ETAG, Parameters.etag())
                .with(200, Parameters.UNKNOWN_FIELDS, Parameters.unknownFields())
                .refuses(UNREADABLE_QUERY, NOT_JSON, OTHER_ID, TOO_MANY_DEPLOYMENTS, NOT_ACCEPTABLE, LOCKED)
                .refuses(
                        CHANGED_MEANWHILE,
                        TOO_LARGE,
                        OTHER_MEDIA_TYPE,
                        MALFORMED,
                        INVALID,
                        ILLEGAL_PARAMETER,
                        FAULT,
                        NOT_NOW);
    }

    private static Route delete() {
        return Route.of(HttpMethod.DELETE, ONE, TAG, "deletePod")
                .tells(
                        "Deletes a pod",
                        "Begins to end its instances. Until the last has ended, the pod is shown with the status TERMINAL."
                                + " Its versions and its history stay.")
                .takes(Parameters.podId(), Parameters.force(), Parameters.dryRunOfChange(), Parameters.ifMatch())
                .takes(Parameters.rollout())
                .answers(200, "With dryRun=true: what would be.", Shape.ref("Plan"), Examples.file("plan"))
                .answersNothing(202, "Accepted.")
                .with(202, Parameters.LOCATION, Parameters.location("the deployment"))
                .with(202, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, LOCKED)
                .refuses(CHANGED_MEANWHILE, ILLEGAL_ID, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route restart() {
        return Route.of(HttpMethod.POST, ONE + "::restart", TAG, "restartPod")
                .tells(
                        "Restarts a pod",
                        "Replaces every instance by another of the version that was accepted last, under its upgrade"
                                + " strategy.")
                .takes(Parameters.podId(), Parameters.force(), Parameters.dryRunOfChange(), Parameters.ifMatch())
                .takes(Parameters.rollout())
                .answers(
                        200,
                        "Accepted; the pod as it is stored. With dryRun=true: what would be.",
                        Shape.anyOf(Shape.ref("Pod"), Shape.ref("Plan")),
                        Examples.file("pod"))
                .with(200, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .with(200, Parameters.ETAG, Parameters.etag())
                .refuses(UNREADABLE_QUERY, TOO_MANY_DEPLOYMENTS, UNKNOWN_POD, NOT_ACCEPTABLE, LOCKED)
                .refuses(CHANGED_MEANWHILE, ILLEGAL_ID, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }
}
