package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.engine.EngineStore;
import io.muster.deploy.web.DeployServer.Answer;
import io.muster.history.Version;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What users do with deployments over HTTP, and what is shown of them. */
class DeploymentsApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @SuppressWarnings("NullAway.Init")
    private static PromptCluster cluster;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of());
        cluster = server.bean(PromptCluster.class);
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    @AfterEach
    void letGo() {
        cluster.release();
        server.awaitNoDeployment();
    }

    @Test
    void anUpdateThatIsUndoneLeavesInstancesAloneThatStillRunTheOriginal() {
        JsonNode v1 = create("/undo/update", 3);
        List<String> originals = server.instances("/undo/update");
        String update = updateUntilAKillIsHeld("/undo/update", 3);
        String v2 = deployment(update).get("version").asString();

        Answer undone = server.send("DELETE", "/v2/deployments/" + update + "?reason=crashes", "");

        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.body().propertyNames()).containsExactlyInAnyOrder("version", "deploymentId");
        String undoing = undone.body().get("deploymentId").asString();
        assertThat(undone.http().headers().firstValue("Marathon-Deployment-Id")).contains(undoing);
        assertThat(deployment(update).get("state").asString()).isEqualTo("ROLLED_BACK");
        assertThat(deployment(update).get("endedFor").asString()).isEqualTo(undoing);
        assertThat(deployment(undoing).get("rollsBack").asString()).isEqualTo(update);
        assertThat(deployment(undoing).get("reason").asString()).isEqualTo("crashes");
        assertThat(deployment(undoing).get("onFailure").asString()).isEqualTo("continue");

        cluster.release();
        server.awaitNoDeployment();
        JsonNode now = pod("/undo/update");
        String v3 = undone.body().get("version").asString();
        assertThat(now.get("version").asString()).isEqualTo(v3).isGreaterThan(v2);
        assertThat(now.get("labels")).isEqualTo(v1.get("labels"));
        assertThat(server.instances("/undo/update"))
                .hasSize(3)
                .filteredOn(originals::contains)
                .hasSize(2);
        assertThat(happenings("/undo/update"))
                .containsExactly(
                        "CREATED", "SUBMITTED", "EXPOSED", "SUBMITTED", "ROLLED_BACK " + v2, "SUBMITTED", "EXPOSED");
    }

    @Test
    void aCreateThatIsUndoneLeavesNoPodAndAHistory() {
        String creation = post("/unplaceable", 1)
                .http()
                .headers()
                .firstValue("Marathon-Deployment-Id")
                .orElseThrow();
        String version = pod("/unplaceable").get("version").asString();

        assertThat(server.send("DELETE", "/v2/deployments/" + creation, "").status())
                .isEqualTo(200);
        server.awaitNoDeployment();

        assertThat(server.get("/v2/pods/unplaceable").status()).isEqualTo(404);
        assertThat(happenings("/unplaceable"))
                .endsWith("CREATED", "SUBMITTED", "ROLLED_BACK " + version, "DELETE_ACCEPTED", "DELETED");
    }

    @Test
    void aDeleteThatIsUndoneLetsThePodLiveOnAtTheSameVersion() {
        JsonNode v1 = create("/undo/delete", 2);
        cluster.hold();
        String delete = header(server.send("DELETE", "/v2/pods/undo/delete", ""));
        await().atMost(PATIENCE).until(cluster::holdsKills);

        Answer undone = server.send("DELETE", "/v2/deployments/" + delete, "");
        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.body().get("version")).isEqualTo(v1.get("version"));
        cluster.release();
        server.awaitNoDeployment();

        assertThat(pod("/undo/delete")).isEqualTo(v1);
        assertThat(status("/undo/delete")).isEqualTo("STABLE");
        assertThat(server.instances("/undo/delete")).hasSize(2);
        assertThat(happenings("/undo/delete")).endsWith("DELETE_ACCEPTED", "ROLLED_BACK", "EXPOSED");
    }

    @Test
    void aCancelledUpdateShowsItsTargetAndReplacesNothingMore() {
        create("/cancel/update", 3);
        String update = updateUntilAKillIsHeld("/cancel/update", 3);
        JsonNode v2 = deployment(update).get("version");

        Answer cancelled = server.send("DELETE", "/v2/deployments/" + update + "?force=true", "");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.http().body()).isEmpty();
        assertThat(server.get("/v2/deployments").body()).isEmpty();
        assertThat(deployment(update).get("state").asString()).isEqualTo("CANCELLED");
        assertThat(pod("/cancel/update").get("version")).isEqualTo(v2);
        assertThat(status("/cancel/update")).isEqualTo("DEGRADED");
        cluster.release();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(server.instances("/cancel/update")).hasSize(3));
        assertThat(instanceVersions("/cancel/update")).contains(v2.asString()).hasSize(2);
        assertThat(status("/cancel/update")).as("not all are current").isEqualTo("DEGRADED");
        assertThat(happenings("/cancel/update")).endsWith("SUBMITTED", "CANCELLED " + v2.asString(), "EXPOSED");

        assertThat(server.send("POST", "/v2/pods/cancel/update::restart", "").status())
                .isEqualTo(200);
        server.awaitNoDeployment();
        assertThat(status("/cancel/update")).isEqualTo("STABLE");
    }

    @Test
    void aCancelledDeleteLetsThePodLiveOn() {
        JsonNode v1 = create("/cancel/delete", 2);
        cluster.hold();
        String delete = header(server.send("DELETE", "/v2/pods/cancel/delete", ""));
        await().atMost(PATIENCE).until(cluster::holdsKills);

        assertThat(server.send("DELETE", "/v2/deployments/" + delete + "?force=true", "")
                        .status())
                .isEqualTo(202);
        cluster.release();

        await().atMost(PATIENCE).until(() -> status("/cancel/delete").equals("STABLE"));
        assertThat(pod("/cancel/delete")).isEqualTo(v1);
        assertThat(server.instances("/cancel/delete")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"DELETE, ''", "DELETE, ?force=true", "POST, ::pause", "POST, ::resume"})
    void whatDoesNotRunCannotBeChanged(String method, String suffix) {
        String ended = header(post("/ended" + method.toLowerCase(Locale.ROOT) + suffix.length(), 0));
        server.awaitNoDeployment();

        for (String id : List.of(ended, UUID.randomUUID().toString(), "nonsense")) {
            Answer refused = server.send(method, "/v2/deployments/" + id + suffix, "");
            assertThat(refused.status()).as(id).isEqualTo(404);
            assertThat(refused.message()).isEqualTo("Deployment '" + id + "' does not exist, or has ended");
        }
        assertThat(server.get("/v2/deployments/" + ended).status()).isEqualTo(200);
        assertThat(server.get("/v2/deployments/nonsense").message()).isEqualTo("Deployment 'nonsense' does not exist");
    }

    @Test
    void aPausedDeploymentHoldsThePodAndGoesOnWhenItIsResumed() {
        create("/pause", 3);
        String update = updateUntilAKillIsHeld("/pause", 3);
        assertThat(deployment(update).get("progress").toString())
                .isEqualTo("{\"ready\":1,\"target\":3,\"oldAlive\":3}");

        Answer paused = server.send("POST", "/v2/deployments/" + update + "::pause?reason=lunch", "");
        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.body().get("state").asString()).isEqualTo("PAUSED");
        assertThat(paused.body().get("message").asString()).isEqualTo("lunch");
        assertThat(server.send("POST", "/v2/deployments/" + update + "::pause", "")
                        .message())
                .isEqualTo("Deployment '" + update + "' is paused already");
        Answer locked = server.send("PUT", "/v2/pods/pause", definition("/pause", 3, "z"));
        assertThat(locked.status()).isEqualTo(409);
        assertThat(locked.body().at("/deployments/0/id").asString()).isEqualTo(update);
        assertThat(locked.message())
                .matches("App is locked by .* It is held for \\d+ s by deployment " + update + "\\.");

        cluster.release();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.instances("/pause")).hasSize(3));
        assertThat(deployment(update).get("state").asString()).isEqualTo("PAUSED");
        assertThat(server.send("POST", "/v2/deployments/" + update + "::resume", "")
                        .body()
                        .get("state")
                        .asString())
                .isEqualTo("ROLLING");
        server.awaitNoDeployment();
        assertThat(pod("/pause").at("/labels/l").asString()).isEqualTo("y");
        assertThat(happenings("/pause")).endsWith("SUBMITTED", "PAUSED", "RESUMED", "EXPOSED");
    }

    @Test
    void aRestartReplacesInstancesAndNotTheVersion() {
        JsonNode v1 = create("/again", 2);
        List<String> before = server.instances("/again");
        JsonNode plan =
                server.send("POST", "/v2/pods/again::restart?dryRun=true", "").body();
        assertThat(plan.at("/instances/replaced").asInt()).isEqualTo(2);
        assertThat(plan.at("/steps/0/actions/0/action").asString()).isEqualTo("RestartPod");
        assertThat(plan.get("changes")).isEmpty();
        assertThat(server.get("/v2/deployments").body()).isEmpty();
        cluster.hold();

        Answer restarted = server.send("POST", "/v2/pods/again::restart", "");
        assertThat(restarted.status()).isEqualTo(200);
        assertThat(restarted.body()).isEqualTo(v1);
        assertThat(server.send("POST", "/v2/pods/again::restart", "").status()).isEqualTo(409);
        assertThat(server.send("POST", "/v2/pods/nobody::restart", "").status()).isEqualTo(404);
        cluster.release();
        server.awaitNoDeployment();

        assertThat(server.instances("/again")).hasSize(2).doesNotContainAnyElementsOf(before);
        assertThat(pod("/again")).isEqualTo(v1);
        assertThat(happenings("/again")).endsWith("EXPOSED", "RESTART_ACCEPTED", "EXPOSED");
    }

    @Test
    void aRestartThatIsUndoneStaysAtItsVersionAndLeavesTheRestAlone() {
        JsonNode v1 = create("/undo/again", 3);
        List<String> originals = server.instances("/undo/again");
        cluster.hold();
        String restart = header(server.send("POST", "/v2/pods/undo/again::restart", ""));
        await().atMost(PATIENCE).until(cluster::holdsKills);

        Answer undone = server.send("DELETE", "/v2/deployments/" + restart, "");
        assertThat(undone.status()).isEqualTo(200);
        assertThat(undone.body().get("version")).isEqualTo(v1.get("version"));
        cluster.release();
        server.awaitNoDeployment();

        assertThat(pod("/undo/again")).isEqualTo(v1);
        assertThat(server.instances("/undo/again"))
                .hasSize(3)
                .filteredOn(originals::contains)
                .hasSize(2);
        assertThat(happenings("/undo/again")).endsWith("RESTART_ACCEPTED", "ROLLED_BACK", "EXPOSED");
    }

    @Test
    void aDeploymentThatTakesTooLongIsUndoneIfItsRequestSaysSo() {
        create("/late", 3);
        cluster.hold();
        String update = header(
                server.send("PUT", "/v2/pods/late?onFailure=rollback&timeoutSeconds=1", definition("/late", 3, "y")));
        assertThat(deployment(update).get("timeoutSeconds").asInt()).isEqualTo(1);

        await().atMost(PATIENCE)
                .until(() -> deployment(update).get("state").asString().equals("FAILED"));
        assertThat(deployment(update).get("message").asString()).isEqualTo("it is not complete after 1 s");
        String undoing = deployment(update).get("endedFor").asString();
        assertThat(deployment(undoing).get("rollsBack").asString()).isEqualTo(update);
        cluster.release();
        server.awaitNoDeployment();

        assertThat(pod("/late").at("/labels/l").asString()).isEqualTo("x");
        String v2 = deployment(update).get("version").asString();
        assertThat(happenings("/late")).endsWith("SUBMITTED", "FAILED " + v2, "SUBMITTED", "EXPOSED");
    }

    @Test
    void aDeploymentThatTakesTooLongIsPausedIfItsRequestSaysSo() {
        create("/slow", 3);
        cluster.hold();
        String update = header(server.send(
                "PUT", "/v2/pods/slow?onFailure=pause&timeoutSeconds=1&maxFailures=7", definition("/slow", 3, "y")));

        await().atMost(PATIENCE)
                .until(() -> deployment(update).get("state").asString().equals("PAUSED"));
        assertThat(deployment(update).get("maxFailures").asInt()).isEqualTo(7);
        assertThat(happenings("/slow")).endsWith("SUBMITTED", "PAUSED");
        cluster.release();
        assertThat(server.send("DELETE", "/v2/deployments/" + update + "?force=true", "")
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "onFailure=explode",
                "timeoutSeconds=0",
                "timeoutSeconds=soon",
                "maxFailures=-1",
                "reason=a%00b",
            })
    void refusesParametersThatMeanNothing(String parameter) {
        Answer refused = server.send("PUT", "/v2/pods/parameters?" + parameter, definition("/parameters", 0, "x"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).startsWith(parameter.substring(0, parameter.indexOf('=')) + " must ");
        assertThat(server.get("/v2/pods/parameters").status()).isEqualTo(404);
    }

    @Test
    void listsAllThatEverRanTheNewestFirstPageByPage() {
        String first = header(post("/list/a", 0));
        server.awaitNoDeployment();
        String second = header(server.send("DELETE", "/v2/pods/list/a", ""));
        server.awaitNoDeployment();

        Answer page = server.get("/v2/deployments?state=all&limit=1");
        assertThat(page.body()).hasSize(1);
        assertThat(page.body().at("/0/id").asString()).isEqualTo(second);
        assertThat(page.body().at("/0/state").asString()).isEqualTo("SUCCEEDED");
        assertThat(page.body().get(0).has("progress")).isFalse();
        String link = page.http().headers().firstValue("Link").orElseThrow();
        assertThat(link).isEqualTo("</v2/deployments?limit=1&after=" + second + "&state=all>; rel=\"next\"");
        Answer next = server.get(link.substring(1, link.indexOf('>')));
        assertThat(next.body().at("/0/id").asString()).isEqualTo(first);
        assertThat(server.get("/v2/deployments?state=all&after=nobody").status())
                .isEqualTo(422);
        assertThat(server.get("/v2/deployments?state=all&after=" + UUID.randomUUID())
                        .body())
                .isEmpty();
    }

    @Test
    void aRowThatCannotBeReadFailsAlone() {
        JsonNode v1 = create("/broken", 3);
        create("/whole", 3);
        String broken = updateUntilAKillIsHeld("/broken", 3);
        String whole = header(server.send("PUT", "/v2/pods/whole", definition("/whole", 3, "y")));
        await().atMost(PATIENCE).until(() -> deployment(whole).has("startedAt"));
        server.bean(JdbcTemplate.class)
                .update("update deployment set started_at = null where id = ?", UUID.fromString(broken));
        assertThat(server.get("/v2/deployments").body())
                .extracting(one -> one.get("id").asString())
                .containsExactly(whole);

        server.bean(EngineStore.class).load();

        assertThat(deployment(broken).get("state").asString()).isEqualTo("FAILED");
        assertThat(deployment(broken).get("message").asString()).isEqualTo("what is stored of it cannot be read");
        assertThat(pod("/broken")).isEqualTo(v1);
        assertThat(happenings("/broken")).last().asString().startsWith("FAILED");
        assertThat(deployment(whole).get("state").asString()).isEqualTo("ROLLING");
        cluster.release();
        server.awaitNoDeployment();
        assertThat(pod("/whole").at("/labels/l").asString()).isEqualTo("y");
    }

    /** One new instance is ready, and the first old one is to end, and does not. */
    private static String updateUntilAKillIsHeld(String id, int instances) {
        cluster.hold();
        String update = header(server.send("PUT", "/v2/pods" + id, definition(id, instances, "y")));
        await().atMost(PATIENCE).until(cluster::holdsKills);
        return update;
    }

    private static JsonNode create(String id, int instances) {
        assertThat(post(id, instances).status()).isEqualTo(201);
        server.awaitNoDeployment();
        return pod(id);
    }

    private static Answer post(String id, int instances) {
        return server.send("POST", "/v2/pods", definition(id, instances, "x"));
    }

    /** Replaced one by one, with one more than wanted for a while. */
    private static String definition(String id, int instances, String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "scaling": {"kind": "fixed", "instances": %d},
                 "scheduling": {"upgrade": {"minimumHealthCapacity": 1, "maximumOverCapacity": 0}},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label, instances);
    }

    private static String header(Answer accepted) {
        return accepted.http().headers().firstValue("Marathon-Deployment-Id").orElseThrow();
    }

    private static JsonNode deployment(String id) {
        Answer answer = server.get("/v2/deployments/" + id);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode pod(String id) {
        return server.get("/v2/pods" + id).body();
    }

    private static String status(String id) {
        return server.get("/v2/pods" + id + "::status").body().get("status").asString();
    }

    private static List<String> instanceVersions(String id) {
        return server.get("/v2/pods" + id + "::status")
                .body()
                .get("instances")
                .valueStream()
                .map(instance -> instance.get("specReference").asString().replaceFirst(".*::versions/", ""))
                .map(text -> Version.parse(text).orElseThrow().toString())
                .distinct()
                .toList();
    }

    /**
     * What happened, the earliest first, with the version where something happened to it that is not the usual. When the
     * engine began is left out: it may be before or after what somebody does next.
     */
    private static List<String> happenings(String id) {
        List<String> unusual = List.of("ROLLED_BACK", "CANCELLED", "FAILED");
        return server.get("/v2/pods" + id + "::history?order=asc")
                .body()
                .get("entries")
                .valueStream()
                .map(entry -> {
                    String what = entry.get("what").asString();
                    return unusual.contains(what) && entry.has("version")
                            ? what + " " + entry.get("version").asString()
                            : what;
                })
                .filter(what -> !what.equals("BEGUN"))
                .toList();
    }
}
