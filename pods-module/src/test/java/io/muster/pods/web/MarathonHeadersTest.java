package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.web.PodsServer.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be switched on for clients of Marathon: its locations, and pages of other origins. */
class MarathonHeadersTest {

    private static final String POD = "{\"id\":\"/located\",\"containers\":[{\"name\":\"c\",\"resources\":{}}]}";

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of(
                "muster.api.location", "marathon",
                "muster.api.access-control-allow-origin", "http://ui.example,http://other.example"));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    @Test
    void locatesIdsBehindTheRootOfTheServer() {
        Answer created = server.post("/v2/pods", POD).expect(201);
        String root = "http://127.0.0.1:" + server.port + "/";
        assertThat(created.header("Location")).isEqualTo(root + "located");
        server.complete("/located");
        Answer deleted = server.delete("/v2/pods/located").expect(202);
        assertThat(deleted.header("Location")).isEqualTo(root + deleted.header("Marathon-Deployment-Id"));
        server.complete("/located");
    }

    private Answer from(String origin, HttpRequest.Builder request) {
        return server.send(request.header("Origin", origin));
    }

    @Test
    void letsConfiguredOriginsRead() {
        for (String path : new String[] {"/v2/pods", "/v2/pods/nope", "/v2/nothing"}) {
            Answer answer = from("http://other.example", server.request(path));
            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://other.example");
            assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("86400");
        }
        assertThat(from("http://evil.example", server.request("/v2/pods")).header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void answersPreflightsWithTheHeadersTheyAskFor() {
        Answer preflight = from(
                "http://ui.example",
                server.request("/v2/pods/located")
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "X-One, x-two")
                        .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.expect(200).header("Access-Control-Allow-Headers")).isEqualTo("X-One, x-two");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("http://ui.example");
        assertThat(preflight.http().body()).isEmpty();
    }
}
