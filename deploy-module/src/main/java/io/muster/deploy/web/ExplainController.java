package io.muster.deploy.web;

import io.muster.deploy.application.Explanations;
import io.muster.deploy.explain.Cause;
import io.muster.deploy.explain.Explanation;
import io.muster.deploy.explain.Situation;
import io.muster.deploy.model.Failure;
import io.muster.history.PodId;
import io.muster.pods.rest.ApiException;
import io.muster.pods.rest.Requests;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code ::explain}: why instances of a pod do not run, for programs and for people. */
@RestController
class ExplainController {

    private static final String PATH = "/v2/pods/{id:[^:]+}::explain";

    private final Explanations explanations;

    ExplainController(Explanations explanations) {
        this.explanations = explanations;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ObjectNode document(@PathVariable String id) {
        return document(explain(id));
    }

    @GetMapping(path = PATH, produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    String text(@PathVariable String id) {
        return explain(id).text();
    }

    private Explanation explain(String id) {
        PodId pod = Requests.podId(id);
        return explanations.of(pod).orElseThrow(() -> ApiException.notFound("Pod '" + pod + "' does not exist"));
    }

    private static ObjectNode document(Explanation explanation) {
        Situation situation = explanation.situation();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", situation.goal().id().text())
                .put("version", situation.goal().version().toString())
                .put("instances", situation.wanted())
                .put("ready", explanation.ready())
                .put("summary", explanation.summary());
        situation
                .running()
                .ifPresent(running -> json.putObject("deployment")
                        .put("id", running.id().toString())
                        .put("kind", running.kind().name())
                        .put("createdAt", PodStatusJson.text(running.createdAt())));
        ArrayNode causes = json.putArray("causes");
        explanation.causes().forEach(cause -> causes.add(document(cause)));
        situation.lastFailure().ifPresent(failure -> json.set("lastFailure", document(failure)));
        return json;
    }

    private static ObjectNode document(Cause cause) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("cause", cause.kind().name())
                .put("instances", cause.instances())
                .put("message", cause.message());
        cause.until().ifPresent(until -> json.put("until", PodStatusJson.text(until)));
        if (!cause.shortfalls().isEmpty()) {
            ArrayNode refusals = json.putArray("refusals");
            cause.shortfalls()
                    .forEach(shortfall -> refusals.addObject()
                            .put("reason", shortfall.reason().wireName())
                            .put("offers", shortfall.offers())
                            .put("message", shortfall.message()));
        }
        return json;
    }

    private static ObjectNode document(Failure failure) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("instanceId", failure.instance().text())
                .put("containerId", failure.task().text())
                .put("state", "TASK_" + failure.state())
                .put("at", PodStatusJson.text(failure.terminatedAt()));
        return failure.message() == null ? json : json.put("message", failure.message());
    }
}
