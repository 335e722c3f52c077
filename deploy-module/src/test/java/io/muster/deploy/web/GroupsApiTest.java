package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Groups over HTTP. */
class GroupsApiTest {

    private static final List<String> MEMBERS = List.of("id", "apps", "pods", "groups", "dependencies", "version");

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of());
        assertThat(server.get("/v2/groups").http().body())
                .isEqualTo("{\"id\":\"/\",\"apps\":[],\"pods\":[],\"groups\":[],\"dependencies\":[],"
                        + "\"version\":\"1970-01-01T00:00:00.000Z\"}");
        for (String id : List.of("/shop/web", "/shop/api/v1", "/shop/api/v2", "/alone")) {
            create(id);
        }
        server.awaitNoDeployment();
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    private static Answer create(String id) {
        Answer created = server.send("POST", "/v2/pods", """
                {"id": "%s", "scaling": {"kind": "fixed", "instances": 1},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id));
        assertThat(created.status()).isEqualTo(201);
        return created;
    }

    private static List<String> ids(JsonNode documents) {
        return documents.valueStream().map(one -> one.get("id").asString()).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/groups", "/v2/groups/", "/v2/groups//"})
    void rootHoldsEverything(String path) {
        JsonNode root = server.get(path).body();

        assertThat(root.propertyNames()).containsExactlyElementsOf(MEMBERS);
        assertThat(ids(root.get("pods"))).contains("/alone");
        JsonNode shop = root.get("groups")
                .valueStream()
                .filter(group -> group.get("id").asString().equals("/shop"))
                .findFirst()
                .orElseThrow();
        assertThat(shop.propertyNames()).containsExactlyElementsOf(MEMBERS);
        assertThat(ids(shop.get("pods"))).containsExactly("/shop/web");
        assertThat(ids(shop.get("groups"))).containsExactly("/shop/api");
        assertThat(ids(shop.at("/groups/0/pods"))).containsExactly("/shop/api/v1", "/shop/api/v2");
    }

    @Test
    void podsInGroupsAreTheirStatusDocuments() {
        JsonNode pod = server.get("/v2/groups/shop").body().at("/pods/0");
        JsonNode status = server.get("/v2/pods/shop/web::status").body();

        for (String member : List.of("id", "spec", "status", "statusSince", "instances", "terminationHistory")) {
            assertThat(pod.get(member)).as(member).isEqualTo(status.get(member));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            embed=group.pods                          | 1 | 0
            embed=group.groups                        | 0 | 1
            embed=group.groups&embed=group.pods       | 1 | 1
            embed=group.apps&embed=group.apps.tasks   | 0 | 0
            embed=group.groups&embed=something        | 0 | 1
            """)
    void embedsSayWhatIsShown(String query, int pods, int groups) {
        JsonNode group = server.get("/v2/groups/shop?" + query).body();

        assertThat(group.propertyNames()).containsExactlyElementsOf(MEMBERS);
        assertThat(group.get("pods")).hasSize(pods);
        assertThat(group.get("groups")).hasSize(groups);
        assertThat(group.at("/groups/0/pods").size()).isEqualTo(pods == 1 && groups == 1 ? 2 : 0);
    }

    @Test
    void groupHasTheLatestVersionOfItsPods() {
        String version =
                server.get("/v2/pods/shop/api/v2").body().get("version").asString();

        assertThat(server.get("/v2/groups/shop/api").body().get("version").asString())
                .isEqualTo(version);
        assertThat(server.get("/v2/groups/shop/api/versions").body()).hasSize(2);
        assertThat(server.get("/v2/groups/shop/api/versions").body().get(1).asString())
                .isEqualTo(version);
        assertThat(server.get("/v2/groups/versions").status()).isEqualTo(200);
        assertThat(server.get("/v2/groups/shop/versions/" + version).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/nope, 404", "/shop/web, 404", "/shop/nope/versions, 404", "/SHOP, 422", "/a%20b, 422"})
    void whatIsNoGroupIsRefused(String group, int status) {
        Answer refused = server.get("/v2/groups" + group);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.message()).isNotEmpty();
    }

    @Test
    void manyPodsAreReadSomeAtATime() {
        IntStream.range(0, 205).forEach(i -> server.send("POST", "/v2/pods", """
                {"id": "/many/g%d/p%03d", "scaling": {"kind": "fixed", "instances": 0},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(i % 3, i)));

        JsonNode many = server.get("/v2/groups/many").body();

        assertThat(ids(many.get("groups"))).containsExactly("/many/g0", "/many/g1", "/many/g2");
        assertThat(many.get("groups")
                        .valueStream()
                        .mapToInt(group -> group.get("pods").size())
                        .sum())
                .isEqualTo(205);
        assertThat(ids(many.at("/groups/1/pods"))).isSorted().hasSize(68);
    }

    @Test
    void emptyGroupIsAcceptedAndLeavesNothing() {
        String group = "{\"id\": \"/empty/one\", \"apps\": [], \"groups\": [{\"id\": \"inner\", \"pods\": []}]}";

        Answer created = server.send("POST", "/v2/groups", group);
        Answer replaced = server.send("PUT", "/v2/groups/empty/one", "{\"apps\": [], \"groups\": []}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.http().headers().firstValue("Location")).contains("/v2/groups/empty/one");
        assertThat(replaced.status()).isEqualTo(200);
        for (Answer answer : List.of(created, replaced)) {
            String deployment = answer.body().get("deploymentId").asString();
            assertThat(answer.body().get("version").asString()).endsWith("Z");
            assertThat(answer.http().headers().firstValue("Marathon-Deployment-Id"))
                    .contains(deployment);
            assertThat(ids(server.get("/v2/deployments").body())).doesNotContain(deployment);
        }
        assertThat(server.send("PUT", "/v2/groups/empty?dryRun=true", "{}")
                        .http()
                        .body())
                .isEqualTo("{\"steps\":[]}");
        assertThat(server.get("/v2/groups/empty").status()).isEqualTo(404);
    }

    @Test
    void groupThatIsThereCannotBeCreated() {
        Answer refused = server.send("POST", "/v2/groups", "{\"id\": \"/shop/api\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.message()).isEqualTo("Group /shop/api is already created. Use PUT to change this group.");
        assertThat(refused.body().has("deployments")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id": "/g", "apps": [{"id": "a"}]}                   | /apps           | manages pods only
            {"id": "/g", "pods": [{"id": "a"}]}                   | /pods           | POST /v2/pods
            {"groups": [{}, {"id": "x", "apps": [{"id": "a"}]}]}  | /groups(1)/apps | manages pods only
            {"scaleBy": 2}                                        | /scaleBy        | manages pods only
            {"version": "2026-11-22T11:18:13.066Z"}               | /version        | manages pods only
            {"id": 7}                                             | /id             | error.expected.jsstring
            """)
    void groupOfAppsIsRefusedWithARemedy(String group, String path, String message) {
        for (String method : List.of("POST", "PUT")) {
            Answer refused = server.send(method, "/v2/groups", group);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body().at("/details/0/path").asString()).isEqualTo(path);
            assertThat(refused.body().at("/details/0/errors/0").asString()).contains(message);
        }
    }

    @Test
    void whatIsNoGroupAtAllIsRefused() {
        assertThat(server.send("POST", "/v2/groups", "{").status()).isEqualTo(400);
        assertThat(server.send("POST", "/v2/groups", "[]").status()).isEqualTo(422);
        assertThat(server.send("PUT", "/v2/groups/x", "").status()).isEqualTo(400);
        assertThat(server.send("PATCH", "/v2/groups/x", "{}").status()).isEqualTo(405);
    }
}
