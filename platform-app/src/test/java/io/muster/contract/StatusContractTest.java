package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Lines of the contract about the status of pods, instances and containers. */
@ExtendWith(Servers.class)
class StatusContractTest {

    private final Server server;

    @TempDir
    private Path directory;

    StatusContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private String status(String pod) {
        return server.status(pod).get("status").asString();
    }

    private JsonNode instance(String pod) {
        return server.status(pod).at("/instances/0");
    }

    /** Only one of two instances can make the directory, and so is healthy before the test wants both to be. */
    @Test
    void row078_podIsStableWhenAllWantedInstancesAre() throws IOException {
        Path gate = directory.resolve("open");
        server.post(Pod.of("/row078")
                        .instances(2)
                        .shell("mkdir " + directory.resolve("one") + " && touch mine; exec sleep 3000")
                        .container("healthCheck", Gate.check("test -f mine || test -f " + gate)))
                .expect(201);

        soon().until(() -> stable("/row078") == 1);
        assertThat(status("/row078")).isEqualTo("DEGRADED");
        Files.createFile(gate);
        soon().until(() -> stable("/row078") == 2);
        assertThat(status("/row078")).isEqualTo("STABLE");
    }

    private long stable(String pod) {
        return server.status(pod)
                .get("instances")
                .valueStream()
                .filter(instance -> instance.get("status").asString().equals("STABLE"))
                .count();
    }

    @Test
    void row079_podWithoutInstancesIsStableAtOnce() {
        server.deploy(Pod.suspended("/row079"));

        JsonNode status = server.status("/row079");

        assertThat(status.get("status").asString()).isEqualTo("STABLE");
        assertThat(status.get("instances")).isEmpty();
        assertThat(Instant.parse(status.get("statusSince").asString()))
                .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void row080_checkWithoutReportMeansDegraded() {
        server.post(Gate.checked(Pod.of("/row080"), directory.resolve("never"))).expect(201);
        soon().until(() ->
                instance("/row080").at("/containers/0/status").asString("").equals("TASK_RUNNING"));

        JsonNode instance = instance("/row080");

        assertThat(instance.at("/containers/0/conditions/0/name").asString()).isEqualTo("healthy");
        assertThat(instance.at("/containers/0/conditions/0/value").asString()).isEqualTo("false");
        assertThat(instance.at("/containers/0/conditions/0/reason").asString()).isEqualTo("health-unreported-by-mesos");
        assertThat(instance.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(instance.get("message").asString()).isEqualTo("at least one container is not healthy");
    }

    @Test
    void row081_passingCheckMeansStable() throws IOException {
        Pod listening = Pod.of("/row081")
                .shell("exec perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalAddr => \"127.0.0.1:\" ."
                        + " $ENV{ENDPOINT_E}, Listen => 5, ReuseAddr => 1) or die; while (my $c = $s->accept) {}'")
                .container("endpoints", "[{'name': 'e', 'hostPort': 0}]")
                .container(
                        "healthCheck",
                        "{'tcp': {'endpoint': 'e'}, 'delaySeconds': 0, 'intervalSeconds': 1, 'timeoutSeconds': 0}");

        server.deploy(listening);

        JsonNode instance = instance("/row081");
        assertThat(instance.at("/containers/0/conditions/0/value").isString()).isTrue();
        assertThat(instance.at("/containers/0/conditions/0/value").asString()).isEqualTo("true");
        assertThat(instance.at("/containers/0/conditions/0/reason").asString()).isEqualTo("health-reported-by-mesos");
        assertThat(instance.at("/containers/0/endpoints/0/healthy").booleanValue())
                .isTrue();
        assertThat(instance.at("/containers/0/endpoints/0/allocatedHostPort").asInt())
                .isPositive();
        assertThat(instance.get("status").asString()).isEqualTo("STABLE");
    }

    /** No agent of a local Mesos is ever lost, so that what would be stored then is stored here. */
    @Test
    void row082_instanceOfALostAgentIsDegraded() {
        server.deploy(Pod.of("/row082"));
        server.sql("update instance set condition = 'UNREACHABLE' where pod_id = '/row082'");
        server.sql("update task set condition = 'UNREACHABLE' where instance_id like 'row082.%'");

        JsonNode instance = instance("/row082");

        assertThat(instance.at("/containers/0/status").asString()).isEqualTo("TASK_UNREACHABLE");
        assertThat(instance.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(instance.get("message").asString()).isEqualTo("pod instance has become unreachable");
    }

    @Test
    void row083_instanceBeingKilledIsTerminal() throws IOException {
        Path gate = directory.resolve("gate");
        server.deploy(Gate.stubborn(Pod.of("/row083"), gate));
        String id = server.instances("/row083").getFirst();

        server.delete("/v2/pods/row083");

        soon().atMost(10, TimeUnit.SECONDS)
                .until(() -> instance("/row083").get("status").asString().equals("TERMINAL"));
        assertThat(instance("/row083").get("id").asString()).isEqualTo(id);
        assertThat(instance("/row083").at("/containers/0/status").asString()).isEqualTo("TASK_KILLING");
        Files.createFile(gate);
    }

    @Test
    void row084_failureIsRemembered() {
        server.post(Pod.of("/row084").shell("exit 3")).expect(201);

        soon().until(() -> !server.status("/row084").get("terminationHistory").isEmpty());

        JsonNode termination = server.status("/row084").at("/terminationHistory/0");
        assertThat(termination.get("instanceID").asString()).startsWith("row084.instance-");
        assertThat(termination.at("/containers/0/lastKnownState").asString()).isEqualTo("TaskFailed");
        assertThat(termination.get("message").asString()).isEqualTo("Command exited with status 3");
        assertThat(Instant.parse(termination.get("terminatedAt").asString()))
                .isAfterOrEqualTo(Instant.parse(termination.get("startedAt").asString()));
    }

    @Test
    void row085_hostNetworkHasNoName() {
        server.deploy(Pod.of("/row085"));

        JsonNode networks = instance("/row085").get("networks");

        assertThat(networks).hasSize(1);
        assertThat(networks.get(0).has("name")).isFalse();
        assertThat(networks.get(0).get("addresses")).isNotEmpty();
    }

    @Test
    void row086_statusOfAllPodsIsABareArray() {
        server.clear();
        server.deploy(Pod.suspended("/row086/b"));
        server.deploy(Pod.suspended("/row086/a"));

        JsonNode all = server.get("/v2/pods/::status").expect(200).json();

        assertThat(all.valueStream().map(pod -> pod.get("id").asString())).containsExactly("/row086/a", "/row086/b");
        assertThat(all).allSatisfy(pod -> assertThat(pod.get("spec").isObject()).isTrue());
    }
}
