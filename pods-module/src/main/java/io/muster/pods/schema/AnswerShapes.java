package io.muster.pods.schema;

import io.muster.history.Happening;
import io.muster.history.VersionState;
import java.util.Map;

/** What the API of pods answers: definitions, their history, and refusals. */
final class AnswerShapes {

    private AnswerShapes() {}

    static void addTo(Map<String, Shape> definitions) {
        definitions.put("Timestamp", timestamp());
        definitions.put("Pod", pod());
        definitions.put("HistoryPage", historyPage());
        definitions.put("HistoryEntry", historyEntry());
        definitions.put("VersionsPage", versionsPage());
        definitions.put("VersionLife", versionLife());
        definitions.put("Tombstone", tombstone());
        definitions.put("Purged", Shape.allOf(Shape.ref("Tombstone"), error()));
        definitions.put("VersionDiff", versionDiff());
        definitions.put("Error", error());
        definitions.put("NotJson", notJson());
        definitions.put("Violations", violations());
        definitions.put("Locked", locked());
        definitions.put("Taken", taken());
    }

    private static Shape timestamp() {
        return Texts.timestamp().describe("UTC with three fraction digits.").example("\"2026-11-22T11:18:13.066Z\"");
    }

    private static Shape pod() {
        return Shape.allOf(
                        Shape.ref(PodShapes.POD_DEFINITION),
                        Shape.object()
                                .required("version", Shape.ref("Timestamp"))
                                .required("scaling", Shape.object().demand("kind", "instances"))
                                .required(
                                        "scheduling",
                                        Shape.object()
                                                .demand("backoff", "upgrade", "killSelection", "unreachableStrategy"))
                                .required("executorResources", Shape.object().demand("cpus", "mem", "disk")))
                .describe("A pod as the server stores and answers it: with its version, defaults written out, literals"
                        + " in their usual spelling, and nothing empty.");
    }

    private static Shape historyPage() {
        return Shape.object()
                .required("id", Shape.text().describe("The id of the pod."))
                .required("entries", Shape.list(Shape.ref("HistoryEntry")))
                .optional(
                        "next",
                        Shape.whole(0, Long.MAX_VALUE)
                                .describe("Given while there is more: the value of after for the next page."));
    }

    private static Shape historyEntry() {
        return Shape.object()
                .describe("One thing that happened to a pod id.")
                .required("sequence", Shape.whole(0, Long.MAX_VALUE).describe("Grows with each entry."))
                .required("at", Shape.text().format("date-time").describe("When, by the clock of the database."))
                .required("what", Shape.literals(PodShapes.names(Happening.values())))
                .required("life", Shape.count().describe("Counts how often the id was created, from 1."))
                .optional("version", Shape.ref("Timestamp"))
                .optional("deploymentId", Shape.text().format("uuid"))
                .optional("who", Shape.text().describe("The user, where one is known."));
    }

    private static Shape versionsPage() {
        return Shape.object()
                .required("id", Shape.text().describe("The id of the pod."))
                .required("versions", Shape.list(Shape.ref("VersionLife")))
                .optional(
                        "next",
                        Shape.ref("Timestamp")
                                .describe("Given while there is more: the value of after for the next page."));
    }

    private static Shape versionLife() {
        return Shape.object()
                .describe("What became of one version.")
                .required("version", Shape.ref("Timestamp"))
                .required("state", Shape.literals(PodShapes.names(VersionState.values())))
                .required("life", Shape.count().describe("That of the id in which it was accepted; 0 for an import."))
                .required("configHash", configHash())
                .optional("submittedBy", Shape.text().describe("The user, where one is known."))
                .optional("deploymentId", Shape.text().format("uuid"))
                .optional("submittedAt", moment())
                .optional("begunAt", moment().describe("When its deployment began."))
                .optional("finishedAt", moment().describe("When its deployment ended, well or not."))
                .optional(
                        "durationMillis",
                        Shape.whole(0, Long.MAX_VALUE).describe("From its acceptance to the end of its deployment."))
                .optional("retiredAt", moment().describe("When it ceased to be shown."))
                .optional("purged", purged());
    }

    private static Shape moment() {
        return Shape.text().format("date-time");
    }

    private static Shape configHash() {
        return Shape.text().describe("Equal for versions whose instances are not replaced for one another.");
    }

    private static Shape purged() {
        return Shape.object()
                .describe("Given when the definition was purged.")
                .required("at", moment())
                .optional("who", Shape.text().describe("The user, where one is known."))
                .required("reason", Shape.text());
    }

    private static Shape tombstone() {
        return Shape.object()
                .describe("What is left of a version whose definition was purged.")
                .required("id", Shape.text().describe("The id of the pod."))
                .required("version", Shape.ref("Timestamp"))
                .required("configHash", configHash())
                .required("purged", purged());
    }

    private static Shape versionDiff() {
        return Shape.object()
                .describe("What changed from one version of a pod to another.")
                .required("id", Shape.text().describe("The id of the pod."))
                .required("from", Shape.ref("Timestamp"))
                .required("to", Shape.ref("Timestamp"))
                .required(
                        "replacesInstances",
                        Shape.flag().describe("Whether instances of the one are replaced for the other."))
                .required(
                        "changes",
                        Shape.list(Shape.text())
                                .describe(
                                        "For people: what was added (+), removed (-) or replaced (~). Empty if both say"
                                                + " the same."))
                .required(
                        "patch",
                        Shape.list(Shape.object().demand("op", "path"))
                                .describe("The same as a JSON Patch (RFC 6902)."));
    }

    private static Shape error() {
        return Shape.object().describe("Why a request was refused, or failed.").required("message", message());
    }

    private static Shape message() {
        return Shape.text().notEmpty().describe("For people.");
    }

    private static Shape notJson() {
        return Shape.object()
                .describe("The body is no JSON.")
                .required("message", message())
                .required("details", Shape.text().describe("Where the parser stopped, and why."));
    }

    private static Shape violations() {
        return Shape.object()
                .describe("All that is wrong with what was sent.")
                .required(
                        "message",
                        message()
                                .describe(
                                        "\"Invalid JSON\" when the shape is wrong, \"Object is not valid\" when a rule is"
                                                + " broken."))
                .required(
                        "details",
                        Shape.list(Shape.object()
                                        .required(
                                                "path",
                                                Shape.text()
                                                        .describe("The place, with indexes in parentheses.")
                                                        .example("\"/containers(0)/name\""))
                                        .required(
                                                "errors",
                                                Shape.list(Shape.text()).notEmpty()))
                                .notEmpty());
    }

    private static Shape locked() {
        return Shape.object()
                .describe("A deployment of the pod runs, and the request did not say force=true.")
                .required("message", message())
                .required(
                        "deployments",
                        Shape.list(Shape.object().required("id", Shape.text().format("uuid")))
                                .notEmpty()
                                .describe("Those that hold the pod."));
    }

    private static Shape taken() {
        return Shape.object()
                .describe("There is a pod of that id already.")
                .required("message", message())
                .and("not", Shape.any().demand("deployments"));
    }
}
