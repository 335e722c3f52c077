package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.web.DeployServer.Answer;
import io.muster.history.History;
import io.muster.history.NewVersion;
import io.muster.history.PodId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What deployments promise to clients, over HTTP and with what is stored. */
class DeploymentBehavioursTest {

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
    void release() {
        cluster.release();
        server.awaitNoDeployment();
    }

    @Test
    void aCreationIsListedWithItsStepsWhenItsAnswerArrives() {
        Answer created = post("/unplaceable", 2, "x");

        assertThat(created.status()).isEqualTo(201);
        JsonNode listed = server.get("/v2/deployments").body();
        assertThat(listed).hasSize(1);
        assertThat(listed.at("/0/id").asString()).isEqualTo(deployment(created));
        assertThat(steps(listed.get(0))).containsExactly("StartPod", "ScalePod");
        assertThat(listed.get(0).propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "version",
                        "affectedApps",
                        "affectedPods",
                        "steps",
                        "currentActions",
                        "currentStep",
                        "totalSteps");
        for (String query : List.of("?extended=true", "?state=running", "/" + deployment(created))) {
            JsonNode more = server.get("/v2/deployments" + query).body();
            assertThat((more.isArray() ? more.get(0) : more).propertyNames())
                    .as(query)
                    .contains("id", "totalSteps", "state", "createdAt", "onFailure", "failures", "progress");
        }
        assertThat(server.send("DELETE", "/v2/pods/unplaceable?force=true", "").status())
                .isEqualTo(202);
    }

    @Test
    void aChangedDefinitionIsOneStepThatStartsAllNewInstancesBesideTheOldOnes() {
        post("/rolled", 3, "old");
        server.awaitNoDeployment();
        cluster.hold();

        Answer changed = put("/rolled", 3, "new", "");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(steps(server.get("/v2/deployments").body().get(0))).containsExactly("RestartPod");
        soon(() -> assertThat(server.instances("/rolled")).hasSize(6));
        soon(() -> assertThat(cluster.holdsKills()).isTrue());
        cluster.release();
        server.awaitNoDeployment();
        assertThat(server.instances("/rolled")).hasSize(3);
    }

