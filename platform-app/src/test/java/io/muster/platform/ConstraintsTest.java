package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Placement constraints on the whole application, with a local Mesos of three agents on two racks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConstraintsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private MusterProcess muster;

    @BeforeAll
    void startMuster(@TempDir Path directory) {
        muster = MusterProcess.start(
                directory,
                Map.of(
                        "MUSTER_LOCALMESOS_AGENTS",
                        "3",
                        "MUSTER_LOCALMESOS_ATTRIBUTES",
                        "rack:a,rack:a;disk:ssd,rack:b"));
    }

    @AfterAll
    void stopMuster() {
        muster.close();
    }

    @AfterEach
    void deleteAllPods() {
        muster.json("/v2/pods")
                .forEach(pod -> muster.send("DELETE", "/v2/pods" + pod.get("id").asString() + "?force=true", ""));
        await().atMost(PATIENCE).until(() -> muster.json("/v2/pods").isEmpty());
    }

    @Test
    void putsOneInstanceOnEachHostAndLetsTheOthersWait() {
        post("/one/each", 5, "{'fieldName': 'hostname', 'operator': 'UNIQUE'}");

        await().atMost(PATIENCE).until(() -> hosts("/one/each").size() == 3);
        // The next offers come at most a second later, and must change nothing.
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> hosts("/one/each").size() == 3);
        assertThat(hosts("/one/each")).containsExactlyInAnyOrder("localhost", "agent-1.localhost", "agent-2.localhost");
        assertThat(muster.deployments()).hasSize(1);

        // A definition of as many instances as there are hosts is reached with what runs.
        muster.send(
                "PUT",
                "/v2/pods/one/each?force=true",
                pod("/one/each", 3, "{'fieldName': 'hostname', 'operator': 'UNIQUE'}"));
        muster.awaitNoDeployment();
        assertThat(hosts("/one/each")).hasSize(3);
    }

    @Test
    void staysOnTheAgentsThatHaveTheAttribute() {
        post("/on/ssd", 2, "{'fieldName': 'disk', 'operator': 'LIKE', 'value': 's.d'}");
        post("/off/a", 2, "{'fieldName': 'rack', 'operator': 'UNLIKE', 'value': 'a'}");

        muster.awaitNoDeployment();

        assertThat(hosts("/on/ssd")).containsExactly("agent-1.localhost", "agent-1.localhost");
        assertThat(hosts("/off/a")).containsExactly("agent-2.localhost", "agent-2.localhost");
    }

    @Test
    void spreadsOverRacksAndKeepsThemEvenWhenScaledDown() {
        String byRack = "{'fieldName': 'rack', 'operator': 'GROUP_BY', 'value': '2'}";
        post("/spread", 6, byRack);
        muster.awaitNoDeployment();
        assertThat(perRack("/spread")).isEqualTo(Map.of("a", 3L, "b", 3L));

        muster.send("PUT", "/v2/pods/spread", pod("/spread", 2, byRack));
        muster.awaitNoDeployment();

        assertThat(perRack("/spread")).isEqualTo(Map.of("a", 1L, "b", 1L));
    }

    @Test
    void refusesAnExpressionThatCannotBeTriedInLinearTime() {
        var refused = muster.send(
                "POST", "/v2/pods", pod("/bad", 1, "{'fieldName': 'rack', 'operator': 'LIKE', 'value': '(?!b).*'}"));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("/scheduling/placement/constraints(0)", "look-around");
    }

    private void post(String id, int instances, String constraint) {
        assertThat(muster.send("POST", "/v2/pods", pod(id, instances, constraint))
                        .statusCode())
                .isEqualTo(201);
    }

    /** Where the instances run, of those that have a place. */
    private List<String> hosts(String pod) {
        return muster.json("/v2/pods" + pod + "::status")
                .get("instances")
                .valueStream()
                .map(instance -> instance.get("agentHostname"))
                .filter(host -> host != null)
                .map(JsonNode::asString)
                .toList();
    }

    private Map<String, Long> perRack(String pod) {
        return hosts(pod).stream()
                .collect(Collectors.groupingBy(
                        host -> host.equals("agent-2.localhost") ? "b" : "a", Collectors.counting()));
    }

    private static String pod(String id, int instances, String constraint) {
        return """
                {"id": "%s", "scaling": {"kind": "fixed", "instances": %d},
                 "scheduling": {"placement": {"constraints": [%s]}},
                 "containers": [{"name": "sleeper", "resources": {"cpus": 0.1, "mem": 32},
                                 "exec": {"command": {"shell": "exec sleep 310077"}}}]}
                """.formatted(id, instances, constraint.replace('\'', '"'));
    }
}
