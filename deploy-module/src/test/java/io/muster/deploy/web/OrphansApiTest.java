package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Orphans over HTTP. */
class OrphansApiTest {

    private static final TaskId FOREIGN = new TaskId("foreign task.1");

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of("muster.orphans.grace", "7m"));
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    @Test
    void areShownAndKilledWhenSomebodyAsks() {
        assertThat(server.get("/v2/orphans").body()).isEmpty();
        PromptCluster cluster = server.bean(PromptCluster.class);
        cluster.hold();
        await().atMost(Duration.ofSeconds(20)).until(cluster::isStarted);
        cluster.report(FOREIGN, TaskState.RUNNING, Optional.empty());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !server.get("/v2/orphans").body().isEmpty());

        JsonNode shown = server.get("/v2/orphans").body().get(0);
        assertThat(shown.propertyNames())
                .containsExactly("taskId", "agentId", "state", "firstSeen", "lastSeen", "willBeKilledAt");
        assertThat(shown.get("taskId").asString()).isEqualTo(FOREIGN.text());
        assertThat(shown.get("state").asString()).isEqualTo("TASK_RUNNING");
        assertThat(Duration.between(instant(shown, "firstSeen"), instant(shown, "willBeKilledAt")))
                .isEqualTo(Duration.ofMinutes(7));

        Answer unknown = server.send("DELETE", "/v2/orphans/nobody", "");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.message()).isEqualTo("Orphan 'nobody' does not exist");
        Answer answer = server.send("DELETE", "/v2/orphans/foreign%20task.1", "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(instant(answer.body(), "willBeKilledAt")).isBefore(instant(shown, "willBeKilledAt"));

        await().atMost(Duration.ofSeconds(20)).until(cluster::holdsKills);
        cluster.release();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.get("/v2/orphans").body().isEmpty());
    }

    private static Instant instant(JsonNode document, String name) {
        return Instant.parse(document.get(name).asString());
    }
}
