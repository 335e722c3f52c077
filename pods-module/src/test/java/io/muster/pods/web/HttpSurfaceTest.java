package io.muster.pods.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.rest.ApiSettings;
import io.muster.pods.web.PodsServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Paths, bodies, headers and errors, whatever the pod. */
class HttpSurfaceTest {

    private static final String POD = "{\"id\":\"/%s\",\"containers\":[{\"name\":\"c\",\"resources\":{}}]}";

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of("muster.api.max-body-size", "4KB", "muster.pods.exposure", "on-accept"));
        server.post("/v2/pods", POD.formatted("a/b")).expect(201);
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    @Test
    void answersTheProbeOfClients() {
        for (String path : new String[] {"/v2/pods", "/v2/pods/"}) {
            Answer probe = server.send(server.request(path).method("HEAD", BodyPublishers.noBody()));
            assertThat(probe.expect(200).header("Content-Length")).isEqualTo("0");
        }
        server.send(server.request("/v2/pods/nope").method("HEAD", BodyPublishers.noBody()))
                .expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "//a/b", "/%2Fa%2Fb", "/a/b/", "/a/./b", "/a/x/../b", "/a%2fb"})
    void findsAPodHoweverItsPathIsWritten(String path) {
        assertThat(server.get("/v2/pods" + path).expect(200).body().get("id").asString())
                .isEqualTo("/a/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b::status", "/a/b/::status", "//a/b::status/", "/%2Fa%2Fb::status"})
    void routesSuffixesToMappingsOfOtherModules(String path) {
        assertThat(server.get("/v2/pods" + path)
                        .expect(200)
                        .body()
                        .get("statusOf")
                        .asString())
                .isEqualTo("/a/b");
    }

    @Test
    void routesTheStatusOfAllPods() {
        assertThat(server.get("/v2/pods/::status").expect(200).body().get(0).asString())
                .isEqualTo("all");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v2/pods/a/b::nonsense,404",
        "GET,/v2/pods/::versions,404",
        "GET,/v2/pods::status,404",
        "GET,/v2/nothing,404",
        "GET,/nothing,404",
        "POST,/v2/pods/a/b::status,405",
        "PUT,/v2/pods/a/b::versions,405",
        "PATCH,/v2/pods/a/b,405",
        "DELETE,/v2/pods,405"
    })
    void refusesUnknownRoutesAndMethodsInJson(String method, String path, int status) {
        Answer refused = server.send(server.request(path).method(method, BodyPublishers.noBody()));
        assertThat(refused.expect(status).message()).isEqualTo(status == 404 ? "URI not found" : "Method Not Allowed");
        assertThat(refused.header("Content-Type")).isEqualTo("application/json");
        assertThat(refused.header("Allow").isEmpty()).isEqualTo(status == 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/UPPER", "/a_b", "/a/versions", "/a%3A%3Astatus", "/a%20b", "/a;x=y", "/a-::versions"})
    void refusesPathsThatCanNameNoPod(String path) {
        Answer refused = server.get("/v2/pods" + path).expect(422);
        assertThat(refused.message()).isEqualTo("Object is not valid");
        assertThat(refused.body().at("/details/0/path").asString()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%sZ", "%s%%2B00:00", "%s+00:00"})
    void findsAVersionHoweverItsInstantIsWritten(String spelling) {
        String version = server.get("/v2/pods/a/b").version().replace("Z", "");
        server.get("/v2/pods/a/b::versions/" + spelling.formatted(version)).expect(200);
    }

    @Test
    void tellsUnknownVersionsFromUnreadableOnes() {
        assertThat(server.get("/v2/pods/a/b::versions/2001-01-01T00:00:00.000Z")
                        .expect(404)
                        .message())
                .isEqualTo("Pod '/a/b' does not exist");
        server.get("/v2/pods/a/b::versions/+999999999-01-01T00:00:00Z").expect(404);
        Answer unreadable = server.get("/v2/pods/a/b::versions/yesterday").expect(422);
        assertThat(unreadable.http().body())
                .isEqualTo("{\"message\":\"Invalid timestamp provided 'yesterday'. Expecting ISO-8601 datetime"
                        + " string.\"}");
    }

    @Test
    void forbidsCachingAndFramingOfEveryAnswer() {
        for (String path : new String[] {
            "/v2/pods",
            "/v2/pods/nope",
            "/v2/nothing",
            "/nothing",
            "/v2/pods/a/b::versions",
            "/v2/broken",
            "/v2/pods/a%5Cb"
        }) {
            Answer answer = server.get(path);
            assertThat(answer.header("Cache-Control")).isEqualTo("no-cache, no-store, must-revalidate");
            assertThat(answer.header("Pragma")).isEqualTo("no-cache");
            assertThat(answer.header("Expires")).isEqualTo("0");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("X-XSS-Protection")).isEqualTo("1; mode=block");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/pods",
                "/v2/pods/a/b",
                "/v2/pods/a/b::versions",
                "/v2/pods/a/b::history",
                "/v2/pods/::status",
                "/v2/pods/a/b::status",
                "/v2/pods/nope"
            })
    void answersHeadAsGetWithoutABody(String path) {
        Answer got = server.get(path);
        Answer head = server.send(server.request(path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.expect(got.status()).http().body()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(got.header("ETag"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v2/pods",
        "POST,/v2/pods",
        "GET,/v2/pods/a/b",
        "PUT,/v2/pods/a/b",
        "DELETE,/v2/pods/a/b",
        "GET,/v2/pods/a/b::versions",
        "GET,/v2/pods/a/b::history",
        "GET,/v2/pods/a/b::status",
        "GET,/v2/pods/::status"
    })
    void refusesToAnswerAnythingButJsonOnAllRoutes(String method, String path) {
        for (String accept : new String[] {"text/plain", "text/html", "application/yaml", "nonsense"}) {
            Answer refused = server.send(server.request(path)
                    .header("Accept", accept)
                    .header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(POD.formatted("a/b"))));
            assertThat(refused.expect(406).message()).isEqualTo("Not Acceptable");
            assertThat(refused.header("Content-Type")).isEqualTo("application/json");
        }
        server.get("/v2/pods/a/b").expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "application/*;q=0.5", "text/html, application/json"})
    void answersJsonWithoutACharset(String accept) {
        for (String path : new String[] {"/v2/pods", "/v2/pods/a/b", "/v2/pods/a/b::versions", "/v2/pods/nope"}) {
            Answer answer = server.send(server.request(path).header("Accept", accept));
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }

    @Test
    void takesAVersionForNoFile() {
        String version = server.get("/v2/pods/a/b").expect(200).version();
        Answer answer = server.get("/v2/pods/a/b::versions/" + version).expect(200);
        assertThat(answer.header("Content-Disposition")).isEmpty();
    }

    @Test
    void toleratesBodiesWhereNoneBelong() {
        for (String path : new String[] {"/v2/pods", "/v2/pods/a/b", "/v2/pods/a/b::versions"}) {
            server.send(server.request(path)
                            .header("Content-Type", "application/json")
                            .method("GET", BodyPublishers.ofString("\"\"")))
                    .expect(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"force,201", "force=,201", "force=yes,201", "force=1,201", "strict=TRUE,422", "strict=1,201"})
    void takesOnlyTrueForTrue(String query, int status) {
        String id = "flag-" + query.length() + query.replaceAll("[^a-z0-9]", "").toLowerCase(Locale.ROOT);
        String misspelt = POD.formatted(id).replaceFirst("\\{", "{\"scalin\":1,");
        Answer answer = server.post("/v2/pods?" + query, misspelt).expect(status);
        if (status == 422) {
            assertThat(answer.http().body()).contains("/scalin");
            server.get("/v2/pods/" + id).expect(404);
        } else {
            assertThat(answer.header("Muster-Unknown-Fields")).isEqualTo("/scalin");
            Answer put = server.put("/v2/pods/" + id, misspelt).expect(200);
            assertThat(put.header("Muster-Unknown-Fields")).isEqualTo("/scalin");
            Answer known = server.put("/v2/pods/" + id, POD.formatted(id)).expect(200);
            assertThat(known.header("Muster-Unknown-Fields")).isEmpty();
        }
    }

    @Test
    void saysNothingOfOtherOriginsUnlessToldTo() {
        Answer answer = server.send(server.request("/v2/pods").header("Origin", "http://ui.example"));
        assertThat(answer.expect(200).header("Access-Control-Allow-Origin")).isEmpty();
        Answer preflight = server.send(server.request("/v2/pods")
                .header("Origin", "http://ui.example")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.expect(200).header("Allow")).contains("GET").contains("POST");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "gzip, identity"})
    void refusesCompressedBodies(String coding) {
        Answer refused = server.send(server.request("/v2/pods")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofString(POD.formatted("compressed"))));
        assertThat(refused.expect(415).message())
                .isEqualTo("Content-Encoding '" + coding + "' is not supported: send the body as it is");
        server.get("/v2/pods/compressed").expect(404);
    }

    @Test
    void limitsBodiesToOneMebibyteUnlessToldOtherwise() {
        var settings =
                new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("muster.api", ApiSettings.class);
        assertThat(settings.maxBodySize().toBytes()).isEqualTo(1_048_576);
    }

    @Test
    void answersJsonOnly() {
        Answer refused = server.send(server.request("/v2/pods").header("Accept", "text/plain"));
        assertThat(refused.expect(406).message()).isEqualTo("Not Acceptable");
        Answer html = server.send(server.request("/v2/nothing").header("Accept", "text/html"));
        assertThat(html.expect(404).message()).isEqualTo("URI not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/yaml",
                "text/plain",
                "application/x-www-form-urlencoded",
                "nonsense",
                "multipart/form-data"
            })
    void refusesOtherBodiesThanJson(String type) {
        HttpRequest.Builder request = server.request("/v2/pods")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(POD.formatted("other")));
        assertThat(server.send(request).expect(415).message()).isEqualTo("Unsupported Media Type");
    }

    @Test
    void acceptsABodyThatDoesNotSayItsType() {
        server.send(server.request("/v2/pods").POST(BodyPublishers.ofString(POD.formatted("untyped"))))
                .expect(201);
    }

    @Test
    void refusesBodiesThatAreNoJson() {
        Answer broken = server.post("/v2/pods", "{\"id\":").expect(400);
        assertThat(broken.message()).isEqualTo("Invalid JSON");
        assertThat(broken.body().get("details").isString()).isTrue();
        Answer empty = server.post("/v2/pods", "").expect(400);
        assertThat(empty.message()).isEqualTo("Please specify data in JSON format");
        Answer malformed = server.post("/v2/pods", "{}").expect(422);
        assertThat(malformed.message()).isEqualTo("Invalid JSON");
        assertThat(malformed.body().at("/details/0/path").asString()).isEqualTo("/containers");
        assertThat(malformed.body().at("/details/1/path").asString()).isEqualTo("/id");
    }

    @Test
    void refusesLargeBodiesAlsoWhenTheyDoNotSayTheirLength() {
        String large = POD.formatted("large").replace("{}", "{},\"labels\":{\"l\":\"" + "x".repeat(5000) + "\"}");
        assertThat(server.post("/v2/pods", large).expect(413).message())
                .isEqualTo("The body is larger than the limit of 4096 bytes");
        server.send(server.request("/v2/pods")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes(UTF_8)))))
                .expect(413);
    }

    @Test
    void refusesQueriesThatCannotBeDecoded() throws IOException {
        assertThat(raw("GET /v2/pods/a/b?view=%zz"))
                .startsWith("HTTP/1.1 400")
                .contains("{\"message\":\"Bad Request\"}");
    }

    @Test
    void hidesTheCauseOfAFaultBehindAnIncident() {
        Answer failed = server.get("/v2/broken").expect(500);
        assertThat(failed.message()).matches("Internal Server Error, incident [-0-9a-f]{36}");
    }

    @Test
    void answersRequestsThatTheServerCannotReadInJson() throws IOException {
        assertThat(raw("GET /v2/pods/%zz")).startsWith("HTTP/1.1 400").contains("{\"message\":\"Bad Request\"}");
    }

    /** The whole answer to a request that no client library would send. */
    private static String raw(String requestLine) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
            socket.getOutputStream()
                    .write((requestLine + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    @Test
    void showsAcceptedVersionsAtOnceIfToldTo() {
        server.post("/v2/pods", POD.formatted("eager")).expect(201);
        server.complete("/eager");
        String target = server.put("/v2/pods/eager", POD.formatted("eager").replace("{}", "{\"cpus\":2}"))
                .expect(200)
                .version();
        assertThat(server.get("/v2/pods/eager").version()).isEqualTo(target);
    }
}
