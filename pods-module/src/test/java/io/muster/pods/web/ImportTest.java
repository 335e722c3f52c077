package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.history.PodId;
import io.muster.pods.Rollouts.Change.Create;
import io.muster.pods.web.PodsServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class ImportTest {

    private static final String V1 = "2024-03-01T08:00:00.000Z";
    private static final String V2 = "2024-03-02T08:00:00.120Z";
    private static final String V3 = "2025-01-02T08:00:00.120Z";

    private static final String TWO = "\"containers\":[{\"name\":\"c\",\"resources\":{\"cpus\":0.250}}],"
            + "\"scaling\":{\"kind\":\"fixed\",\"instances\":2}";
    private static final String ONE = "\"containers\":[{\"name\":\"c\",\"resources\":{}}]";

    @SuppressWarnings("NullAway.Init")
    private static FakeMarathon marathon;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    @BeforeAll
    static void start() {
        marathon = new FakeMarathon();
        server = new PodsServer(Map.of("muster.import.sources", marathon.address() + "/"));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
        marathon.close();
    }

    @BeforeEach
    void nothingThere() {
        marathon.clear();
    }

    private static Answer importPods(String parameters) {
        return server.post("/v2/import" + parameters, "").expect(200);
    }

    private static JsonNode report(Answer answer, String id) {
        return answer.body()
                .path("pods")
                .valueStream()
                .filter(pod -> pod.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).toList();
    }

    private static long rows() {
        JdbcClient jdbc = server.bean(JdbcClient.class);
        return jdbc.sql("select (select count(*) from pod) + (select count(*) from pod_version)"
                        + " + (select count(*) from pod_audit)")
                .query(Long.class)
                .single();
    }

    @Test
    void versionsKeepTheirTextAndTheirDefinition() {
        marathon.version("/kept/a", V1, ONE).version("/kept/a", V2, TWO);

        JsonNode report = report(importPods("?from=" + marathon.address()), "/kept/a");

        assertThat(texts(report.path("taken"))).containsExactly(V1, V2);
        assertThat(report.path("pod").path("outcome").asString()).isEqualTo("history only");
        Answer second = server.get("/v2/pods/kept/a::versions/" + V2).expect(200);
        assertThat(second.version()).isEqualTo(V2);
        assertThat(second.http().body()).contains("\"cpus\":0.250").contains("\"instances\":2");
    }

    @Test
    void importedHistoryGoesOnWhenThePodIsCreatedHere() {
        marathon.version("/continued", V1, ONE).version("/continued", V2, TWO);
        importPods("");
        server.get("/v2/pods/continued").expect(404);
        server.get("/v2/pods/continued::versions").expect(404);

        Answer created =
                server.post("/v2/pods", "{\"id\":\"/continued\"," + TWO + "}").expect(201);

        server.rollouts.complete(PodId.of("/continued"));
        assertThat(texts(server.get("/v2/pods/continued::versions").expect(200).body()))
                .containsExactly(V1, V2, created.version());
        assertThat(server.get("/v2/pods/continued::history?order=asc")
                        .expect(200)
                        .body()
                        .path("entries")
                        .valueStream()
                        .map(entry -> entry.path("what").asString("")))
                .containsExactly("IMPORTED", "IMPORTED", "CREATED", "SUBMITTED", "EXPOSED");
    }

    @Test
    void aDryRunReportsTheSameAndStoresNothing() {
        marathon.version("/dry", V1, ONE).version("/dry", V3, TWO);
        long before = rows();

        Answer dry = importPods("?dryRun=true&start=true");

        assertThat(texts(report(dry, "/dry").path("taken"))).containsExactly(V1, V3);
        assertThat(report(dry, "/dry").path("pod").path("outcome").asString()).isEqualTo("started");
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void repeatingItTakesNothingTwice() {
        marathon.version("/again", V1, ONE);
        importPods("");
        marathon.version("/again", V2, TWO);
        importPods("");
        long before = rows();

        JsonNode third = report(importPods(""), "/again");

        assertThat(third.path("taken")).isEmpty();
        assertThat(texts(third.path("known"))).containsExactly(V1, V2);
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void startingCreatesThePodThatIsInForce() {
        marathon.version("/started", V1, ONE).version("/started", V2, TWO);

        JsonNode first = report(importPods("?start=true"), "/started").path("pod");
        JsonNode second = report(importPods("?start=true"), "/started").path("pod");

        assertThat(first.path("outcome").asString()).isEqualTo("started");
        assertThat(first.path("deploymentId").asString()).isNotEmpty();
        assertThat(second.path("outcome").asString()).isEqualTo("present");
        assertThat(server.rollouts.lastSubmitted())
                .isInstanceOfSatisfying(
                        Create.class,
                        created -> assertThat(created.target().definition().instances())
                                .isEqualTo(2));
    }

    @Test
    void whatBreaksRulesIsReportedAndKeepsNothingElseFromBeingTaken() {
        marathon.version("/mixed", V1, "\"containers\":[{\"name\":\"A_B\",\"resources\":{}}]")
                .version("/mixed", V2, TWO)
                .version("/mixed", "yesterday", ONE)
                .version("/mixed", "9999-01-01T00:00:00.000Z", ONE);
        marathon.version("/Upper", V1, ONE);

        Answer answer = importPods("");

        JsonNode report = report(answer, "/mixed");
        assertThat(texts(report.path("taken"))).containsExactly(V2);
        assertThat(report.path("refused")
                        .valueStream()
                        .map(refused -> refused.path("version").asString("")))
                .containsExactlyInAnyOrder(V1, "yesterday", "9999-01-01T00:00:00.000Z");
        assertThat(report.path("refused").toString()).contains("/containers(0)/name");
        assertThat(report(answer, "/Upper").path("refused").toString()).contains("/id");
        assertThat(answer.body().path("summary").path("incomplete").asInt()).isEqualTo(2);
    }

    @Test
    void membersThatAreLostAreNamed() {
        marathon.version("/lossy", V1, ONE + ",\"readiness\":{\"x\":1}");

        JsonNode ignored = report(importPods(""), "/lossy").path("ignored");

        assertThat(ignored.toString()).contains("/readiness").contains(V1);
    }

    @Test
    void aPodThatCannotBeReadIsReported() {
        marathon.version("/unreadable", V1, ONE).version("/unreadable", V2, TWO);
        marathon.breaks("/v2/pods/unreadable::versions/" + V1);
        marathon.version("/silent", V1, ONE).breaks("/v2/pods/silent::versions");

        Answer answer = importPods("");

        assertThat(texts(report(answer, "/unreadable").path("taken"))).containsExactly(V2);
        assertThat(report(answer, "/unreadable").path("refused").toString()).contains("500");
        assertThat(report(answer, "/silent").path("pod").path("message").asString())
                .contains("500");
    }

    @Test
    void anotherDefinitionUnderAStoredVersionStaysAsItIs() {
        marathon.version("/conflicting", V1, ONE);
        importPods("");
        marathon.version("/conflicting", V1, TWO);

        JsonNode report = report(importPods(""), "/conflicting");

        assertThat(report.path("refused").toString()).contains(V1).contains("stays");
        assertThat(server.get("/v2/pods/conflicting::versions/" + V1)
                        .expect(200)
                        .http()
                        .body())
                .contains("\"instances\":1");
    }

    @Test
    void theSourceIsShownTheAuthorizationThatWasSentForIt() {
        marathon.version("/authorized", V1, ONE);

        server.send(server.request("/v2/import?dryRun=true")
                        .header("Muster-Import-Authorization", "token=abc")
                        .POST(BodyPublishers.noBody()))
                .expect(200);

        assertThat(marathon.authorizations).contains("token=abc");
    }

    @Test
    void onlyPermittedSourcesAreAsked() {
        assertThat(server.post("/v2/import?from=http://127.0.0.1:9", "")
                        .expect(403)
                        .message())
                .contains("muster.import.sources");
    }

    @Test
    void aSourceThatDoesNotAnswerIsTheCallersProblem() throws SQLException {
        var gone = new FakeMarathon();
        String address = gone.address();
        gone.close();
        try (var other = new PodsServer(Map.of("muster.import.sources", address))) {
            assertThat(other.post("/v2/import", "").expect(422).message()).contains(address + "/v2/pods");
        }
    }

    @Test
    void withoutSourcesImportsAreOff() throws SQLException {
        try (var other = new PodsServer(Map.of())) {
            assertThat(other.post("/v2/import?from=" + marathon.address(), "")
                            .expect(403)
                            .message())
                    .contains("muster.import.sources");
        }
    }

    @Test
    void aPasswordInTheAddressOfASourceStopsTheStart() {
        assertThatThrownBy(() -> new PodsServer(Map.of("muster.import.sources", "http://u:p@127.0.0.1:9")))
                .rootCause()
                .hasMessageContaining("muster.import.sources")
                .hasMessageNotContaining("u:p");
    }
}
