package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Groups are deleted as one deployment, which is undone or stopped as one. */
class GroupDeleteTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DeployServer server = new DeployServer(Map.of());
    private final PromptCluster cluster = server.bean(PromptCluster.class);

    @BeforeEach
    void createPods() {
        create("/g/a", 1);
        create("/g/b/c", 1);
        create("/other", 1);
        server.awaitNoDeployment();
    }

    @AfterEach
    void stop() throws SQLException {
        cluster.release();
        server.close();
    }

    private Answer create(String id, int instances) {
        Answer created = server.send("POST", "/v2/pods", """
                {"id": "%s", "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, instances));
        assertThat(created.status()).isEqualTo(201);
        return created;
    }

    private String deleteGroup() {
        Answer deleted = server.send("DELETE", "/v2/groups/g", "");
        assertThat(deleted.status()).as(deleted.http().body()).isEqualTo(200);
        assertThat(deleted.body().propertyNames()).containsExactly("version", "deploymentId");
        String id = deleted.body().get("deploymentId").asString();
        assertThat(deleted.http().headers().firstValue("Marathon-Deployment-Id"))
                .contains(id);
        return id;
    }

    private int statusOf(String pod) {
        return server.get("/v2/pods" + pod).status();
    }

    private List<JsonNode> told(String id) {
        return server
                .bean(JdbcTemplate.class)
                .queryForList(
                        "select body from event where body::jsonb ->> 'id' = ?"
                                + " or body::jsonb #>> '{plan,id}' = ? order by id",
                        String.class,
                        id,
                        id)
                .stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.get("eventType").asString())
                .filter(type -> type.startsWith("deployment_"))
                .toList();
    }

    @Test
    void isListedAsOneDeploymentUntilTheLastPodIsGone() {
        cluster.hold();

        String id = deleteGroup();

        JsonNode listed = server.get("/v2/deployments").body();
        assertThat(listed).hasSize(1);
        JsonNode one = listed.get(0);
        assertThat(one.get("id").asString()).isEqualTo(id);
        assertThat(one.get("affectedPods")).hasToString("[\"/g/a\",\"/g/b/c\"]");
        assertThat(one.get("affectedApps")).isEmpty();
        assertThat(one.get("steps"))
                .hasToString("[{\"actions\":[{\"action\":\"StopPod\",\"pod\":\"/g/a\"},"
                        + "{\"action\":\"StopPod\",\"pod\":\"/g/b/c\"}]}]");
        assertThat(one.get("totalSteps").asInt()).isEqualTo(1);
        await().atMost(PATIENCE)
                .until(() -> server.get("/v2/deployments/" + id)
                                .body()
                                .at("/currentActions")
                                .size()
                        == 2);
        assertThat(server.get("/v2/pods/g/a::status").body().get("status").asString())
                .isEqualTo("TERMINAL");

        cluster.release();
        server.awaitNoDeployment();

        assertThat(statusOf("/g/a")).isEqualTo(404);
        assertThat(statusOf("/g/b/c")).isEqualTo(404);
        assertThat(statusOf("/other")).isEqualTo(200);
        assertThat(server.get("/v2/groups/g").status()).isEqualTo(404);
        JsonNode ended = server.get("/v2/deployments/" + id).body();
        assertThat(ended.get("state").asString()).isEqualTo("SUCCEEDED");
        assertThat(ended.has("finishedAt")).isTrue();
    }

    @Test
    void isToldAsOneDeployment() {
        String id = deleteGroup();
        server.awaitNoDeployment();

        List<JsonNode> told = told(id);

        assertThat(types(told)).containsExactly("deployment_info", "deployment_step_success", "deployment_success");
        assertThat(told.getFirst().at("/plan/steps/0/actions")).hasSize(2);
        assertThat(told.getFirst().at("/currentStep/actions")).hasSize(2);
        List<@Nullable String> all = server.bean(JdbcTemplate.class)
                .queryForList("select type from event where type = 'deployment_success'", String.class);
        assertThat(all).as("three creations, and the group").hasSize(4);
    }

    @Test
    void lockedPodRefusesTheWholeGroupWithAllThatHold() {
        create("/g/unplaceable", 1);
        String holder = server.get("/v2/deployments").body().at("/0/id").asString();

        Answer refused = server.send("DELETE", "/v2/groups/g", "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("deployments")).hasToString("[{\"id\":\"" + holder + "\"}]");
        assertThat(refused.message()).startsWith("App is locked").contains(holder);
        assertThat(server.get("/v2/deployments").body()).hasSize(1);
        assertThat(server.get("/v2/pods/g/a::status").body().get("status").asString())
                .isEqualTo("STABLE");

        assertThat(server.send("DELETE", "/v2/groups/g?force=true", "").status())
                .isEqualTo(200);
        server.awaitNoDeployment();
        assertThat(statusOf("/g/unplaceable")).isEqualTo(404);
    }

    @Test
    void whoeverIsLockedOutIsToldTheIdOfTheWhole() {
        cluster.hold();
        String id = deleteGroup();

        Answer locked = server.send("DELETE", "/v2/pods/g/a", "");

        assertThat(locked.status()).isEqualTo(409);
        assertThat(locked.body().at("/deployments/0/id").asString()).isEqualTo(id);
        assertThat(server.send("DELETE", "/v2/groups/g", "").body().get("deployments"))
                .hasSize(1);
    }

    @Test
    void undoingItKeepsWhatIsThereAndBringsBackWhatIsGone() {
        List<String> before = server.instances("/g/b/c");
        create("/g/none", 0);
        server.awaitNoDeployment();
        cluster.hold();
        String id = deleteGroup();
        await().atMost(PATIENCE).until(() -> statusOf("/g/none") == 404);
        assertThat(server.get("/v2/deployments").body().at("/0/affectedPods")).hasSize(3);

        Answer undone = server.send("DELETE", "/v2/deployments/" + id, "");

        assertThat(undone.status()).as(undone.http().body()).isEqualTo(200);
        String undoing = undone.body().get("deploymentId").asString();
        assertThat(undoing).isNotEqualTo(id);
        cluster.release();
        server.awaitNoDeployment();
        assertThat(server.get("/v2/deployments/" + undoing).body().get("affectedPods"))
                .hasSize(3);
        for (String pod : List.of("/g/a", "/g/b/c", "/g/none")) {
            assertThat(statusOf(pod)).as(pod).isEqualTo(200);
        }
        assertThat(server.instances("/g/b/c")).hasSize(1).isNotEqualTo(before);
        assertThat(server.get("/v2/deployments/" + id).body().get("state").asString())
                .isEqualTo("ROLLED_BACK");
        assertThat(types(told(id))).containsExactly("deployment_info", "deployment_step_failure", "deployment_failed");
        assertThat(types(told(undoing))).startsWith("deployment_info").endsWith("deployment_success");
        assertThat(server.send("DELETE", "/v2/deployments/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void stoppingItLetsAllPodsLiveOn() {
        cluster.hold();
        String id = deleteGroup();

        assertThat(server.send("DELETE", "/v2/deployments/" + id + "?force=true", "")
                        .status())
                .isEqualTo(202);

        assertThat(server.get("/v2/deployments").body()).isEmpty();
        assertThat(server.get("/v2/deployments/" + id).body().get("state").asString())
                .isEqualTo("CANCELLED");
        cluster.release();
        await().atMost(PATIENCE)
                .until(() -> server.get("/v2/pods/g/a::status")
                        .body()
                        .get("status")
                        .asString()
                        .equals("STABLE"));
        assertThat(types(told(id))).endsWith("deployment_failed");
    }

    @Test
    void canBePausedAndResumed() {
        cluster.hold();
        String one = "/v2/deployments/" + deleteGroup();

        assertThat(server.send("POST", one + "::pause", "").body().get("state").asString())
                .isEqualTo("PAUSED");
        assertThat(server.send("POST", one + "::pause", "").status()).isEqualTo(409);
        assertThat(server.send("POST", one + "::resume", "").status()).isEqualTo(200);
    }

    @Test
    void rootIsAllThereIsAndNeverMissing() {
        Answer deleted = server.send("DELETE", "/v2/groups/?force=true", "");
        assertThat(deleted.status()).isEqualTo(200);
        server.awaitNoDeployment();
        assertThat(server.get("/v2/pods").body()).isEmpty();

        Answer again = server.send("DELETE", "/v2/groups//", "");

        assertThat(again.status()).isEqualTo(200);
        assertThat(UUID.fromString(again.body().get("deploymentId").asString())).isNotNull();
        assertThat(server.get("/v2/deployments").body()).isEmpty();
    }

    @Test
    void whatIsNoGroupIsNotFound() {
        assertThat(server.send("DELETE", "/v2/groups/nope", "").status()).isEqualTo(404);
        assertThat(server.send("DELETE", "/v2/groups/g/a", "").message()).isEqualTo("Group '/g/a' does not exist");
        assertThat(server.send("DELETE", "/v2/groups/g/versions", "").status()).isEqualTo(404);
    }

    @Test
    void oneRequestDeletesFiveHundredPodsAndNoMore() {
        JdbcTemplate jdbc = server.bean(JdbcTemplate.class);
        create("/many/p", 0);
        server.awaitNoDeployment();
        jdbc.update("""
                insert into pod (id, life, present, exposed_version, target_version, created_at, row_version)
                select '/many/p' || n, 1, true, target_version, target_version, created_at, 0
                from pod, generate_series(1, 500) as n where id = '/many/p'""");
        jdbc.update("""
                insert into pod_version (pod_id, version, life, config_hash, definition, submitted_by)
                select '/many/p' || n, version, 1, config_hash,
                       replace(definition, '"/many/p"', '"/many/p' || n || '"'), null
                from pod_version, generate_series(1, 500) as n where pod_id = '/many/p'""");

        Answer tooMany = server.send("DELETE", "/v2/groups/many", "");
        assertThat(tooMany.status()).isEqualTo(422);
        assertThat(tooMany.message()).contains("501 pods", "500 at most");
        assertThat(server.get("/v2/deployments").body()).isEmpty();

        server.send("DELETE", "/v2/pods/many/p", "");
        server.awaitNoDeployment();
        assertThat(server.send("DELETE", "/v2/groups/many", "").status()).isEqualTo(200);
        assertThat(server.get("/v2/deployments").body().size()).isLessThanOrEqualTo(1);
        await().atMost(PATIENCE).until(() -> server.get("/v2/groups/many").status() == 404);
    }
}
