package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of the contract about routes, headers and the reading of pods. */
@ExtendWith(Servers.class)
class SurfaceContractTest {

    private final Server server;

    SurfaceContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void row001_headOnPodsProbesForThem() {
        Answer probe = server.head("/v2/pods").expect(200);

        assertThat(probe.body()).isEmpty();
        assertThat(probe.header("Content-Length")).contains("0");
    }

    @Test
    void row002_listOfAnEmptyClusterIsABareEmptyArray() {
        server.clear();

        assertThat(server.get("/v2/pods").expect(200).body()).isEqualTo("[]");
    }

    @Test
    void row007_postWithoutContentTypeIsAccepted() {
        server.send("POST", "/v2/pods", Map.of(), Pod.suspended("/row007").toString())
                .expect(201);
    }

    @Test
    void row008_postOfYamlIsRefused() {
        Answer refused = server.send("POST", "/v2/pods", Map.of("Content-Type", "application/yaml"), "id: /row008");

        assertThat(refused.expect(415).json()).isEqualTo(Pod.json("{'message': 'Unsupported Media Type'}"));
    }

    @Test
    void row009_getOfPlainTextIsNotAcceptable() {
        Answer refused = server.send("GET", "/v2/pods", Map.of("Accept", "text/plain"), null);

        assertThat(refused.expect(406).json()).isEqualTo(Pod.json("{'message': 'Not Acceptable'}"));
    }

    @Test
    void row010_postOfTruncatedJsonIsABadRequest() {
        Answer refused = server.post("{\"id\": \"/row010\", ").expect(400);

        assertThat(refused.message()).isEqualTo("Invalid JSON");
        assertThat(refused.json().get("details").isString()).isTrue();
    }

    @Test
    void row011_postOfNothingIsABadRequest() {
        assertThat(server.post("").expect(400).message()).isEqualTo("Please specify data in JSON format");
    }

    @Test
    void row019_allSpellingsOfAPathMeanTheSamePod() {
        server.post(Pod.suspended("/row019/b")).expect(201);
        String document = server.get("/v2/pods/row019/b").expect(200).body();

        for (String path : List.of("/v2/pods//row019/b", "/v2/pods/%2Frow019%2Fb", "/v2/pods/row019/b/")) {
            assertThat(server.get(path).expect(200).body()).as(path).isEqualTo(document);
        }
    }

    @Test
    void row020_getOfAnUnknownPodIsNotFound() {
        Answer missing = server.get("/v2/pods/nope").expect(404);

        assertThat(missing.members()).containsExactly("message");
        assertThat(missing.message()).isEqualTo("Pod '/nope' does not exist");
    }

    @Test
    void row021_getOfAnImpossibleIdIsInvalid() {
        server.get("/v2/pods/UPPER").expectInvalid("/", "must fully match regular expression");
    }

    @Test
    void row094_otherMethodsAreNotAllowed() {
        server.post(Pod.suspended("/row094")).expect(201);

        for (Answer refused : List.of(
                server.get("/v2/pods/row094::instances"),
                server.send("PATCH", "/v2/pods/row094", Map.of("Content-Type", "application/json"), "{}"))) {
            assertThat(refused.expect(405).json()).isEqualTo(Pod.json("{'message': 'Method Not Allowed'}"));
        }
    }

    @Test
    void row095_noAnswerMayBeCached() {
        server.post(Pod.suspended("/row095")).expect(201);

        for (Answer any : List.of(
                server.get("/v2/pods/row095"),
                server.get("/v2/pods"),
                server.get("/v2/pods/nope"),
                server.get("/v2/deployments"),
                server.post("{"),
                server.delete("/v2/pods/row095"))) {
            assertThat(any.header("Cache-Control")).contains("no-cache, no-store, must-revalidate");
            assertThat(any.header("Pragma")).contains("no-cache");
            assertThat(any.header("Expires")).contains("0");
        }
    }
}
