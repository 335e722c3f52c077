package io.muster.platform.openapi;

import io.muster.pods.rest.Paging;
import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;

/** Parameters and headers that several routes share. */
final class Parameters {

    static final String LOCATION = "Location";
    static final String DEPLOYMENT_ID = "Marathon-Deployment-Id";
    static final String ETAG = "ETag";
    static final String LINK = "Link";
    static final String UNKNOWN_FIELDS = "Muster-Unknown-Fields";

    private Parameters() {}

    static Parameter query(String name, String description, Shape shape) {
        return new Parameter().in("query").name(name).description(description).schema(SwaggerModel.schema(shape));
    }

    private static Parameter path(String name, String description, Shape shape, String example) {
        return new Parameter()
                .in("path")
                .name(name)
                .required(true)
                .description(description)
                .schema(SwaggerModel.schema(shape))
                .example(example);
    }

    static Parameter header(String name, String description) {
        return new Parameter()
                .in("header")
                .name(name)
                .description(description)
                .schema(SwaggerModel.schema(Shape.text()));
    }

    static Parameter podId() {
        return path(
                "id",
                "The id of the pod without its first slash. Its slashes may be sent as they are, or encoded.",
                Shape.text(),
                "shop/web");
    }

    static Parameter version() {
        return path(
                "version",
                "A version, in ISO-8601 with an offset; digits after the third of a second are passed over.",
                Shape.text(),
                "2026-11-22T11:18:13.066Z");
    }

    static Parameter versionNamed(String name) {
        return query(
                name,
                "A version, in ISO-8601 with an offset. It must be given.",
                Shape.text().example("\"2026-11-22T11:18:13.066Z\""));
    }

    static Parameter groupId() {
        return path(
                "id",
                "The id of a group without its first slash. Its slashes may be sent as they are.",
                Shape.text(),
                "shop");
    }

    static Parameter appId() {
        return path("id", "The id of an app.", Shape.text(), "shop/web");
    }

    static Parameter tasksOfPods() {
        return query(
                "pods",
                "Only true is true: the containers of pods are listed.",
                Shape.text().fallback("false"));
    }

    static Parameter embedOfGroup() {
        return query(
                "embed",
                "group.groups and group.pods, each in a parameter of its own, show what lies below; without any, both do. What"
                        + " is not shown is empty. Any other text is passed over.",
                Shape.text().example("\"group.pods\""));
    }

    static Parameter dryRunOfGroup() {
        return query(
                "dryRun",
                "Only true is true: the answer has no steps.",
                Shape.text().fallback("false"));
    }

    /** Which endpoints are found. */
    static Parameter[] discovered() {
        return new Parameter[] {
            query(
                    "pod",
                    "Only of this pod, or of those whose ids lie below this one.",
                    Shape.text().example("\"/shop\"")),
            query("endpoint", "Only endpoints of this name.", Shape.text()),
            query(
                    "label",
                    "Only of pods with this label, or with this label=value. May be given several times; then all must be there.",
                    Shape.text().example("\"team=web\""))
        };
    }

    static Parameter instanceId() {
        return path(
                "instanceId",
                "The id of an instance of the pod.",
                Shape.text(),
                "shop_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002");
    }

    static Parameter taskId() {
        return path(
                "taskId",
                "The id of a task of Mesos.",
                Shape.text(),
                "old_web.instance-7a1f0c52-95d3-11e9-b1a0-0242ac110002.nginx");
    }

    static Parameter oneDeployment() {
        return path("id", "The id of a deployment.", Shape.text(), "5d0f2f7e-20c1-4a57-9a0b-9f6b8a6f1f0e");
    }

    static Parameter state() {
        return query(
                "state",
                "all lists every deployment that ever was, the newest first. Any other text means those that run.",
                Shape.text().example("\"all\""));
    }

    /** @param what is done then; a sentence that goes on */
    static Parameter extended(String what) {
        return query("extended", "Only true is true: " + what, Shape.text().fallback("false"));
    }

    static Parameter limitOfDeployments() {
        return query(
                "limit",
                "With state=all: at most so many.",
                Shape.whole(1, Paging.MAX_LIMIT).fallbackNumber("100"));
    }

    static Parameter cancel() {
        return query(
                "force",
                "Only true is true: the deployment is stopped where it is, and nothing is brought back.",
                Shape.text().fallback("false"));
    }

    /** How a change is to be brought out. */
    static Parameter[] rollout() {
        return new Parameter[] {
            reason(),
            query(
                    "onFailure",
                    "What is done when the deployment runs into a limit: it goes on, is paused, or is rolled back. Left"
                            + " out: what the server is set to.",
                    Shape.literals(List.of("continue", "pause", "rollback"))),
            query(
                    "timeoutSeconds",
                    "How long the deployment may take. Left out: what the server is set to.",
                    Shape.whole(1, 31_622_400)),
            query(
                    "maxFailures",
                    "How many of the new instances may end by themselves. Left out: what the server is set to.",
                    Shape.whole(0, 1_000_000))
        };
    }