    @Test
    void aSecondChangeIsRefusedWithTheRunningDeploymentAndLeavesNeitherVersionNorEvent() {
        String running = update("/locked");
        List<String> before = deploymentsInEvents("/locked");

        Answer refused = put("/locked", 1, "third", "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/deployments/0/id").asString()).isEqualTo(running);
        assertThat(count("select count(*) from pod_version where pod_id = '/locked'"))
                .isEqualTo(2);
        assertThat(deploymentsInEvents("/locked")).isEqualTo(before).contains(running);
    }

    @Test
    void theLockOutlastsARefusedChangeAndTheKillOfAnInstance() {
        String running = update("/held");
        put("/held", 1, "third", "");

        assertThat(server.send(
                                "DELETE",
                                "/v2/pods/held::instances/"
                                        + server.instances("/held").getFirst(),
                                "")
                        .status())
                .isEqualTo(200);

        Answer refused = put("/held", 1, "fourth", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/deployments/0/id").asString()).isEqualTo(running);
    }

    @Test
    void aForcedChangeSupersedesTheRunningOneAndReplacesTheInstancesOfBoth() {
        post("/forced", 2, "one");
        server.awaitNoDeployment();
        List<String> first = server.instances("/forced");
        cluster.hold();
        String second = deployment(put("/forced", 2, "two", ""));
        soon(() -> assertThat(server.instances("/forced")).hasSize(4));
        List<String> both = server.instances("/forced");

        Answer forced = put("/forced", 2, "three", "?force=true");

        assertThat(forced.status()).isEqualTo(200);
        assertThat(texts("select state from deployment where id = '" + second + "'"))
                .containsExactly("SUPERSEDED");
        assertThat(texts("select body::jsonb ->> 'id' from event where type = 'deployment_failed'"))
                .contains(second);
        cluster.release();
        server.awaitNoDeployment();
        assertThat(both).containsAll(first);
        assertThat(server.instances("/forced")).hasSize(2).doesNotContainAnyElementsOf(both);
    }

    /** The connection is cut before each of its statements in turn: what a killed process leaves is no more than that. */
    @Test
    void aForcedChangeThatIsCutOffAnywhereLeavesExactlyOneDeployment() {
        String running = update("/cut");
        Statements statements = server.bean(Statements.class);
        int cut = 0;
        Answer forced;
        do {
            statements.breakAfter(++cut);
            forced = put("/cut", 1, "third", "?force=true");
            if (forced.status() != 200) {
                assertThat(running("/cut")).as("cut before statement %s", cut).containsExactly(running);
                assertThat(count("select count(*) from pod_version where pod_id = '/cut'"))
                        .isEqualTo(2);
            }
            assertThat(cut).isLessThan(100);
        } while (!statements.breakNoMore());

        assertThat(cut).as("statements of a forced change").isGreaterThan(5);
        assertThat(running("/cut")).containsExactly(deployment(forced));
    }

    @Test
    void aCreationOfWhatIsThereIsRefusedWithoutADeploymentForcedOrNot() {
        post("/taken", 0, "x");
        server.awaitNoDeployment();

        for (String query : List.of("", "?force=true")) {
            Answer refused = server.send("POST", "/v2/pods" + query, pod("/taken", 1, "y"));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().has("deployments")).isFalse();
        }
    }

    @Test
    void aDeletionIsAnsweredWithItsDeploymentAndNothingElse() {
        post("/deleted", 1, "x");
        server.awaitNoDeployment();
        cluster.hold();

        Answer deleted = server.send("DELETE", "/v2/pods/deleted", "");

        assertThat(deleted.status()).isEqualTo(202);
        assertThat(deleted.http().body()).isEmpty();
        assertThat(running("/deleted")).containsExactly(deployment(deleted));
        cluster.release();
        server.awaitNoDeployment();
        assertThat(server.get("/v2/pods/deleted").status()).isEqualTo(404);
    }

    @Test
    void ofManyVersionsNoneIsEverLost() {
        post("/many", 0, "first");
        server.awaitNoDeployment();
        History history = server.bean(History.class);
        var next = new NewVersion(
                PodId.of("/many"),
                1,
                "hash",
                texts("select definition from pod_version where pod_id = '/many'")
                        .getFirst(),
                Optional.empty());
        int versions = 500;
        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(transaction -> {
            for (int i = 1; i < versions; i++) {
                history.append(next);
            }
        });

        assertThat(count("select count(distinct version) from pod_version where pod_id = '/many'"))
                .isEqualTo(versions);
        for (String version : texts("select to_char(version at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
                + " from pod_version where pod_id = '/many'")) {
            assertThat(server.get("/v2/pods/many::versions/" + version).status())
                    .as(version)
                    .isEqualTo(200);
        }
    }

    /** Begins an update that does not end while kills are held. Returns its deployment. */
    private static String update(String pod) {
        post(pod, 1, "first");
        server.awaitNoDeployment();
        cluster.hold();
        String deployment = deployment(put(pod, 1, "second", ""));
        soon(() -> assertThat(server.instances(pod)).hasSize(2));
        return deployment;
    }

    private static List<String> running(String pod) {
        return texts(
                "select id::text from deployment where pod_id = '" + pod + "' and state in ('SUBMITTED', 'ROLLING')");
    }

    private static List<String> deploymentsInEvents(String pod) {
        return texts(
                "select distinct coalesce(body::jsonb #>> '{plan,id}', body::jsonb ->> 'id') from event where pod_id = '"
                        + pod + "' and type like 'deployment%' order by 1");
    }

    private static List<String> texts(String sql) {
        return sql(sql).query((row, number) -> row.getString(1)).list();
    }

    private static long count(String sql) {
        return sql(sql).query(Long.class).single();
    }

    private static JdbcClient.StatementSpec sql(String sql) {
        return JdbcClient.create(server.bean(DataSource.class)).sql(sql);
    }

    private static List<String> steps(JsonNode deployment) {
        return deployment
                .get("steps")
                .valueStream()
                .flatMap(step -> step.get("actions").valueStream())
                .map(action -> action.get("action").asString())
                .toList();
    }

    private static String deployment(Answer answer) {
        return answer.http().headers().firstValue("Marathon-Deployment-Id").orElseThrow();
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(assertion);
    }

    private static Answer post(String id, int instances, String label) {
        return server.send("POST", "/v2/pods", pod(id, instances, label));
    }

    private static Answer put(String id, int instances, String label, String query) {
        return server.send("PUT", "/v2/pods" + id + query, pod(id, instances, label));
    }

    private static String pod(String id, int instances, String label) {
        return """
                {"id": "%s", "labels": {"l": "%s"}, "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32}}]}""".formatted(id, label, instances);
    }
}
