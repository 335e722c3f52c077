package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.CHANGED_MEANWHILE;
import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_ID;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.INVALID;
import static io.muster.platform.openapi.Refusal.LOCKED;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.NO_TIMESTAMP;
import static io.muster.platform.openapi.Refusal.PURGED;
import static io.muster.platform.openapi.Refusal.PURGE_FORBIDDEN;
import static io.muster.platform.openapi.Refusal.UNKNOWN_POD;
import static io.muster.platform.openapi.Refusal.UNKNOWN_VERSION;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;
import static io.muster.platform.openapi.Refusal.VERSION_IN_USE;

import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/** The versions of a pod id, and what happened to it. */
final class HistoryRoutes {

    static final String TAG = "History";

    private HistoryRoutes() {}

    static List<Route> all() {
        return List.of(versions(), version(), purge(), history(), diff(), rollback());
    }

    private static Route versions() {
        return Route.of(HttpMethod.GET, PodRoutes.ONE + "::versions", TAG, "listVersions")
                .tells(
                        "Lists the versions of a pod",
                        "Those that are or were shown, of all lives of the id, oldest first.")
                .takes(Parameters.podId(), Parameters.pending(), Parameters.limitOfAll(), Parameters.after("version"))
                .answers(
                        200,
                        "The versions.",
                        Shape.list(Shape.ref("Timestamp")),
                        Examples.texts(List.of("2026-11-22T11:18:13.066Z", "2026-11-23T08:00:01.500Z")))
                .with(200, Parameters.LINK, Parameters.link())
                .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route version() {
        return Route.of(HttpMethod.GET, PodRoutes.ONE + "::versions/{version}", TAG, "readVersion")
                .tells("Shows a version of a pod", "Any that was ever accepted, also of a pod that was deleted.")
                .takes(Parameters.podId(), Parameters.version(), Parameters.ifNoneMatch())
                .answers(200, "The pod as it was.", Shape.ref("Pod"), Examples.file("pod"))
                .with(200, Parameters.ETAG, Parameters.etag())
                .answersNothing(304, "It is the version that If-None-Match names.")
                .refuses(
                        UNREADABLE_QUERY,
                        UNKNOWN_POD,
                        NOT_ACCEPTABLE,
                        PURGED,
                        ILLEGAL_ID,
                        NO_TIMESTAMP,
                        FAULT,
                        NOT_NOW);
    }

    private static Route purge() {
        return Route.of(HttpMethod.DELETE, PodRoutes.ONE + "::versions/{version}", TAG, "purgeVersion")
                .tells(
                        "Takes the definition of a version out of the history",
                        "Only where muster.history.purge permits it. The version stays, with a note of who purged it, when and"
                                + " why.")
                .takes(Parameters.podId(), Parameters.version(), Parameters.reasonOfPurge())
                .answers(200, "What is left.", Shape.ref("Tombstone"), Examples.file("tombstone"))
                .refuses(UNREADABLE_QUERY, PURGE_FORBIDDEN, UNKNOWN_VERSION, NOT_ACCEPTABLE, VERSION_IN_USE, PURGED)
                .refuses(ILLEGAL_ID, NO_TIMESTAMP, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route history() {
        return Route.of(HttpMethod.GET, PodRoutes.ONE + "::history", TAG, "readHistory")
                .tells("Shows what happened to a pod id", "In all its lives, a page at a time, the newest first.")
                .takes(Parameters.podId(), Parameters.viewOfHistory(), Parameters.order(), Parameters.afterEntry())
                .takes(Parameters.limitOfHistory())
                .answers(
                        200,
                        "A page: entries, or with view=versions a page of versions.",
                        Shape.anyOf(Shape.ref("HistoryPage"), Shape.ref("VersionsPage")),
                        Examples.file("history-page"))
                .refuses(UNREADABLE_QUERY, UNKNOWN_POD, NOT_ACCEPTABLE, ILLEGAL_ID, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route diff() {
        return Route.of(HttpMethod.GET, PodRoutes.ONE + "::history/diff", TAG, "compareVersions")
                .tells("Compares two versions of a pod", "In either order, also of different lives, field by field.")
                .takes(Parameters.podId(), Parameters.versionNamed("from"), Parameters.versionNamed("to"))
                .answers(200, "What changed.", Shape.ref("VersionDiff"), Examples.file("version-diff"))
                .refuses(
                        UNREADABLE_QUERY,
                        UNKNOWN_VERSION,
                        NOT_ACCEPTABLE,
                        PURGED,
                        ILLEGAL_ID,
                        NO_TIMESTAMP,
                        FAULT,
                        NOT_NOW);
    }

    private static Route rollback() {
        return Route.of(HttpMethod.POST, PodRoutes.ONE + "::rollback", TAG, "rollBackPod")
                .tells(
                        "Brings an earlier version of a pod back",
                        "Any that was ever accepted, in this life of the pod or another. Its definition gets a new version"
                                + " and is deployed. Instances that run it already are left alone.")
                .takes(Parameters.podId(), Parameters.versionNamed("version"), Parameters.force(), Parameters.ifMatch())
                .takes(Parameters.rollout())
                .answers(200, "Accepted; the pod with its new version.", Shape.ref("Pod"), Examples.file("pod"))
                .with(200, Parameters.DEPLOYMENT_ID, Parameters.deploymentId())
                .with(200, Parameters.ETAG, Parameters.etag())
                .refuses(UNREADABLE_QUERY, UNKNOWN_VERSION, NOT_ACCEPTABLE, LOCKED, PURGED)
                .refuses(CHANGED_MEANWHILE, ILLEGAL_ID, NO_TIMESTAMP, INVALID, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }
}
