package io.muster.deploy.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.web.DeployServer.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The launch queue and the explanation of a pod, over HTTP. */
class QueueApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String POD = """
            {"id": "%s", "scaling": {"kind": "fixed", "instances": 1},
             "scheduling": {"backoff": {"backoff": 3600, "backoffFactor": 1.15, "maxLaunchDelay": 7200}},
             "containers": [{"name": "c", "resources": {"cpus": 0.1, "mem": 32},
             "exec": {"command": {"shell": "sleep 1"}}}]}""";

    @SuppressWarnings("NullAway.Init")
    private static DeployServer server;

    @BeforeAll
    static void start() {
        server = new DeployServer(Map.of());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
    }

    @Test
    void anInstanceThatFitsNowhereIsShownWithTheFunnelOfRefusals() {
        assertThat(server.send("POST", "/v2/pods", POD.formatted("/unplaceable"))
                        .status())
                .isEqualTo(201);
        await().atMost(PATIENCE)
                .until(() -> entry("/unplaceable", "")
                                .at("/processedOffersSummary/processedOffersCount")
                                .asInt()
                        >= 2);

        JsonNode entry = entry("/unplaceable", "?embed=lastUnusedOffers");

        assertThat(entry.propertyNames())
                .containsExactlyInAnyOrder(
                        "count", "delay", "since", "processedOffersSummary", "lastUnusedOffers", "pod");
        assertThat(entry.get("count").asInt()).isEqualTo(1);
        assertThat(entry.get("delay")).hasToString("{\"timeLeftSeconds\":0,\"overdue\":true}");
        JsonNode reasons = entry.at("/processedOffersSummary/rejectSummaryLastOffers");
        assertThat(reasons.valueStream().map(reason -> reason.get("reason").asString()))
                .containsExactly(
                        "UnfulfilledRole",
                        "UnfulfilledConstraint",
                        "NoCorrespondingReservationFound",
                        "AgentMaintenance",
                        "InsufficientCpus",
                        "InsufficientMemory",
                        "InsufficientDisk",
                        "InsufficientGpus",
                        "InsufficientPorts",
                        "DeclinedScarceResources");
        assertThat(reasons.get(4)).hasToString("{\"reason\":\"InsufficientCpus\",\"declined\":2,\"processed\":2}");
        assertThat(reasons.get(5).get("processed").asInt()).isZero();
        assertThat(entry.at("/lastUnusedOffers/0/reason/0").asString()).isEqualTo("InsufficientCpus");
        assertThat(entry.at("/lastUnusedOffers/0/offer"))
                .hasToString("{\"id\":\"O9\",\"hostname\":\"host-9\",\"agentId\":\"S9\",\"resources\":"
                        + "[{\"name\":\"cpus\",\"role\":\"*\",\"scalar\":0.2},"
                        + "{\"name\":\"ports\",\"role\":\"*\",\"ranges\":[{\"begin\":31000,\"end\":31999}]}],"
                        + "\"attributes\":[{\"name\":\"rack\",\"text\":\"r7\"}]}");
        assertThat(entry.at("/pod/scheduling/placement").isObject()).isTrue();
        assertThat(entry.at("/pod/executorResources").isObject()).isTrue();
        assertThat(entry("/unplaceable", "").has("lastUnusedOffers")).isFalse();

        JsonNode explained = server.get("/v2/pods/unplaceable::explain").body();
        assertThat(explained.at("/causes/0/cause").asString()).isEqualTo("OFFERS_REFUSED");
        assertThat(explained.at("/causes/0/refusals/0"))
                .hasToString("{\"reason\":\"InsufficientCpus\",\"offers\":2,"
                        + "\"message\":\"needed 4 cpus, largest offer has 0.2\"}");
        assertThat(explained.at("/deployment/kind").asString()).isEqualTo("CREATE");
    }

    @Test
    void aFailedPodWaitsUntilItsDelayIsReset() {
        String pod = "/shop/flaky";
        assertThat(server.send("POST", "/v2/pods", POD.formatted(pod)).status()).isEqualTo(201);
        server.awaitNoDeploymentOf(pod);
        String failed = server.instances(pod).getFirst();
        server.bean(PromptCluster.class).report(new TaskId(failed + ".c"), TaskState.FAILED, Optional.empty());
        await().atMost(PATIENCE).until(() -> !entry(pod, "").isMissingNode());

        JsonNode delay = entry(pod, "").get("delay");
        assertThat(delay.get("overdue").asBoolean()).isFalse();
        assertThat(delay.get("timeLeftSeconds").asInt()).isBetween(3500, 3600);
        assertThat(server.get("/v2/pods" + pod + "::explain")
                        .body()
                        .at("/causes/0/cause")
                        .asString())
                .isEqualTo("BACK_OFF");

        Answer reset = server.send("DELETE", "/v2/queue/" + pod + "/delay", "");
        assertThat(reset.status()).isEqualTo(204);
        assertThat(reset.http().body()).isEmpty();
        await().atMost(PATIENCE).until(() -> server.instances(pod).size() == 1);
        await().atMost(PATIENCE).until(() -> entry(pod, "").isMissingNode());
        assertThat(server.instances(pod)).isNotEqualTo(List.of(failed));
    }

    @Test
    void theDelayOfAPodThatDoesNotWaitCannotBeReset() {
        assertThat(server.send("DELETE", "/v2/queue/nobody/delay", "").message())
                .isEqualTo("No instance of '/nobody' is in the launch queue");
        assertThat(server.send("DELETE", "/v2/queue//nobody/delay", "").status())
                .isEqualTo(404);
        assertThat(server.send("DELETE", "/v2/queue//delay", "").status()).isEqualTo(404);
        assertThat(server.send("DELETE", "/v2/queue/NOBODY/delay", "").status()).isEqualTo(422);
        assertThat(server.get("/v2/pods/nobody::explain").status()).isEqualTo(404);
        assertThat(server.get("/v2/pods/NOBODY::explain").status()).isEqualTo(422);
    }

    private static JsonNode entry(String pod, String query) {
        return server.get("/v2/queue" + query)
                .body()
                .get("queue")
                .valueStream()
                .filter(entry -> entry.at("/pod/id").asString().equals(pod))
                .findFirst()
                .orElse(JsonMapper.shared().missingNode());
    }
}
