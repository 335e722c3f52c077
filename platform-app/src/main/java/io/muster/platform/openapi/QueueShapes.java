package io.muster.platform.openapi;

import io.muster.deploy.explain.Cause;
import io.muster.pods.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The documents of the launch queue (Marathon, queue.raml) and of {@code ::explain}. */
final class QueueShapes {

    private QueueShapes() {}

    static void addTo(Map<String, Shape> schemas) {
        schemas.put("Queue", Shape.object().required("queue", Shape.list(Shape.ref("QueuedPod"))));
        schemas.put("QueuedPod", queued());
        schemas.put("OffersSummary", summary());
        schemas.put(
                "RefusalCount",
                Shape.object()
                        .required("reason", Shape.text().example("\"InsufficientCpus\""))
                        .required("declined", Shape.count().describe("Offers that were refused for this first."))
                        .required("processed", Shape.count().describe("Offers that got as far as this reason.")));
        schemas.put("UnusedOffer", unused());
        schemas.put("Explanation", explanation());
    }

    private static Shape queued() {
        return Shape.object()
                .required("count", Shape.count().describe("Instances that wait for an offer."))
                .required(
                        "delay",
                        Shape.object()
                                .required("timeLeftSeconds", Shape.count())
                                .required("overdue", Shape.flag().describe("Whether only an offer is waited for.")))
                .required("since", StatusShapes.timestamp())
                .required("processedOffersSummary", Shape.ref("OffersSummary"))
                .optional("lastUnusedOffers", Shape.list(Shape.ref("UnusedOffer")))
                .required("pod", Shape.ref("Pod"));
    }

    private static Shape summary() {
        return Shape.object()
                .required("processedOffersCount", Shape.count())
                .required("unusedOffersCount", Shape.count())
                .optional("lastUnusedOfferAt", StatusShapes.timestamp())
                .optional("lastUsedOfferAt", StatusShapes.timestamp())
                .required("rejectSummaryLastOffers", refusals("Of the last round."))
                .required("rejectSummaryLaunchAttempt", refusals("Since some instance began to wait."));
    }

    private static Shape refusals(String description) {
        return Shape.list(Shape.ref("RefusalCount"))
                .describe(description + " Every reason, in the order of the funnel.");
    }

    private static Shape unused() {
        Shape value = Shape.object()
                .required("name", Shape.text())
                .optional("role", Shape.text())
                .optional("scalar", Shape.number())
                .optional(
                        "ranges",
                        Shape.list(
                                Shape.object().required("begin", Shape.number()).required("end", Shape.number())))
                .optional("set", Shape.list(Shape.text()))
                .optional("text", Shape.text());
        return Shape.object()
                .required("timestamp", StatusShapes.timestamp())
                .required("reason", Shape.list(Shape.text()))
                .required(
                        "offer",
                        Shape.object()
                                .required("id", Shape.text())
                                .required("hostname", Shape.text())
                                .required("agentId", Shape.text())
                                .required("resources", Shape.list(value))
                                .required("attributes", Shape.list(value)));
    }

    private static Shape explanation() {
        List<String> kinds =
                Stream.of(Cause.Kind.values()).map(Cause.Kind::name).toList();
        Shape refusal = Shape.object()
                .required("reason", Shape.text())
                .required("offers", Shape.count())
                .required("message", Shape.text());
        Shape cause = Shape.object()
                .required("cause", Shape.literals(kinds))
                .required("instances", Shape.count())
                .required("message", Shape.text())
                .optional("until", Shape.ref("Timestamp").describe("When time alone changes it."))
                .optional("refusals", Shape.list(refusal).describe("What the last offers lacked."));
        Shape deployment = Shape.object()
                .required("id", Shape.text())
                .required("kind", Shape.text())
                .required("createdAt", StatusShapes.timestamp());
        Shape failure = Shape.object()
                .required("instanceId", Shape.text())
                .required("containerId", Shape.text())
                .required("state", Shape.text())
                .required("at", StatusShapes.timestamp())
                .optional("message", Shape.text());
        return Shape.object()
                .required("id", Shape.text())
                .required("version", StatusShapes.timestamp())
                .required("instances", Shape.count().describe("How many are wanted."))
                .required("ready", Shape.count())
                .required("summary", Shape.text())
                .optional("deployment", deployment)
                .required("causes", Shape.list(cause).describe("Empty when everything is as wanted."))
                .optional("lastFailure", failure);
    }
}
