package io.muster.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the server really answers, held against what the document says of it. */
class ServedAnswersTest extends DocumentedApi {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int LONGEST_MESSAGE = 1_000;
    private static final List<String> HEADERS =
            List.of("Location", "Marathon-Deployment-Id", "ETag", "Muster-Unknown-Fields");

    private JsonNode document;
    private DocumentCheck check;

    @BeforeEach
    void readDocument() {
        document = document();
        check = new DocumentCheck(document);
    }

    private static ObjectNode example() {
        try {
            return (ObjectNode) JSON.readTree(Files.readString(Path.of("../examples/hello.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Sends, and checks that the document foresees the answer: status, media type, headers and body. */
    private HttpResponse<String> send(
            int status, String method, String template, String path, String body, String... headers) {
        HttpResponse<String> response = send(method, path, body, headers);
        String what = (method + " " + path + ": " + response.statusCode() + " " + response.body())
                .transform(text -> text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)));
        assertThat(response.statusCode()).as(what).isEqualTo(status);
        JsonNode described = document.path("paths")
                .path(template)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        assertThat(described.has("description"))
                .as("no such answer described, %s", what)
                .isTrue();
        Set<String> undescribed = new TreeSet<>(HEADERS);
        undescribed.removeIf(header -> response.headers().firstValue(header).isEmpty()
                || described.path("headers").has(header));
        assertThat(undescribed).as(what).isEmpty();
        if (response.body().isEmpty()) {
            assertThat(described.has("content") && !method.equals("HEAD"))
                    .as(what)
                    .isFalse();
            return response;
        }
        String mediaType = response.headers().firstValue("Content-Type").orElseThrow();
        JsonNode schema = described.path("content").path(mediaType).path("schema");
        assertThat(schema.isObject())
                .as("%s is not described, %s", mediaType, what)
                .isTrue();
        assertThat(check.problems(schema, JSON.readTree(response.body())))
                .as(what)
                .isEmpty();
        return response;
    }

    private HttpResponse<String> get(int status, String template, String path) {
        return send(status, "GET", template, path, "");
    }

    @Test
    void theLifeOfAPodIsAnsweredAsDescribed() {
        ObjectNode pod = example();
        String id = pod.get("id").asString();
        String one = "/v2/pods" + id;
        send(200, "POST", "/v2/pods", "/v2/pods?dryRun=true", pod.toString());
        String created =
                send(201, "POST", "/v2/pods", "/v2/pods", pod.toString()).body();
        get(200, "/v2/deployments", "/v2/deployments");
        send(409, "POST", "/v2/pods", "/v2/pods", pod.toString());
        awaitNoDeployment();

        send(200, "HEAD", "/v2/pods", "/v2/pods", "");
        get(200, "/v2/pods", "/v2/pods");
        get(200, "/v2/pods/{id}", one);
        get(200, "/v2/pods/{id}", one + "?view=target");
        get(200, "/v2/pods/::status", "/v2/pods/::status");
        get(200, "/v2/pods/{id}::status", one + "::status");
        get(200, "/v2/pods/{id}::status", one + "::status?view=live");
        get(200, "/v2/pods/{id}::versions", one + "::versions?pending=true");
        String version = JSON.readTree(created).get("version").asString();
        get(200, "/v2/pods/{id}::versions/{version}", one + "::versions/" + version);
        get(200, "/v2/pods/{id}::history", one + "::history?limit=1");
        get(200, "/v2/pods/{id}::history", one + "::history?order=asc");
        get(200, "/v2/pods/{id}::history", one + "::history?view=versions&limit=1");
        get(200, "/v2/pods/{id}::terminations", one + "::terminations");
        send(403, "DELETE", "/v2/pods/{id}::versions/{version}", one + "::versions/" + version + "?reason=x", "");
        send(200, "PUT", "/v2/pods/{id}", one + "?dryRun=true", pod.toString());
        send(200, "DELETE", "/v2/pods/{id}", one + "?dryRun=true", "");
        get(200, "/v2/pods/{id}::history/diff", one + "::history/diff?from=" + version + "&to=" + version);
        get(404, "/v2/pods/{id}::history/diff", one + "::history/diff?from=" + version + "&to=2020-01-01T00:00Z");
        get(422, "/v2/pods/{id}::history/diff", one + "::history/diff?from=" + version);
        send(200, "PUT", "/v2/pods/{id}", one, pod.toString());
        send(200, "POST", "/v2/pods/{id}::rollback", one + "::rollback?version=" + version, "");
        send(200, "POST", "/v2/pods/{id}::restart", one + "::restart?dryRun=true", "");
        send(200, "POST", "/v2/pods/{id}::restart", one + "::restart", "");
        awaitNoDeployment();
        send(202, "DELETE", "/v2/pods/{id}", one, "");
        awaitNoDeployment();
        get(404, "/v2/pods/{id}", one);
        get(200, "/v2/pods/{id}::terminations", one + "::terminations?limit=1");
        send(404, "POST", "/v2/pods/{id}::restart", one + "::restart", "");
    }

    @Test
    void aLockedPodIsAnsweredAsDescribed() {
        ObjectNode pod = example().put("id", "/locked");
        // No agent has so much, so its deployment goes on for ever.
        ((ObjectNode) pod.at("/containers/0/resources")).put("cpus", 1000);
        send(201, "POST", "/v2/pods", "/v2/pods", pod.toString());
        get(200, "/v2/deployments", "/v2/deployments");
        get(200, "/v2/deployments", "/v2/deployments?extended=true");
        get(200, "/v2/pods/{id}::status", "/v2/pods/locked::status");
        await().atMost(PATIENCE)
                .until(() -> get(200, "/v2/queue", "/v2/queue?embed=lastUnusedOffers")
                        .body()
                        .contains("\"attributes\""));
        assertThat(get(200, "/v2/pods/{id}::explain", "/v2/pods/locked::explain")
                        .body())
                .contains("needed 1000.1 cpus");
        send(204, "DELETE", "/v2/queue/{id}/delay", "/v2/queue//locked/delay", "");
        pod.putObject("labels").put("changed", "yes");

        send(409, "PUT", "/v2/pods/{id}", "/v2/pods/locked", pod.toString());
        send(409, "DELETE", "/v2/pods/{id}", "/v2/pods/locked", "");
        send(200, "PUT", "/v2/pods/{id}", "/v2/pods/locked?force=true", pod.toString());
        send(409, "POST", "/v2/pods/{id}::restart", "/v2/pods/locked::restart", "");
        String locking =
                JSON.readTree(get("/v2/deployments").body()).at("/0/id").asString();
        String one = "/v2/deployments/" + locking;
        get(200, "/v2/deployments/{id}", one);
        send(200, "POST", "/v2/deployments/{id}::pause", one + "::pause?reason=lunch", "");
        send(409, "POST", "/v2/deployments/{id}::pause", one + "::pause", "");
        send(200, "POST", "/v2/deployments/{id}::resume", one + "::resume", "");
        send(409, "POST", "/v2/deployments/{id}::resume", one + "::resume", "");
        send(200, "DELETE", "/v2/deployments/{id}", one, "");
        awaitNoDeployment();
        pod.put("id", "/locked/again");
        String again = send("POST", "/v2/pods", pod.toString())
                .headers()
                .firstValue("Marathon-Deployment-Id")
                .orElseThrow();
        send(202, "DELETE", "/v2/deployments/{id}", "/v2/deployments/" + again + "?force=true", "");
        send(202, "DELETE", "/v2/pods/{id}", "/v2/pods/locked/again", "");
        awaitNoDeployment();
        get(200, "/v2/deployments", "/v2/deployments?state=all&limit=1");
        get(422, "/v2/deployments", "/v2/deployments?state=all&limit=0");
        get(404, "/v2/deployments/{id}", "/v2/deployments/nobody");
        send(404, "DELETE", "/v2/deployments/{id}", one, "");
        send(404, "POST", "/v2/deployments/{id}::pause", one + "::pause", "");
        send(404, "POST", "/v2/deployments/{id}::resume", one + "::resume", "");
    }

    private void awaitNoDeployment() {
        await().atMost(PATIENCE).until(() -> get("/v2/deployments").body().equals("[]"));
    }

    @Test
    void refusalsOfDefinitionsAreAnsweredAsDescribed() {
        String huge = "\"" + "x".repeat(1_100_000) + "\"";
        for (String method : List.of("POST", "PUT")) {
            String template = method.equals("POST") ? "/v2/pods" : "/v2/pods/{id}";
            String path = method.equals("POST") ? "/v2/pods" : "/v2/pods/nobody";
            send(400, method, template, path, "{\"id\": ");
            send(400, method, template, path, "");
            send(406, method, template, path, "{}", "Accept", "text/html");
            send(413, method, template, path, huge);
            send(415, method, template, path, "id: x", "Content-Type", "application/yaml");
            send(422, method, template, path, "{}");
            send(422, method, template, path, example().put("id", "/a/versions").toString());
        }
        send(400, "PUT", "/v2/pods/{id}", "/v2/pods/other", example().toString());
    }

    @Test
    void refusalsOfQuestionsAreAnsweredAsDescribed() {
        for (String suffix : List.of(
                "",
                "::status",
                "::explain",
                "::versions",
                "::history",
                "::terminations",
                "::versions/2026-11-22T00:00:00.000Z")) {
            String template = "/v2/pods/{id}" + suffix.replaceFirst("/2026.*", "/{version}");
            get(404, template, "/v2/pods/nobody" + suffix);
            get(422, template, "/v2/pods/NOBODY" + suffix);
            send(406, "GET", template, "/v2/pods/nobody" + suffix, "", "Accept", "text/html");
        }
        send(404, "DELETE", "/v2/pods/{id}", "/v2/pods/nobody", "");
        send(422, "DELETE", "/v2/pods/{id}", "/v2/pods/NOBODY", "");
        get(422, "/v2/pods/{id}::versions/{version}", "/v2/pods/nobody::versions/yesterday");
        get(422, "/v2/pods/{id}::history", "/v2/pods/nobody::history?order=random");
        get(422, "/v2/pods/{id}::history", "/v2/pods/nobody::history?view=random");
        get(422, "/v2/pods/{id}::terminations", "/v2/pods/nobody::terminations?after=x");
        get(422, "/v2/pods/{id}::history", "/v2/pods/nobody::history?limit=0");
        get(422, "/v2/pods/{id}::history", "/v2/pods/nobody::history?after=x");
        get(200, "/v2/orphans", "/v2/orphans");
        send(404, "DELETE", "/v2/orphans/{taskId}", "/v2/orphans/nobody", "");
        send(404, "DELETE", "/v2/queue/{id}/delay", "/v2/queue/nobody/delay", "");
        send(422, "DELETE", "/v2/queue/{id}/delay", "/v2/queue/NOBODY/delay", "");
        for (String path : List.of("/v2/pods", "/v2/pods/::status", "/v2/deployments", "/v2/orphans", "/v2/queue")) {
            send(406, "GET", path, path, "", "Accept", "text/html");
        }
    }

    @Test
    void groupsAreAnsweredAsDescribed() {
        ObjectNode pod = example().put("id", "/group/one");
        send(201, "POST", "/v2/pods", "/v2/pods", pod.toString());
        awaitNoDeployment();
        get(200, "/v2/groups", "/v2/groups");
        get(200, "/v2/groups/{id}", "/v2/groups/group");
        get(200, "/v2/groups/{id}", "/v2/groups/group/versions");
        get(404, "/v2/groups/{id}", "/v2/groups/nobody");
        get(422, "/v2/groups/{id}", "/v2/groups/NOBODY");
        send(201, "POST", "/v2/groups", "/v2/groups", "{\"id\": \"/empty\"}");
        send(201, "POST", "/v2/groups/{id}", "/v2/groups/empty", "{}");
        send(409, "POST", "/v2/groups", "/v2/groups", "{\"id\": \"/group\"}");
        send(422, "POST", "/v2/groups", "/v2/groups", "{\"apps\": [{}]}");
        send(200, "PUT", "/v2/groups", "/v2/groups?dryRun=true", "{}");
        send(200, "PUT", "/v2/groups/{id}", "/v2/groups/empty", "{}");
        send(400, "PUT", "/v2/groups/{id}", "/v2/groups/empty", "{");
        send(415, "PUT", "/v2/groups/{id}", "/v2/groups/empty", "id: x", "Content-Type", "application/yaml");
        send(404, "DELETE", "/v2/groups/{id}", "/v2/groups/nobody", "");
        ObjectNode huge = example().put("id", "/group/huge");
        ((ObjectNode) huge.at("/containers/0/resources")).put("cpus", 1000);
        send(201, "POST", "/v2/pods", "/v2/pods", huge.toString());
        send(409, "DELETE", "/v2/groups", "/v2/groups", "");
        send(409, "DELETE", "/v2/groups/{id}", "/v2/groups/group", "");
        String deleting = JSON.readTree(send(200, "DELETE", "/v2/groups/{id}", "/v2/groups/group?force=true", "")
                        .body())
                .get("deploymentId")
                .asString();
        get(200, "/v2/deployments/{id}", "/v2/deployments/" + deleting);
        awaitNoDeployment();
        get(200, "/v2/deployments/{id}", "/v2/deployments/" + deleting);
        get(200, "/v2/deployments", "/v2/deployments?state=all");
        send(200, "DELETE", "/v2/groups", "/v2/groups", "");
        awaitNoDeployment();
    }

    @Test
    void whatIsAroundPodsIsAnsweredAsDescribed() {
        get(200, "/v2/apps", "/v2/apps?embed=apps.tasks&label=x");
        get(200, "/v2/apps/{id}", "/v2/apps/");
        get(404, "/v2/apps/{id}", "/v2/apps/shop/web");
        get(200, "/v2/tasks", "/v2/tasks");
        get(200, "/v2/tasks", "/v2/tasks?pods=true");
        send(200, "POST", "/v2/tasks/delete", "/v2/tasks/delete", "{\"ids\": [\"app.1\"]}");
        send(400, "POST", "/v2/tasks/delete", "/v2/tasks/delete", "{\"ids\": [\"app\"]}");
        get(200, "/v2/plugins", "/v2/plugins");
        for (String path : List.of("/v2/sd/prometheus", "/v2/sd/services")) {
            String tag = get(200, path, path + "?label=a&label=b=c&endpoint=x&pod=/shop")
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            send(304, "GET", path, path + "?pod=/shop", "", "If-None-Match", tag);
            get(422, path, path + "?pod=SHOP");
        }
    }

    @Test
    void whatTheServerSaysOfItselfIsAsDescribed() {
        JsonNode leader = JSON.readTree(get(200, "/v2/leader", "/v2/leader").body());

        assertThat(JSON.readTree(get(200, "/v2/info", "/v2/info").body()).has("product"))
                .isFalse();

        JsonNode info =
                JSON.readTree(get(200, "/v2/info", "/v2/info?extended=true").body());

        send(422, "DELETE", "/v2/leader", "/v2/leader?backup=file:///tmp/x.tar", "");
        send(422, "DELETE", "/v2/leader", "/v2/leader?restore=file:///tmp/x.tar", "");
        assertThat(info.get("leader")).isEqualTo(leader.get("leader"));
        assertThat(info.get("elected").asBoolean()).isTrue();
        assertThat(info.at("/product/mesosTransport").asString()).isEqualTo("http");
        assertThat(info.get("frameworkId").asString()).isNotBlank();
    }

    @Test
    void whoDoesNotAskForAStreamOfEventsIsAnsweredAsDescribed() {
        send(405, "GET", "/v2/events", "/v2/events", "", "Accept", "application/json");
        send(405, "GET", "/v2/events", "/v2/events", "");
    }

    @Test
    void theSchemaIsServedAsDescribed() {
        JsonNode schema =
                JSON.readTree(get(200, "/v2/schemas/pod", "/v2/schemas/pod").body());

        assertThat(schema.get("$id").asString()).isEqualTo("/v2/schemas/pod");
        HttpResponse<String> asJson = send("GET", "/v2/schemas/pod", "", "Accept", "application/json");
        assertThat(asJson.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JSON.readTree(asJson.body())).isEqualTo(schema);
        send(406, "GET", "/v2/schemas/pod", "/v2/schemas/pod", "", "Accept", "text/html");
    }

    @Test
    void whatHasNoOperationIsRefusedWithAnError() {
        JsonNode error = document.at("/components/schemas/Error");
        for (HttpResponse<String> refused : List.of(
                send("PATCH", "/v2/pods", "{}"), send("POST", "/v2/schemas/pod", "{}"), get("/v2/nothing/here"))) {
            assertThat(refused.statusCode()).isIn(404, 405);
            assertThat(check.problems(error, JSON.readTree(refused.body()))).isEmpty();
        }
    }
}
