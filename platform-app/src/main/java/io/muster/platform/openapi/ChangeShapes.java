package io.muster.platform.openapi;

import io.muster.pods.schema.Shape;
import java.util.List;
import java.util.Map;

/** The documents of what is going on: deployments, kills, imports. */
final class ChangeShapes {

    private static final List<String> STATES =
            List.of("SUBMITTED", "ROLLING", "PAUSED", "SUCCEEDED", "SUPERSEDED", "ROLLED_BACK", "CANCELLED", "FAILED");

    private ChangeShapes() {}

    static void addTo(Map<String, Shape> schemas) {
        schemas.put("Deployment", deployment());
        schemas.put("ListedDeployment", asMarathonSendsIt("A deployment, in the members that Marathon sends."));
        schemas.put("Plan", plan());
        schemas.put("KilledInstance", Shape.anyOf(killedAsUpTo17(), killedAsFrom18()));
        schemas.put("ImportReport", importReport());
    }

    private static Shape plan() {
        return Shape.object()
                .describe("What a change would do, by what was known when it was asked.")
                .required("id", Shape.text().describe("The id of the pod."))
                .required("steps", Shape.list(Shape.object().required("actions", Shape.list(action(Shape.object())))))
                .required(
                        "instances",
                        Shape.object()
                                .required("kept", Shape.count().describe("Stay as they are."))
                                .required("replaced", Shape.count().describe("End, each for one of the new version."))
                                .required("started", Shape.count().describe("Begin in addition to these."))
                                .required("ended", Shape.count().describe("End without another in their place.")))
                .required(
                        "changes",
                        Shape.list(Shape.text()).describe("What differs from the last definition, in lines."))
                .required(
                        "patch",
                        Shape.list(Shape.object().demand("op", "path"))
                                .describe("The same as a JSON Patch (RFC 6902)."));
    }

    private static Shape importReport() {
        return Shape.object()
                .describe("What became of each pod.")
                .required("from", Shape.text())
                .required("dryRun", Shape.flag())
                .required("start", Shape.flag())
                .required("pods", Shape.list(importedPod()))
                .required(
                        "summary",
                        Shape.object()
                                .required("pods", Shape.count())
                                .required("incomplete", Shape.count())
                                .required("versionsTaken", Shape.count())
                                .required("versionsKnown", Shape.count())
                                .required("versionsRefused", Shape.count()));
    }

    private static Shape importedPod() {
        return Shape.object()
                .required("id", Shape.text())
                .required("taken", Shape.list(Shape.text()).describe("Versions that were not known."))
                .required("known", Shape.list(Shape.text()).describe("Versions that were here already."))
                .required("refused", Shape.list(problem().required("version", Shape.text())))
                .required(
                        "ignored",
                        Shape.list(Shape.object()
                                        .required("version", Shape.text())
                                        .required("paths", Shape.list(Shape.text())))
                                .describe("Members that are not known, and are lost."))
                .required(
                        "pod",
                        Shape.object()
                                .required(
                                        "outcome",
                                        Shape.literals(List.of("history only", "started", "present", "refused")))
                                .optional("deploymentId", Shape.text().format("uuid"))
                                .optional("message", Shape.text())
                                .optional("details", Shape.list(Shape.object())));
    }

    private static Shape problem() {
        return Shape.object().required("message", Shape.text()).optional("details", Shape.list(Shape.object()));
    }

    private static Shape deployment() {
        return asMarathonSendsIt("A deployment.")
                .required("state", Shape.literals(STATES))
                .required("createdAt", Shape.ref("Timestamp"))
                .optional("startedAt", Shape.ref("Timestamp"))
                .optional("finishedAt", Shape.ref("Timestamp"))
                .optional("submittedBy", Shape.text())
                .optional("reason", Shape.text().describe("In the words of whoever asked for it."))
                .required("forced", Shape.flag())
                .optional("supersedes", Shape.text().format("uuid").describe("In whose place it was forced."))
                .optional("rollsBack", Shape.text().format("uuid").describe("Whose effect it undoes."))
                .optional("endedFor", Shape.text().format("uuid").describe("Which one took its place, or undoes it."))
                .optional(
                        "bundle", Shape.text().format("uuid").describe("Those it belongs to, which are listed as one."))
                .required("onFailure", Shape.literals(List.of("continue", "pause", "rollback")))
                .optional("timeoutSeconds", Shape.count())
                .optional("maxFailures", Shape.count())
                .required(
                        "failures",
                        Shape.count()
                                .describe(
                                        "How many of the new instances ended by themselves, since it began or was resumed."))
                .optional("message", Shape.text().describe("Why it is paused, failed, or what limit it is over."))
                .optional(
                        "progress",
                        Shape.object()
                                .describe("By the instances of this moment; absent when it has ended.")
                                .required("ready", Shape.count())
                                .required("target", Shape.count())
                                .required("oldAlive", Shape.count()));
    }

    private static Shape asMarathonSendsIt(String description) {
        return Shape.object()
                .describe(description)
                .required("id", Shape.text().format("uuid"))
                .required("version", Shape.ref("Timestamp"))
                .required("affectedApps", Shape.list(Shape.text()).describe("Always empty."))
                .required("affectedPods", Shape.list(Shape.text()))
                .required("steps", Shape.list(Shape.object().required("actions", Shape.list(action(Shape.object())))))
                .required(
                        "currentActions",
                        Shape.list(action(Shape.object()
                                .required(
                                        "readinessCheckResults",
                                        Shape.list(Shape.any()).describe("Always empty.")))))
                .required("currentStep", Shape.count().describe("From 1; 0 while it was not begun."))
                .required("totalSteps", Shape.count());
    }

    private static Shape action(Shape object) {
        return object.required("action", Shape.literals(List.of("StartPod", "StopPod", "ScalePod", "RestartPod")))
                .required("pod", Shape.text());
    }

    private static Shape killedAsUpTo17() {
        Shape condition = Shape.object().required("str", Shape.text().example("\"running\""));
        return killed(condition)
                .title("As servers of Marathon up to 1.7 answer it")
                .required("instanceId", Shape.object().required("idString", Shape.text()))
                .required("tasksMap", Shape.map(Shape.object()).describe("The containers by the ids of their tasks."));
    }

    private static Shape killedAsFrom18() {
        return killed(Shape.text().example("\"Running\""))
                .title("As servers of Marathon from 1.8 on answer it")
                .required("instanceId", Shape.text());
    }

    private static Shape killed(Shape condition) {
        return Shape.object()
                .required(
                        "state",
                        Shape.object()
                                .required("condition", condition)
                                .required("since", StatusShapes.timestamp())
                                .optional("activeSince", StatusShapes.timestamp())
                                .optional("healthy", Shape.flag())
                                .optional("goal", Shape.literals(List.of("Running", "Stopped", "Decommissioned"))))
                .optional(
                        "agentInfo",
                        Shape.object()
                                .required("host", Shape.text())
                                .optional("agentId", Shape.text())
                                .optional("region", Shape.text())
                                .optional("zone", Shape.text())
                                .required("attributes", Shape.list(Shape.any())))
                .required("runSpecVersion", Shape.ref("Timestamp"))
                .required("unreachableStrategy", Shape.ref("UnreachableStrategy"));
    }
}
