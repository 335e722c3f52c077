package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What Muster is for, on the whole application with real processes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MainJobTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private MusterProcess muster;

    @BeforeAll
    void startMuster(@TempDir Path directory) {
        muster = MusterProcess.start(directory);
    }

    @AfterAll
    void stopMuster() {
        muster.close();
        assertThat(sleepers("31")).as("processes left behind").isZero();
    }

    @AfterEach
    void deleteAllPods() {
        muster.json("/v2/pods")
                .forEach(pod -> muster.send("DELETE", "/v2/pods" + pod.get("id").asString() + "?force=true", ""));
        await().atMost(PATIENCE).until(() -> muster.json("/v2/pods").isEmpty());
    }

    @Test
    void runsThePostedContainersAsProcesses() {
        HttpResponse<String> created = muster.send("POST", "/v2/pods", pod("/main/run", 2, 3100001, ""));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Marathon-Deployment-Id")).isPresent();
        muster.awaitNoDeployment();
        JsonNode status = muster.json("/v2/pods/main/run::status");
        assertThat(status.get("status").asString()).isEqualTo("STABLE");
        assertThat(status.get("instances")).hasSize(2);
        assertThat(sleepers("3100001")).isEqualTo(2);
    }

    @Test
    void showsANewVersionOnlyWhenItsDeploymentHasEnded() {
        String oneByOne = ", \"scheduling\": {\"upgrade\": {\"minimumHealthCapacity\": 1, \"maximumOverCapacity\": 0}}";
        muster.send("POST", "/v2/pods", pod("/main/roll", 3, 3100011, oneByOne));
        muster.awaitNoDeployment();
        String before = muster.version("/main/roll").orElseThrow();

        HttpResponse<String> update = muster.send("PUT", "/v2/pods/main/roll", pod("/main/roll", 3, 3100012, oneByOne));

        String after = MusterProcess.json(update).get("version").asString();
        assertThat(after).isGreaterThan(before);
        List<String> seenWhileRolling = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            Optional<String> shown = muster.version("/main/roll");
            String status =
                    muster.json("/v2/pods/main/roll::status").get("status").asString();
            boolean ended = muster.deployments().isEmpty();
            if (!ended) {
                seenWhileRolling.add(shown.orElseThrow() + " " + status);
            }
            return ended;
        });
        assertThat(seenWhileRolling).isNotEmpty().containsOnly(before + " STABLE");
        assertThat(muster.version("/main/roll")).contains(after);
        assertThat(sleepers("3100011")).isZero();
        assertThat(sleepers("3100012")).isEqualTo(3);
    }

    @Test
    void refusesAChangeWhileADeploymentRunsAndNamesIt() {
        muster.send("POST", "/v2/pods", tooLarge("/main/held"));
        String deployment = muster.deployments().getFirst();

        HttpResponse<String> refused = muster.send("PUT", "/v2/pods/main/held", pod("/main/held", 1, 3100021, ""));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(MusterProcess.json(refused).at("/deployments/0/id").asString())
                .isEqualTo(deployment);
        assertThat(happenings("/main/held"))
                .as("nothing of the refused change")
                .filteredOn(what -> !what.equals("BEGUN"))
                .containsExactly("CREATED", "SUBMITTED");
        HttpResponse<String> forced =
                muster.send("PUT", "/v2/pods/main/held?force=true", pod("/main/held", 1, 3100021, ""));
        assertThat(forced.statusCode()).isEqualTo(200);
        muster.awaitNoDeployment();
        assertThat(sleepers("3100021")).isEqualTo(1);
    }

    @Test
    void keepsTheHistoryOfAnIdAcrossDeleteAndReCreate() {
        muster.send("POST", "/v2/pods", pod("/main/again", 1, 3100031, ""));
        muster.awaitNoDeployment();
        String first = muster.version("/main/again").orElseThrow();
        assertThat(muster.send("DELETE", "/v2/pods/main/again", "").statusCode())
                .isEqualTo(202);
        await().atMost(PATIENCE).until(() -> muster.get("/v2/pods/main/again").statusCode() == 404);
        assertThat(sleepers("3100031")).isZero();
        assertThat(muster.get("/v2/pods/main/again::versions").statusCode()).isEqualTo(404);
        assertThat(muster.get("/v2/pods/main/again::versions/" + first).statusCode())
                .isEqualTo(200);

        muster.send("POST", "/v2/pods", pod("/main/again", 1, 3100032, ""));
        muster.awaitNoDeployment();

        assertThat(muster.json("/v2/pods/main/again::versions").valueStream().map(JsonNode::asString))
                .containsExactly(first, muster.version("/main/again").orElseThrow());
        assertThat(muster.json("/v2/pods/main/again::history")
                        .get("entries")
                        .valueStream()
                        .map(entry -> entry.get("what").asString()))
                .contains("CREATED", "EXPOSED", "DELETED");
    }

    @Test
    void replacesAKilledInstanceByAnotherOneWithoutADeployment() {
        muster.send("POST", "/v2/pods", pod("/main/kill", 2, 3100051, ""));
        muster.awaitNoDeployment();
        List<String> before = instances("/main/kill");

        HttpResponse<String> killed = muster.send("DELETE", "/v2/pods/main/kill::instances/" + before.getFirst(), "");

        assertThat(killed.statusCode()).isEqualTo(200);
        assertThat(killed.headers().firstValue("Marathon-Deployment-Id")).isEmpty();
        assertThat(MusterProcess.json(killed).at("/instanceId/idString").asString())
                .isEqualTo(before.getFirst());
        assertThat(MusterProcess.json(killed).at("/state/condition/str").asString())
                .isEqualTo("running");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(instances("/main/kill"))
                    .hasSize(2)
                    .contains(before.getLast())
                    .doesNotContain(before.getFirst());
            assertThat(muster.json("/v2/pods/main/kill::status").get("status").asString())
                    .isEqualTo("STABLE");
            assertThat(sleepers("3100051")).isEqualTo(2);
        });
        assertThat(muster.deployments()).isEmpty();
    }

    private List<String> instances(String pod) {
        return muster.json("/v2/pods" + pod + "::status")
                .get("instances")
                .valueStream()
                .map(instance -> instance.get("id").asString())
                .toList();
    }

    @Test
    void saysWhyAPodDoesNotComeUp() {
        muster.send("POST", "/v2/pods", crashing("/main/broken"));

        await().atMost(PATIENCE)
                .until(() -> !muster.json("/v2/pods/main/broken::status")
                        .get("terminationHistory")
                        .isEmpty());

        JsonNode status = muster.json("/v2/pods/main/broken::status");
        assertThat(status.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(status.at("/terminationHistory/0/message").asString()).isEqualTo("Command exited with status 3");
    }

    @Test
    void refusesImagesWithAReason() {
        String image = """
                {"id": "/main/image", "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32},
                 "image": {"kind": "DOCKER", "id": "nginx"}}]}""";
        muster.send("POST", "/v2/pods", image);

        await().atMost(PATIENCE)
                .until(() -> muster.json("/v2/pods/main/image::status")
                        .at("/terminationHistory/0/message")
                        .asString("")
                        .contains("image"));
    }

    @Test
    void answersEveryErrorAsJsonAndChangesNothing() {
        assertError(muster.send("POST", "/v2/pods", "{\"id\": "), 400);
        assertError(muster.send("POST", "/v2/pods", "{\"id\": \"/x\", \"containers\": 1}"), 422);
        assertError(muster.send("POST", "/v2/pods", "\"" + "x".repeat(1_100_000) + "\""), 413);
        assertError(muster.get("/v2/pods/nobody"), 404);
        assertError(muster.get("/v2/pods/nobody::status"), 404);
        assertError(muster.get("/v2/nothing/here"), 404);
        assertError(muster.get("/nothing"), 404);
        assertError(muster.send("PATCH", "/v2/pods", "{}"), 405);
        assertError(muster.send("PUT", "/v2/pods/nobody::status", "{}"), 405);
        assertThat(muster.get("/v2/pods").body()).isEqualTo("[]");
        assertThat(muster.get("/v2/pods/::status").body()).isEqualTo("[]");
    }

    @Test
    void refusesAnIdThatIsTaken() {
        muster.send("POST", "/v2/pods", pod("/main/taken", 0, 3100041, ""));
        muster.awaitNoDeployment();

        HttpResponse<String> second = muster.send("POST", "/v2/pods", pod("/main/taken", 1, 3100041, ""));

        assertError(second, 409);
        assertThat(MusterProcess.json(second).has("deployments")).isFalse();
    }

    @Test
    void exportsItsMetrics() {
        await().untilAsserted(() -> assertThat(
                        muster.get("/actuator/prometheus").body())
                .contains("muster_leader 1.0", "muster_engine_round_seconds", "muster_mesos_offers_received_total"));
    }

    private List<String> happenings(String pod) {
        return muster.json("/v2/pods" + pod + "::history?order=asc")
                .get("entries")
                .valueStream()
                .map(entry -> entry.get("what").asString())
                .toList();
    }

    private static void assertError(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(MusterProcess.json(response).get("message").asString()).isNotBlank();
    }

    /** How many processes of this machine sleep for a time that begins with these digits. */
    static long sleepers(String digits) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(command -> command.contains("sleep " + digits))
                        .isPresent())
                .count();
    }

    static String pod(String id, int instances, int sleep, String more) {
        return """
                {"id": "%s", "networks": [{"mode": "host"}], "scaling": {"kind": "fixed", "instances": %d},
                 "containers": [{"name": "sleeper", "exec": {"command": {"shell": "exec sleep %d"}},
                                 "resources": {"cpus": 0.1, "mem": 32}}]%s}""".formatted(id, instances, sleep, more);
    }

    /** Ends at once, and could not become ready in between: its first health check is later. */
    private static String crashing(String id) {
        return """
                {"id": "%s", "containers": [{"name": "quitter", "exec": {"command": {"shell": "exit 3"}},
                 "resources": {"cpus": 0.1, "mem": 32},
                 "healthCheck": {"exec": {"command": {"shell": "true"}}}}]}""".formatted(id);
    }

    /** Waits for ever for an agent that has room. */
    private static String tooLarge(String id) {
        return """
                {"id": "%s", "containers": [{"name": "giant", "exec": {"command": {"shell": "exit 0"}},
                 "resources": {"cpus": 1000, "mem": 32}}]}""".formatted(id);
    }
}
