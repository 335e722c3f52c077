package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How many deployments may run at the same time. */
class DeploymentLimitTest {

    private static final int LIMIT = 3;

    @Test
    void refusesADeploymentThatWouldBeOneTooMany() throws SQLException {
        try (DeployServer server = new DeployServer(Map.of("muster.deployments.max-running", String.valueOf(LIMIT)))) {
            refusesOneTooMany(server);
        }
    }

    private static void refusesOneTooMany(DeployServer server) {
        PromptCluster cluster = server.bean(PromptCluster.class);
        for (int i = 0; i <= LIMIT; i++) {
            post(server, pod("/limit/p" + i, 1, "x"));
            server.awaitNoDeployment();
        }
        cluster.hold();
        try {
            for (int i = 0; i < LIMIT; i++) {
                assertThat(server.send("DELETE", "/v2/pods/limit/p" + i, "").status())
                        .isEqualTo(202);
            }
            JsonNode last = server.get("/v2/pods/limit/p3").body();

            Answer refused = post(server, pod("/limit/more", 1, "x"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.message()).startsWith("Max number (3) of running deployments is achieved. ");
            assertThat(server.get("/v2/pods/limit/more").status()).isEqualTo(404);
            assertThat(server.send("PUT", "/v2/pods/limit/p3?force=true", pod("/limit/p3", 1, "y"))
                            .status())
                    .as("forced, but nothing to take the place of")
                    .isEqualTo(403);
            assertThat(server.get("/v2/pods/limit/p3").body()).isEqualTo(last);

            assertThat(server.send("PUT", "/v2/pods/limit/p3", pod("/limit/p3", 1, "x"))
                            .status())
                    .as("nothing changes, so nothing runs")
                    .isEqualTo(200);
            assertThat(server.send("PUT", "/v2/pods/limit/p0", pod("/limit/p0", 1, "y"))
                            .status())
                    .as("the lock of the pod is named before the limit")
                    .isEqualTo(409);
            assertThat(server.send("PUT", "/v2/pods/limit/p0?force=true", pod("/limit/p0", 1, "y"))
                            .status())
                    .as("takes the place of a deployment")
                    .isEqualTo(200);
            assertThat(server.send("DELETE", "/v2/pods/limit/p3", "").status())
                    .as("whoever takes something away is not told to wait")
                    .isEqualTo(202);
            UUID oneTooMany = UUID.fromString(deploymentOf(server, "/limit/p3"));
            Answer undone = server.send("DELETE", "/v2/deployments/" + oneTooMany, "");
            assertThat(undone.status()).as("and neither is who goes back").isEqualTo(200);
            assertThat(server.send("DELETE", "/v2/deployments/" + deploymentOf(server, "/limit/p1") + "?force=true", "")
                            .status())
                    .isEqualTo(202);
        } finally {
            cluster.release();
        }
        server.awaitNoDeployment();
        assertThat(post(server, pod("/limit/more", 1, "x")).status()).isEqualTo(201);
    }

    private static String deploymentOf(DeployServer server, String pod) {
        return server.get("/v2/deployments")
                .body()
                .valueStream()
                .filter(one -> one.at("/affectedPods/0").asString().equals(pod))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    private static String pod(String id, int instances, String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label, instances);
    }

    private static Answer post(DeployServer server, String pod) {
        return server.send("POST", "/v2/pods", pod);
    }
}
