package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.web.PodsServer.Answer;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Definitions that are taken out of the history. */
class PurgeTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/purge/p" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of("muster.history.purge", "true"));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String pod(String secret) {
        return """
                {"id": "%s", "environment": {"TOKEN": "%s"}, "containers": [{"name": "c", "resources": {}}],
                 "scaling": {"kind": "fixed", "instances": 1}}""".formatted(id, secret);
    }

    private String deployed(String secret) {
        String version = server.put(path, pod(secret)).expect(200).version();
        server.complete(id);
        return version;
    }

    private Answer purge(String version) {
        return server.delete(path + "::versions/" + version + "?reason=leaked%20token");
    }

    @Test
    void leavesATombstoneThatEveryQueryOfTheVersionAnswers() {
        String first = deployed("hunter2");
        String second = deployed("other");
        server.get(path + "::versions/" + first).expect(200);

        JsonNode left = purge(first).expect(200).body();

        assertThat(left.get("version").asString()).isEqualTo(first);
        assertThat(left.get("configHash").asString()).isNotBlank();
        assertThat(left.at("/purged/reason").asString()).isEqualTo("leaked token");
        for (Answer gone : new Answer[] {
            server.get(path + "::versions/" + first),
            server.get(path + "::history/diff?from=" + first + "&to=" + second),
            server.get(path + "::history/diff?from=" + second + "&to=" + first),
            server.post(path + "::rollback?version=" + first, ""),
            purge(first)
        }) {
            assertThat(gone.expect(410).body().get("purged")).isEqualTo(left.get("purged"));
            assertThat(gone.message()).contains("was purged");
        }
        assertThat(server.get(path).expect(200).version()).as("nothing changed").isEqualTo(second);
        assertThat(server.get(path + "::versions?pending=true").body()).hasSize(2);
        server.get(path + "::versions/" + second).expect(200);
        JsonNode lives =
                server.get(path + "::history?view=versions").expect(200).body().get("versions");
        assertThat(lives.findValuesAsString("state")).containsExactly("EXPOSED", "RETIRED");
        assertThat(lives.get(1).get("purged")).isEqualTo(left.get("purged"));
        assertThat(rowsWith("hunter2")).isZero();
    }

    private static int rowsWith(String text) {
        return server.bean(JdbcClient.class)
                .sql("select count(*) from pod_version where definition like ?")
                .param("%" + text + "%")
                .query(Integer.class)
                .single();
    }

    @Test
    void isSeenOnAReplicaThatStillRemembersTheDefinition() {
        String first = deployed("one");
        deployed("two");
        server.get(path + "::versions/" + first).expect(200);
        server.get(path + "::history/diff?from=" + first + "&to=" + first).expect(200);

        // What another replica does.
        server.bean(JdbcClient.class)
                .sql("select purge_version(?, cast(? as timestamptz), null, 'elsewhere')")
                .param(id)
                .param(first)
                .query((row, number) -> number)
                .list();

        server.get(path + "::versions/" + first).expect(410);
        server.get(path + "::history/diff?from=" + first + "&to=" + first).expect(410);
    }

    @Test
    void isRefusedWhileTheVersionIsShownOrWantedOrRunsOrADeploymentDoes() {
        String first = deployed("one");
        assertThat(purge(first).expect(409).message()).contains("it is what the pod shows");
        String second = server.put(path, pod("two")).expect(200).version();
        assertThat(purge(second).expect(409).message()).contains("it was accepted last");
        assertThat(purge(first).expect(409).message()).contains("it is what the pod shows");
        server.put(path + "?force=true", pod("three")).expect(200);
        assertThat(purge(second).expect(409).message()).contains("a deployment of the pod runs");
        server.complete(id);
        server.rollouts.runs(PodId.of(id), Version.parse(second).orElseThrow());
        assertThat(purge(second).expect(409).message()).contains("an instance runs it");

        purge(first).expect(200);
        assertThat(server.get(path + "::versions/" + second).expect(200).http().body())
                .contains("two");
    }

    @Test
    void aDeletedPodNeedsNoneOfItsVersions() {
        String first = deployed("one");
        server.delete(path).expect(202);
        assertThat(purge(first).expect(409).message()).contains("it is what the pod shows");
        server.complete(id);

        purge(first).expect(200);

        server.get(path + "::versions/" + first).expect(410);
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        String first = deployed("one");
        deployed("two");
        String version = path + "::versions/";

        assertThat(server.delete(version + first).expect(422).message()).contains("reason");
        server.delete(version + first + "?reason=%20").expect(422);
        server.delete(version + first + "?reason=" + "x".repeat(1_001)).expect(422);
        server.delete(version + "yesterday?reason=x").expect(422);
        server.delete(version + "2020-01-01T00:00:00.000Z?reason=x").expect(404);
        server.delete("/v2/pods/purge/nobody::versions/" + first + "?reason=x").expect(404);
        server.get(version + first).expect(200);
    }

    @Test
    void isForbiddenByDefaultWithTheNameOfTheSetting() throws SQLException {
        try (var other = new PodsServer(Map.of())) {
            other.post("/v2/pods", pod("one")).expect(201);
            String version = other.get(path).version();

            Answer refused = other.delete(path + "::versions/" + version + "?reason=x");

            assertThat(refused.expect(403).message()).contains("muster.history.purge=true");
            other.get(path + "::versions/" + version).expect(200);
        }
    }
}
