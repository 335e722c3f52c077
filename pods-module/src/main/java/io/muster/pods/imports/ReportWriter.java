package io.muster.pods.imports;

import io.muster.pods.imports.PodReport.Problem;
import io.muster.pods.imports.PodReport.Start;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** The report of an import as JSON, written as it comes; the sums stand at the end. */
final class ReportWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonGenerator json;
    private int pods;
    private int incomplete;
    private int taken;
    private int known;
    private int refused;

    ReportWriter(OutputStream to, URI source, PodImport.Mode mode) {
        json = JSON.createGenerator(to);
        json.writeStartObject();
        json.writeStringProperty("from", source.toString());
        json.writeBooleanProperty("dryRun", mode.dryRun());
        json.writeBooleanProperty("start", mode.start());
        json.writeArrayPropertyStart("pods");
        json.flush();
    }

    void write(PodReport report) {
        pods++;
        incomplete += report.complete() ? 0 : 1;
        taken += report.taken().size();
        known += report.known().size();
        refused += report.refused().size();
        json.writeStartObject();
        json.writeStringProperty("id", report.id());
        texts("taken", report.taken());
        texts("known", report.known());
        json.writeArrayPropertyStart("refused");
        for (PodReport.RefusedVersion version : report.refused()) {
            json.writeStartObject();
            json.writeStringProperty("version", version.version());
            problem(version.problem());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("ignored");
        for (PodReport.IgnoredMembers members : report.ignored()) {
            json.writeStartObject();
            json.writeStringProperty("version", members.version());
            texts("paths", members.paths());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectPropertyStart("pod");
        start(report.start());
        json.writeEndObject();
        json.writeEndObject();
        json.flush();
    }

    private void start(Start start) {
        switch (start) {
            case Start.NotAsked notAsked -> json.writeStringProperty("outcome", "history only");
            case Start.Accepted(var deployment) -> {
                json.writeStringProperty("outcome", "started");
                deployment.ifPresent(id -> json.writeStringProperty("deploymentId", id.toString()));
            }
            case Start.Present present -> json.writeStringProperty("outcome", "present");
            case Start.Refused(Problem problem) -> {
                json.writeStringProperty("outcome", "refused");
                problem(problem);
            }
        }
    }

    private void problem(Problem problem) {
        json.writeStringProperty("message", problem.message());
        if (!problem.violations().isEmpty()) {
            json.writeArrayPropertyStart("details");
            problem.violations().forEach(violation -> {
                json.writeStartObject();
                json.writeStringProperty("path", violation.path());
                texts("errors", List.of(violation.message()));
                json.writeEndObject();
            });
            json.writeEndArray();
        }
    }

    private void texts(String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    /** Ends the document. Without it the report is no JSON: nobody shall take a part for the whole. */
    void finish() {
        json.writeEndArray();
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty("pods", pods);
        json.writeNumberProperty("incomplete", incomplete);
        json.writeNumberProperty("versionsTaken", taken);
        json.writeNumberProperty("versionsKnown", known);
        json.writeNumberProperty("versionsRefused", refused);
        json.writeEndObject();
        json.writeEndObject();
        json.close();
    }
}
