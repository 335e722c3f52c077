package io.muster.pods.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.pods.web.PodsServer.Answer;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code dryRun=true}: the plan, and no change. */
class DryRunTest {

    private static int pods;

    @SuppressWarnings("NullAway.Init")
    private static PodsServer server;

    private final String id = "/dry/p" + pods++;
    private final String path = "/v2/pods" + id;

    @BeforeAll
    static void start() {
        server = new PodsServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private String pod(String cpus) {
        return """
                {"id": "%s", "containers": [{"name": "c", "resources": {"cpus": %s}}]}""".formatted(id, cpus);
    }

    private void deploy(String cpus) {
        server.put(path, pod(cpus)).expect(200);
        server.complete(id);
    }

    private String history() {
        return server.get(path + "::history").http().body();
    }

    @Test
    void tellsWhatACreationWouldDoAndCreatesNothing() {
        Answer plan = server.post("/v2/pods?dryRun=true", pod("0.5")).expect(200);

        assertThat(plan.body().get("steps"))
                .hasToString("[{\"actions\":[{\"action\":\"Fake\",\"pod\":\"" + id + "\"}]}]");
        assertThat(plan.body().get("instances")).hasToString("{\"kept\":1,\"replaced\":2,\"started\":3,\"ended\":4}");
        assertThat(plan.body().get("changes").get(0).asString()).isEqualTo("+ id: \"" + id + "\"");
        assertThat(plan.header("Marathon-Deployment-Id")).isEmpty();
        server.get(path).expect(404);
        server.get(path + "::history").expect(404);
        assertThat(server.lockOf(id)).isEmpty();
        server.post("/v2/pods", pod("0.5")).expect(201);
    }

    @Test
    void tellsWhatAnUpdateWouldDoAndUpdatesNothing() {
        deploy("0.5");
        String before = history();

        Answer plan = server.put(path + "?dryRun=TRUE", pod("1")).expect(200);

        assertThat(plan.body().get("changes")).hasToString("[\"~ containers[c].resources.cpus: 0.5 -> 1\"]");
        assertThat(history()).isEqualTo(before);
        assertThat(server.get(path + "?view=target").body().at("/containers/0/resources/cpus"))
                .hasToString("0.5");
        assertThat(server.lockOf(id)).isEmpty();
    }

    @Test
    void tellsWhatADeletionWouldDoAndDeletesNothing() {
        deploy("0.5");
        String before = history();

        Answer plan = server.delete(path + "?dryRun=true").expect(200);

        assertThat(plan.body().get("changes")).isNotEmpty();
        assertThat(history()).isEqualTo(before);
        server.get(path).expect(200);
    }

    @Test
    void isRefusedWhereTheChangeWouldBe() {
        deploy("0.5");
        server.put(path, pod("1")).expect(200);

        server.put(path + "?dryRun=true", pod("2")).expect(409);
        server.put(path + "?dryRun=true&force=true", pod("2")).expect(200);
        server.post("/v2/pods?dryRun=true", pod("2")).expect(409);
        server.put(path + "?dryRun=true", pod("-1")).expect(422);
        server.delete(path + "-other?dryRun=true").expect(404);
        assertThat(server.lockOf(id)).isNotEmpty();
        server.complete(id);
        assertThat(server.get(path).body().at("/containers/0/resources/cpus")).hasToString("1");
    }
}