    static Parameter reason() {
        return query("reason", "Why, in at most 500 characters; kept with the deployment.", Shape.text());
    }

    static Parameter force() {
        return query(
                "force",
                "Only true, in upper or lower case, is true: a deployment of the pod that runs is superseded.",
                Shape.text().fallback("false"));
    }

    static Parameter strict() {
        return query(
                "strict",
                "Only true is true: members that are not known are refused, instead of being passed over.",
                Shape.text().fallback("false"));
    }

    static Parameter wipe() {
        return query(
                "wipe",
                "Only true is true: what is reserved for the instances is given up as well, and the answer waits until they"
                        + " are gone.",
                Shape.text().fallback("false"));
    }

    static Parameter pending() {
        return query(
                "pending",
                "Only true is true: the version that is being deployed is listed as well.",
                Shape.text().fallback("false"));
    }

    static Parameter dryRun() {
        return query(
                "dryRun",
                "Only true is true: nothing is changed, the report says what would be.",
                Shape.text().fallback("false"));
    }

    static Parameter dryRunOfChange() {
        return query(
                "dryRun",
                "Only true is true: nothing is changed, the answer says with status 200 what would be.",
                Shape.text().fallback("false"));
    }

    static Parameter from() {
        return query("from", "One of the permitted sources; may be left out when there is only one.", Shape.text());
    }

    static Parameter start() {
        return query(
                "start",
                "Only true is true: each pod is created here as well, from the definition that is in force there.",
                Shape.text().fallback("false"));
    }

    static Parameter sourceAuthorization() {
        return header("Muster-Import-Authorization", "What the source is sent as Authorization.");
    }

    static Parameter embed() {
        return query(
                "embed",
                "lastUnusedOffers shows some of the offers that were refused last. Any other text is passed over.",
                Shape.text().example("\"lastUnusedOffers\""));
    }

    static Parameter viewOfPod() {
        return query(
                "view",
                "target shows the version that was accepted last, also while it is being deployed. Any other text means the"
                        + " version whose deployment is complete.",
                Shape.text().example("\"target\""));
    }

    static Parameter viewOfStatus() {
        return query(
                "view",
                "live computes the status from the instances of this moment. Any other text means the status of the version"
                        + " whose deployment is complete, which stays as it was while another one is being deployed.",
                Shape.text().example("\"live\""));
    }

    /** How much of a list is answered that is answered whole without it. */
    static Parameter limitOfAll() {
        return query("limit", "At most so many; left out means all.", Shape.whole(1, Paging.MAX_LIMIT));
    }

    /** Where a list goes on. */
    static Parameter after(String what) {
        return query("after", "Only what comes after this " + what + ".", Shape.text());
    }

    static Parameter limitOfHistory() {
        return query("limit", "At most so many entries.", Shape.whole(1, 999).fallbackNumber("100"));
    }

    static Parameter limitOfPage() {
        return query(
                "limit", "At most so many.", Shape.whole(1, Paging.MAX_LIMIT).fallbackNumber("100"));
    }

    static Parameter afterEntry() {
        return query(
                "after",
                "Only what comes after the entry with this sequence, or with view=versions after this version: the value of"
                        + " next in the page before.",
                Shape.text());
    }

    static Parameter viewOfHistory() {
        return query(
                "view",
                "What happened, one thing after the other, or what became of each version.",
                Shape.literals(List.of("entries", "versions")).fallback("entries"));
    }

    static Parameter afterSequence() {
        return query("after", "Only what comes after the one with this sequence.", Shape.whole(0, Long.MAX_VALUE));
    }

    static Parameter ofInstance() {
        return query("instance", "Only that of the instance with this id.", Shape.text());
    }

    static Parameter reasonOfPurge() {
        return query("reason", "Why; at most 1,000 characters. It must be given.", Shape.text());
    }

    static Parameter order() {
        return query(
                "order",
                "Oldest (asc) or newest (desc) first; view=versions knows desc alone.",
                Shape.literals(List.of("asc", "desc")).fallback("desc"));
    }

    static Parameter ifNoneMatch() {
        return header(
                "If-None-Match", "An ETag of before: while nothing has changed, the answer is 304 without a body.");
    }

    static Parameter ifMatch() {
        return header("If-Match", "An ETag: the request is met only if the pod has not changed since.");
    }

    private static Header header(String description, Shape shape) {
        return new Header().description(description).schema(SwaggerModel.schema(shape));
    }

    static Header location(String of) {
        return header("The path of " + of + ".", Shape.text());
    }

    static Header deploymentId() {
        return header(
                "The deployment that brings the change; it is in /v2/deployments while it runs.",
                Shape.text().format("uuid"));
    }

    static Header link() {
        return header("Where the list goes on, as rel=\"next\"; absent on the last page.", Shape.text());
    }

    static Header etag() {
        return header("Names what is answered, for If-Match and If-None-Match.", Shape.text());
    }

    static Header unknownFields() {
        return header(
                "Members of the body that are not known and were passed over; absent when there are none.",
                Shape.text());
    }
}
