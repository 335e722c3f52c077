package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Kills over HTTP: what is answered, and what becomes of the instances. */
class InstancesApiTest {

    private static final String UNKNOWN = "shop_pair.instance-00000000-0000-0000-0000-000000000000";
    private static final String FORM = "must fully match regular expression '^(.+)\\.(instance-|marathon-)([^\\.]+)$'";

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of("muster.pods.wipe-timeout", "2s"));
        create("/shop/pair", 2);
        create("/shop/other", 1);
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private static void create(String id, int instances) {
        assertThat(server.send("POST", "/v2/pods", """
                        {"id": "%s", "networks": [{"mode": "host"}], "scaling": {"kind": "fixed", "instances": %d},
                         "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32},
                                         "endpoints": [{"name": "http"}]}]}""".formatted(id, instances)).status())
                .isEqualTo(201);
        server.awaitNoDeployment();
    }

    private static Answer kill(String path) {
        return server.send("DELETE", path, "");
    }

    private static Answer killAll(String pod, String body) {
        return server.send("DELETE", "/v2/pods" + pod + "::instances", body);
    }

    private static void awaitTwoOthersThan(String... killed) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(server.instances("/shop/pair")).hasSize(2).doesNotContain(killed));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> server.get("/v2/pods/shop/pair::status")
                        .body()
                        .get("status")
                        .asString()
                        .equals("STABLE"));
    }

    @Test
    void answersWithTheInstanceAsItWasAndReplacesIt() {
        List<String> before = server.instances("/shop/pair");
        String victim = before.getFirst();
        JsonNode shown = server.get("/v2/pods/shop/pair::status").body();

        Answer answer = kill("/v2/pods/shop/pair::instances/" + victim);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.http().headers().firstValue("Marathon-Deployment-Id")).isEmpty();
        JsonNode document = answer.body();
        assertThat(document.propertyNames())
                .containsExactly(
                        "instanceId", "agentInfo", "tasksMap", "runSpecVersion", "state", "unreachableStrategy");
        assertThat(document.at("/instanceId/idString").asString()).isEqualTo(victim);
        assertThat(document.at("/state/condition/str").asString()).isEqualTo("running");
        assertThat(document.at("/state/goal").asString()).isEqualTo("Running");
        assertThat(document.at("/state/since")).isEqualTo(shown.at("/instances/0/statusSince"));
        assertThat(document.get("agentInfo"))
                .hasToString("{\"host\":\"host-1\",\"agentId\":\"S0\",\"region\":\"north\",\"attributes\":[]}");
        JsonNode task = document.get("tasksMap").get(victim + ".c");
        assertThat(task.get("taskId").asString()).isEqualTo(victim + ".c");
        assertThat(task.at("/status/condition/str").asString()).isEqualTo("running");
        assertThat(task.at("/status/startedAt").asString()).isNotBlank();
        assertThat(task.at("/status/networkInfo"))
                .hasToString("{\"hostName\":\"host-1\",\"hostPorts\":[31000],"
                        + "\"ipAddresses\":[{\"ipAddress\":\"127.0.0.1\",\"protocol\":\"IPv4\"}]}");
        assertThat(document.get("runSpecVersion")).isEqualTo(shown.at("/spec/version"));
        assertThat(document.get("unreachableStrategy"))
                .hasToString("{\"inactiveAfterSeconds\":0,\"expungeAfterSeconds\":0}");
        awaitTwoOthersThan(victim);
        assertThat(server.instances("/shop/pair")).contains(before.getLast());
        assertThat(server.get("/v2/deployments").body()).isEmpty();
        assertThat(server.get("/v2/pods/shop/pair::status").body().get("terminationHistory"))
                .isEmpty();
    }

    @Test
    void killsThoseOfAListThatThePodHasEachOnce() {
        List<String> both = server.instances("/shop/pair");
        String ofAnother = server.instances("/shop/other").getFirst();

        Answer answer = killAll(
                "/shop/pair", """
                ["%s", "%s", "%s", "%s", "%s"]
                """.formatted(both.getLast(), UNKNOWN, ofAnother, both.getFirst(), both.getLast()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()
                        .valueStream()
                        .map(instance -> instance.at("/instanceId/idString").asString()))
                .containsExactlyElementsOf(both);
        awaitTwoOthersThan(both.getFirst(), both.getLast());
        assertThat(server.instances("/shop/other")).containsExactly(ofAnother);
    }

    @Test
    void doesNotKnowTheInstanceOfAnotherPod() {
        String ofAnother = server.instances("/shop/other").getFirst();

        Answer answer = kill("/v2/pods/shop/pair::instances/" + ofAnother);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("Task '" + ofAnother + "' does not exist");
        assertThat(server.instances("/shop/other")).containsExactly(ofAnother);
    }

    @Test
    void waitsUntilAWipedInstanceIsGone() throws Exception {
        String victim = server.instances("/shop/pair").getFirst();
        PromptCluster cluster = server.bean(PromptCluster.class);
        cluster.hold();
        try {
            CompletableFuture<Answer> answer =
                    CompletableFuture.supplyAsync(() -> kill("/v2/pods/shop/pair::instances/" + victim + "?wipe=true"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> server.instances("/shop/pair").size() == 3);
            assertThat(answer).isNotDone();
            cluster.release();
            assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(server.instances("/shop/pair")).doesNotContain(victim);
        } finally {
            cluster.release();
        }
        awaitTwoOthersThan(victim);
    }

    @Test
    void answersAWipeThatTakesTooLongWithoutTheEndOfIt() {
        String victim = server.instances("/shop/pair").getFirst();
        PromptCluster cluster = server.bean(PromptCluster.class);
        cluster.hold();
        try {
            Answer wiped = server.send("DELETE", "/v2/pods/shop/pair::instances?wipe=TRUE", "[\"" + victim + "\"]");
            assertThat(wiped.status()).isEqualTo(200);
            assertThat(wiped.body()).hasSize(1);
            assertThat(server.instances("/shop/pair")).contains(victim);
        } finally {
            cluster.release();
        }
        awaitTwoOthersThan(victim);
    }

    @Test
    void killsAnInstanceThatWaitsForAPlace() {
        server.send("POST", "/v2/pods", """
                {"id": "/unplaceable", "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""");
        await().atMost(Duration.ofSeconds(10)).until(() -> !waiting().isEmpty());
        String waiting = waiting().getFirst();

        Answer answer = kill("/v2/pods/unplaceable::instances/" + waiting);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/state/condition/str").asString()).isEqualTo("scheduled");
        assertThat(answer.body().has("agentInfo")).isFalse();
        assertThat(answer.body().get("tasksMap")).isEmpty();
        await().atMost(Duration.ofSeconds(10)).until(() -> !waiting().contains(waiting));
        assertThat(server.send("DELETE", "/v2/pods/unplaceable?force=true", "").status())
                .isEqualTo(202);
        server.awaitNoDeployment();
    }

    /** The API does not show them. */
    private static List<String> waiting() {
        return server.bean(JdbcTemplate.class)
                .query("select id from instance where pod_id = '/unplaceable'", (row, number) -> row.getString(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /nope         | shop_pair.instance-00000000-0000-0000-0000-000000000000 | 404 | Path '/nope' does not exist
            /shop/pair    | shop_pair.instance-00000000-0000-0000-0000-000000000000 | 404 | Task 'shop_pair.instance-00000000-0000-0000-0000-000000000000' does not exist
            /shop/pair    | shop_pair.marathon-00000000-0000-0000-0000-000000000000 | 404 | Task 'shop_pair.marathon-00000000-0000-0000-0000-000000000000' does not exist
            /shop/pair    | nonsense                                                | 422 | Object is not valid
            /nope         | nonsense                                                | 422 | Object is not valid
            /shop/pair    | shop_pair.instance-zzz                                  | 422 | Invalid UUID string: zzz
            /UPPER        | shop_pair.instance-zzz                                  | 422 | Object is not valid
            """)
    void refusesASingleKill(String pod, String instance, int status, String message) {
        Answer answer = kill("/v2/pods" + pod + "::instances/" + instance);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /nope      | []                     | 404 | Path '/nope' does not exist
            /shop/pair | `["nonsense"`          | 400 | Invalid JSON
            /shop/pair | `[] []`                | 400 | Invalid JSON
            /shop/pair | ``                     | 400 | Please specify data in JSON format
            /nope      | `{"ids": 1}`           | 422 | Invalid JSON
            /shop/pair | `["x.instance-y"]`     | 422 | Invalid UUID string: y
            """)
    void refusesAListOfKills(String pod, String body, int status, String message) {
        Answer answer = killAll(pod, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void saysWhereAListIsWrongAndKillsNothing() {
        String known = server.instances("/shop/pair").getFirst();

        assertThat(killAll("/shop/pair", "{\"ids\": 1}").body().get("details"))
                .hasToString("[{\"path\":\"\",\"errors\":[\"error.expected.jsarray\"]}]");
        assertThat(killAll("/shop/pair", "[1, \"" + known + "\"]").body().get("details"))
                .hasToString("[{\"path\":\"(0)\",\"errors\":[\"error.expected.jsstring\"]}]");
        JsonNode details = killAll("/shop/pair", "[\"" + known + "\", \"nonsense\"]")
                .body()
                .get("details");
        assertThat(details).hasSize(1);
        assertThat(details.at("/0/path").asString()).isEqualTo("(1)");
        assertThat(details.at("/0/errors/0").asString()).isEqualTo(FORM);
        assertThat(kill("/v2/pods/shop/pair::instances/nonsense").body().at("/details/0/path"))
                .hasToString("\"/\"");
        assertThat(server.instances("/shop/pair")).contains(known);
    }

    @Test
    void acceptsSlashesBeforeTheColonsAndBehindTheName() {
        assertThat(server.send("DELETE", "/v2/pods/shop/pair/::instances/", "[]")
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/v2/pods/shop/pair::instances").status()).isEqualTo(405);
    }
}
