package io.muster.deploy.web;

import io.muster.deploy.application.PodStatuses.View;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.history.Version;
import io.muster.pods.json.PodJson;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The document of a pod with its status (Marathon, podStatus.raml). Absent scalars are left out, arrays never. */
@Component
public class PodStatusJson {

    /** In bytes: a pod of a few instances. */
    private static final int FOR_MOST = 4096;

    private final JsonMapper json;

    PodStatusJson(JsonMapper json) {
        this.json = json;
    }

    /** The document as it is sent, in UTF-8. Written straight on: a pod may have thousands of instances. */
    byte[] bytes(View view) {
        var bytes = new ByteArrayOutputStream(FOR_MOST);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            write(view, out);
        }
        return bytes.toByteArray();
    }

    /** The same within another document. */
    public static void write(View view, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("id", view.spec().id().text());
        out.writeName("spec");
        out.writeTree(PodJson.write(view.spec()));
        out.writeStringProperty("status", view.status().value().name());
        String since = text(view.status().since());
        out.writeStringProperty("statusSince", since);
        out.writeArrayPropertyStart("instances");
        Map<Version, InstanceJson> writers = new HashMap<>();
        for (Instance instance : view.instances()) {
            writers.computeIfAbsent(
                            instance.version(),
                            version -> new InstanceJson(
                                    Objects.requireNonNull(view.definitions().get(version))))
                    .write(instance, view.reservations().get(instance.id()), out);
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("terminationHistory");
        view.lastFailure().ifPresent(failure -> termination(failure, out));
        out.writeEndArray();
        out.writeStringProperty("lastUpdated", text(view.asOf()));
        out.writeStringProperty("lastChanged", since);
        out.writeEndObject();
    }

    private static void termination(Failure failure, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("instanceID", failure.instance().text());
        out.writeStringProperty("startedAt", text(failure.startedAt()));
        out.writeStringProperty("terminatedAt", text(failure.terminatedAt()));
        if (failure.message() != null) {
            out.writeStringProperty("message", failure.message());
        }
        out.writeArrayPropertyStart("containers");
        out.writeStartObject();
        out.writeStringProperty("containerId", failure.task().text());
        out.writeStringProperty("lastKnownState", lastKnownState(failure));
        out.writeEndObject();
        out.writeEndArray();
        out.writeEndObject();
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
