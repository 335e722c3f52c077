package io.muster.platform.openapi;

import static io.muster.platform.openapi.Refusal.FAULT;
import static io.muster.platform.openapi.Refusal.ILLEGAL_PARAMETER;
import static io.muster.platform.openapi.Refusal.IMPORT_RUNS;
import static io.muster.platform.openapi.Refusal.NOT_ACCEPTABLE;
import static io.muster.platform.openapi.Refusal.NOT_NOW;
import static io.muster.platform.openapi.Refusal.NOT_PERMITTED;
import static io.muster.platform.openapi.Refusal.NO_LEADER;
import static io.muster.platform.openapi.Refusal.SOURCE_UNREADABLE;
import static io.muster.platform.openapi.Refusal.UNREADABLE_QUERY;

import io.muster.pods.schema.PodSchema;
import io.muster.pods.schema.Shape;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import java.util.List;

/** What concerns no single pod. */
final class ServerRoutes {

    static final String SERVER = "Server";
    static final String IMPORT = "Import";
    static final String SCHEMAS = "Schemas";

    private ServerRoutes() {}

    static List<Route> all() {
        return List.of(info(), leader(), abdicate(), importPods(), schema());
    }

    private static Route info() {
        return Route.of(HttpMethod.GET, "/v2/info", SERVER, "readInfo")
                .tells(
                        "Shows what this server is",
                        "In the members that Marathon has; with extended=true, product says what it really is. No secret is"
                                + " shown.")
                .takes(Parameters.extended("product is shown, too."))
                .answers(
                        200,
                        "The server.",
                        Shape.object()
                                .demand("name", "version", "elected", "leader", "frameworkId")
                                .demand("marathon_config", "zookeeper_config", "http_config"),
                        Examples.file("info"))
                .refuses(NOT_ACCEPTABLE, FAULT, NOT_NOW);
    }

    private static Route leader() {
        return Route.of(HttpMethod.GET, "/v2/leader", SERVER, "readLeader")
                .tells("Shows which replica leads", "All of them answer; the leader alone talks to Mesos.")
                .answers(
                        200,
                        "Where it is reached.",
                        Shape.object().required("leader", Shape.text()),
                        Examples.text("{\"leader\": \"muster-1.example:8080\"}"))
                .refuses(NO_LEADER, NOT_ACCEPTABLE, FAULT, NOT_NOW);
    }

    private static Route abdicate() {
        return Route.of(HttpMethod.DELETE, "/v2/leader", SERVER, "abdicate")
                .tells(
                        "Lets another replica lead",
                        "Whichever replica is asked, the leader steps down within seconds. If there is no other, it leads again"
                                + " after a while. Meanwhile changes are accepted, and pods go on running. backup and restore,"
                                + " which Marathon takes, are refused.")
                .answers(
                        200,
                        "The leader will step down.",
                        Shape.object().required("message", Shape.text()),
                        Examples.text("{\"message\": \"Leadership abdicated\"}"))
                .refuses(UNREADABLE_QUERY, NO_LEADER, NOT_ACCEPTABLE, ILLEGAL_PARAMETER, FAULT, NOT_NOW);
    }

    private static Route importPods() {
        return Route.of(HttpMethod.POST, "/v2/import", IMPORT, "importPods")
                .tells(
                        "Takes over pods and their history from a Marathon",
                        "Only from addresses that muster.import.sources names. Can be repeated: what is here already stays."
                                + " A report without its summary was broken off.")
                .takes(Parameters.from(), Parameters.dryRun(), Parameters.start(), Parameters.sourceAuthorization())
                .answers(
                        200,
                        "The report, written while the import goes on.",
                        Shape.ref("ImportReport"),
                        Examples.file("import-report"))
                .refuses(UNREADABLE_QUERY, NOT_PERMITTED, NOT_ACCEPTABLE, IMPORT_RUNS, SOURCE_UNREADABLE)
                .refuses(FAULT, NOT_NOW);
    }

    private static Route schema() {
        return Route.of(HttpMethod.GET, PodSchema.PATH, SCHEMAS, "readPodSchema")
                .tells(
                        "Shows the JSON Schema of pod definitions",
                        "Draft 2020-12, for editors and validators. It refuses nothing that the server accepts.")
                .answers(
                        200,
                        "The schema; as application/json too for clients that accept only that.",
                        PodSchema.MEDIA_TYPE,
                        Shape.object().demand("$schema", "$id", "$defs"),
                        Examples.text("{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", \"$id\": \""
                                + PodSchema.PATH + "\", \"$defs\": {\"PodDefinition\": {\"type\": \"object\"}}}"))
                .refuses(NOT_ACCEPTABLE, FAULT);
    }
}
