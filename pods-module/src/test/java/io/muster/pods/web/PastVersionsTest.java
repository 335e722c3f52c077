package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.web.PodsServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Comparing versions, and going back to one. */
class PastVersionsTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/past/p" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String pod(String cpus, int instances) {
        return """
                {"id": "%s", "containers": [{"name": "c", "resources": {"cpus": %s}}],
                 "scaling": {"kind": "fixed", "instances": %d}}""".formatted(id, cpus, instances);
    }

    /** The version, once it is shown. */
    private String deployed(String cpus, int instances) {
        String version = server.put(path, pod(cpus, instances)).expect(200).version();
        server.complete(id);
        return version;
    }

    private JsonNode diff(String from, String to) {
        return server.get(path + "::history/diff?from=" + from + "&to=" + to)
                .expect(200)
                .body();
    }

    private Answer rollBack(String parameters) {
        return server.post(path + "::rollback" + parameters, "");
    }

    @Test
    void tellsWhatChangedFieldByFieldInEitherDirection() {
        String first = deployed("0.5", 1);
        String second = deployed("1", 3);

        JsonNode there = diff(first, second);
        JsonNode back = diff(second, first);

        assertThat(there.get("changes"))
                .hasToString("[\"~ containers[c].resources.cpus: 0.5 -> 1\",\"~ scaling.instances: 1 -> 3\"]");
        assertThat(there.get("patch").get(0))
                .hasToString("{\"op\":\"replace\",\"path\":\"/containers/0/resources/cpus\",\"value\":1}");
        assertThat(there.get("replacesInstances").asBoolean()).isTrue();
        assertThat(back.get("changes").get(1).asString()).isEqualTo("~ scaling.instances: 3 -> 1");
    }

    @Test
    void knowsThatScalingReplacesNothing() {
        String first = deployed("0.5", 1);
        String second = deployed("0.5", 2);

        assertThat(diff(first, second).get("replacesInstances").asBoolean()).isFalse();
        assertThat(diff(first, first).get("changes")).isEmpty();
    }

    @Test
    void bringsADefinitionBackAsANewVersion() {
        String first = deployed("0.5", 1);
        String second = deployed("1", 1);

        Answer accepted = rollBack("?version=" + first).expect(200);
        assertThat(accepted.version()).isGreaterThan(second);
        assertThat(accepted.header("Marathon-Deployment-Id")).isNotBlank();
        assertThat(server.get(path).version()).isEqualTo(second);
        server.complete(id);

        assertThat(diff(first, accepted.version()).get("changes")).isEmpty();
        assertThat(server.get(path).version()).isEqualTo(accepted.version());
        JsonNode told = server.get(path + "::history?order=desc&limit=3").body().get("entries");
        assertThat(told.findValuesAsString("what")).containsExactly("EXPOSED", "ROLLBACK_ACCEPTED", "SUBMITTED");
        assertThat(told.get(1).get("version").asString()).isEqualTo(first);
    }

    @Test
    void bringsADefinitionOfAnEarlierLifeBack() {
        String first = deployed("0.5", 1);
        server.delete(path).expect(202);
        server.complete(id);
        server.get(path).expect(404);

        rollBack("?version=" + first).expect(200);
        server.complete(id);

        assertThat(server.get(path).expect(200).body().at("/containers/0/resources/cpus"))
                .hasToString("0.5");
        assertThat(server.get(path + "::versions").body()).hasSize(2);
    }

    @Test
    void changesNothingWhereTheDefinitionIsThereAlready() {
        String first = deployed("0.5", 1);

        assertThat(rollBack("?version=" + first).expect(200).version()).isEqualTo(first);
        assertThat(server.get(path + "::history?order=desc&limit=1")
                        .body()
                        .at("/entries/0/what")
                        .asString())
                .isEqualTo("EXPOSED");
    }

    @Test
    void isRefusedWhileAnotherDeploymentRunsUnlessForced() {
        String first = deployed("0.5", 1);
        server.put(path, pod("1", 1)).expect(200);

        assertThat(rollBack("?version=" + first).expect(409).body().get("deployments"))
                .hasSize(1);
        rollBack("?version=" + first + "&force=true").expect(200);
    }

    @Test
    void isRefusedToWhoKnowsAnotherTarget() {
        String first = deployed("0.5", 1);
        deployed("1", 1);

        server.send(server.request(path + "::rollback?version=" + first)
                        .header("If-Match", "\"" + first + "\"")
                        .POST(BodyPublishers.noBody()))
                .expect(412);
        assertThat(server.get(path + "::versions?pending=true").body()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ::history/diff                                 | 422 | from must name a version
            ::history/diff?from=<first>                    | 422 | to must name a version
            ::history/diff?from=<first>&to=never           | 422 | Invalid timestamp provided 'never'
            ::history/diff?from=<first>&to=2020-01-01T00:00Z | 404 | never had the version 2020-01-01T00:00:00.000Z (to)
            ::rollback                                     | 422 | version must name a version
            ::rollback?version=2020-01-01T00:00Z           | 404 | never had the version 2020-01-01T00:00:00.000Z
            """)
    void saysWhichVersionItCannotFind(String request, int status, String message) {
        String sent = path + request.replace("<first>", deployed("0.5", 1));

        Answer refused = request.startsWith("::rollback") ? server.post(sent, "") : server.get(sent);

        assertThat(refused.expect(status).message()).contains(message);
        assertThat(server.get(path + "::versions?pending=true").body()).hasSize(1);
    }

    @Test
    void doesNotCompareWithTheVersionsOfOthers() {
        String first = deployed("0.5", 1);
        server.post("/v2/pods", pod("0.5", 1).replace(id, id + "-other")).expect(201);
        server.complete(id + "-other");
        String foreign = server.get("/v2/pods" + id + "-other").version();

        server.get(path + "::history/diff?from=" + first + "&to=" + foreign).expect(404);
    }
}
