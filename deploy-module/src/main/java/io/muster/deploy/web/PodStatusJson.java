package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses.View;
import io.muster.deploy.model.Failure;
import io.muster.history.Version;
import io.muster.pods.json.PodJson;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The document of a pod with its status (Marathon, podStatus.raml). Absent scalars are left out, arrays never. */
@Component
class PodStatusJson {

    private final JsonMapper json;

    PodStatusJson(JsonMapper json) {
        this.json = json;
    }

    /** Writes documents one after the other. What was written before a fault is closed by nobody: it is no JSON then. */
    JsonGenerator generator(OutputStream out) {
        return json.writer().without(StreamWriteFeature.AUTO_CLOSE_CONTENT).createGenerator(out);
    }

    ObjectNode document(View view) {
        ObjectNode document = json.createObjectNode();
        document.put("id", view.spec().id().text());
        document.set("spec", PodJson.write(view.spec()));
        document.put("status", view.status().value().name());
        document.put("statusSince", text(view.status().since()));
        ArrayNode instances = document.putArray("instances");
        view.instances()
                .forEach(instance -> instances.add(new InstanceJson(
                                instance,
                                Objects.requireNonNull(view.definitions().get(instance.version())))
                        .document()));
        ArrayNode terminations = document.putArray("terminationHistory");
        view.lastFailure().ifPresent(failure -> terminations.add(termination(failure)));
        document.put("lastUpdated", text(view.asOf()));
        document.put("lastChanged", text(view.status().since()));
        return document;
    }

    private ObjectNode termination(Failure failure) {
        ObjectNode termination = json.createObjectNode();
        termination.put("instanceID", failure.instance().text());
        termination.put("startedAt", text(failure.startedAt()));
        termination.put("terminatedAt", text(failure.terminatedAt()));
        if (failure.message() != null) {
            termination.put("message", failure.message());
        }
        termination
                .putArray("containers")
                .addObject()
                .put("containerId", failure.task().text())
                .put("lastKnownState", lastKnownState(failure));
        return termination;
    }

    /** In the spelling that clients saw; states that it has no word for are errors (Marathon, protos/TaskState.scala). */
    private static String lastKnownState(Failure failure) {
        return switch (failure.state()) {
            case STAGING -> "TaskStaging";
            case STARTING -> "TaskStarting";
            case RUNNING -> "TaskRunning";
            case KILLING -> "TaskKilling";
            case FINISHED -> "TaskFinished";
            case FAILED -> "TaskFailed";
            case KILLED -> "TaskKilled";
            case LOST -> "TaskLost";
            case ERROR, DROPPED, GONE, GONE_BY_OPERATOR, UNKNOWN, UNREACHABLE -> "TaskError";
        };
    }

    static String text(Instant instant) {
        return new Version(instant.truncatedTo(ChronoUnit.MILLIS)).toString();
    }
}
