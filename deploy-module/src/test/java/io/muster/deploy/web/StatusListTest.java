package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The status over HTTP, of one pod and of all. */
class StatusListTest {

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of());
        assertThat(server.get("/v2/pods/::status").http().body()).isEqualTo("[]");
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private static String pod(String id, int instances, String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label, instances);
    }

    private static Answer post(String pod) {
        return server.send("POST", "/v2/pods", pod);
    }

    @Test
    void listsAllPodsByIdOverManyPages() {
        int many = 105;
        for (int i = 0; i < many; i++) {
            String pod = pod("/list/p%03d".formatted(i), i % 50 == 0 ? 1 : 0, "x");
            assertThat(post(pod).status()).isEqualTo(201);
        }
        server.awaitNoDeployment();

        Answer all = server.get("/v2/pods/::status");
        List<JsonNode> listed = all.body()
                .valueStream()
                .filter(document -> document.get("id").asString().startsWith("/list/"))
                .toList();

        assertThat(all.http().headers().firstValue("Content-Type")).contains("application/json");
        assertThat(listed)
                .extracting(document -> document.get("id").asString())
                .containsExactlyElementsOf(IntStream.range(0, many)
                        .mapToObj("/list/p%03d"::formatted)
                        .toList());
        assertThat(listed.get(100).get("instances")).hasSize(1);
        JsonNode one = server.get("/v2/pods/list/p100::status").body();
        assertThat(listed.get(100).get("instances")).isEqualTo(one.get("instances"));
        assertThat(server.send("HEAD", "/v2/pods/::status", "").status()).isEqualTo(200);
        assertThat(server.send("HEAD", "/v2/pods/list/p100::status", "").status())
                .isEqualTo(200);
        assertThat(server.get("/v2/pods/list/none::status").message()).isEqualTo("Pod '/list/none' does not exist");
    }

    @Test
    void showsAPodThatIsBeingDeletedAsTerminal() {
        PromptCluster cluster = server.bean(PromptCluster.class);
        post(pod("/dying", 1, "x"));
        server.awaitNoDeployment();
        cluster.hold();
        try {
            server.send("DELETE", "/v2/pods/dying", "");
            assertThat(status("/v2/pods/dying::status")).isEqualTo("TERMINAL");
            assertThat(status("/v2/pods/dying::status?view=live")).isEqualTo("TERMINAL");
        } finally {
            cluster.release();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.get("/v2/pods/dying::status").status() == 404);
    }

    @Test
    void freezesTheStatusDuringAnUpdateUnlessTheLiveOneIsAskedFor() {
        PromptCluster cluster = server.bean(PromptCluster.class);
        post(pod("/frozen", 1, "x"));
        server.awaitNoDeployment();
        JsonNode before = server.get("/v2/pods/frozen::status").body();
        cluster.hold();
        try {
            server.send("PUT", "/v2/pods/frozen", pod("/frozen", 2, "y"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> server.instances("/frozen").size() == 3);
            JsonNode during = server.get("/v2/pods/frozen::status").body();
            assertThat(during.get("spec")).isEqualTo(before.get("spec"));
            assertThat(during.get("status")).isEqualTo(before.get("status"));
            assertThat(during.get("statusSince")).isEqualTo(before.get("statusSince"));
            JsonNode live = server.get("/v2/pods/frozen::status?view=live").body();
            assertThat(live.get("statusSince").asString())
                    .isGreaterThan(before.get("statusSince").asString());
        } finally {
            cluster.release();
        }
        server.awaitNoDeployment();
        server.send("DELETE", "/v2/pods/frozen", "");
        server.awaitNoDeployment();
    }

    private static String status(String path) {
        return server.get(path).body().get("status").asString();
    }
}
