package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.Servers.Unusual;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Both shapes of the answer to a kill: that of Marathon 1.7, and that of the later releases. */
@ExtendWith(Servers.class)
class KillAnswerContractTest {

    private final Server server;

    KillAnswerContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private static JsonNode kill(Server from, String pod) {
        from.deploy(Pod.of(pod));
        String id = from.instances(pod).getFirst();
        return from.delete("/v2/pods" + pod + "::instances/" + id).expect(200).json();
    }

    @Test
    void usualAnswerIsThatOfMarathon17() {
        JsonNode killed = kill(server, "/killed/a");

        assertThat(killed.at("/instanceId/idString").asString()).startsWith("killed_a.instance-");
        assertThat(killed.at("/state/condition/str").asString()).isEqualTo("running");
        assertThat(killed.get("tasksMap")).hasSize(1);
    }

    @Test
    void laterAnswerIsFlat(@Unusual Server other) {
        JsonNode killed = kill(other, "/killed/b");
        other.deletePods();

        assertThat(Shape.of(killed).keySet())
                .isSubsetOf(
                        "",
                        "/instanceId",
                        "/state",
                        "/state/condition",
                        "/state/since",
                        "/state/activeSince",
                        "/state/healthy",
                        "/state/goal",
                        "/agentInfo",
                        "/agentInfo/host",
                        "/agentInfo/agentId",
                        "/agentInfo/region",
                        "/agentInfo/zone",
                        "/agentInfo/attributes",
                        "/agentInfo/attributes[]",
                        "/runSpecVersion",
                        "/unreachableStrategy",
                        "/unreachableStrategy/inactiveAfterSeconds",
                        "/unreachableStrategy/expungeAfterSeconds");
        assertThat(killed.get("instanceId").asString()).startsWith("killed_b.instance-");
        assertThat(killed.at("/state/condition").asString()).isEqualTo("Running");
        assertThat(killed.at("/state/goal").asString()).isIn("Running", "Stopped", "Decommissioned");
    }

    @Test
    void oneMalformedIdOfSeveralKillsNothing() {
        server.deploy(Pod.of("/killed/c"));
        String id = server.instances("/killed/c").getFirst();

        server.delete("/v2/pods/killed/c::instances", "[\"" + id + "\", \"garbage\"]")
                .expectInvalid("(1)", "must fully match regular expression");
        server.delete("/v2/pods/killed/c::instances", "[7]").expectMalformed("(0)", "error.expected.jsstring");

        assertThat(server.instances("/killed/c")).containsExactly(id);
        assertThat(server.status("/killed/c").at("/instances/0/status").asString())
                .isEqualTo("STABLE");
    }

    @Test
    void idWhoseEndIsNoUuidIsUnprocessable() {
        server.deploy(Pod.suspended("/killed/d"));

        assertThat(server.delete("/v2/pods/killed/d::instances/killed_d.instance-zzz")
                        .expect(422)
                        .message())
                .isEqualTo("Invalid UUID string: zzz");
    }

    @Test
    void sameIdTwiceCountsOnce() {
        server.deploy(Pod.of("/killed/e"));
        String id = server.instances("/killed/e").getFirst();

        assertThat(server.delete("/v2/pods/killed/e::instances", "[\"" + id + "\", \"" + id + "\"]")
                        .expect(200)
                        .json())
                .hasSize(1);
    }
}
