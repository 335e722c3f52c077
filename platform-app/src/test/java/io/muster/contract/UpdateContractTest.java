package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the contract about the replacing and deleting of pods, and about the lock of a running deployment. */
@ExtendWith(Servers.class)
class UpdateContractTest {

    private final Server server;

    @TempDir
    private Path directory;

    UpdateContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    /** A pod whose first deployment runs for ever. */
    private Answer held(String id) {
        return server.post(Pod.unplaceable(id)).expect(201);
    }

    private static void assertLocked(Answer refused, String deployment) {
        assertThat(refused.expect(409).members()).containsOnly("message", "deployments");
        assertThat(refused.message())
                .startsWith("App is locked by one or more deployments. Override with the option '?force=true'."
                        + " View details at '/v2/deployments/<DEPLOYMENT_ID>'.");
        assertThat(refused.json().get("deployments")).isEqualTo(Pod.json("[{'id': '" + deployment + "'}]"));
    }

    @Test
    void row022_putOfAnotherIdIsABadRequest() {
        server.deploy(Pod.suspended("/row022/p"));
        String before = server.get("/v2/pods/row022/p").body();

        Answer refused =
                server.put("/v2/pods/row022/q", Pod.suspended("/row022/p").label("new"));

        assertThat(refused.expect(400).message()).contains("/row022/q").contains("/row022/p");
        assertThat(server.get("/v2/pods/row022/p").body()).isEqualTo(before);
        assertThat(server.get("/v2/pods/row022/q").status()).isEqualTo(404);
    }

    @Test
    void row023_putOfANewIdCreatesIt() {
        server.put(Pod.suspended("/row023")).expect(200);

        server.get("/v2/pods/row023").expect(200);
    }

    @Test
    void row024_putOfTheSameDocumentMakesNoVersion() {
        server.deploy(Pod.suspended("/row024"));
        Answer before = server.get("/v2/pods/row024");

        Answer same = server.put("/v2/pods/row024", before.body());

        assertThat(same.expect(200).deployment()).isNotEmpty();
        assertThat(same.version()).as("the version that is stored").isEqualTo(before.version());
        assertThat(server.get("/v2/pods/row024").body()).isEqualTo(before.body());
        assertThat(server.get("/v2/pods/row024::versions").texts()).containsExactly(before.version());
    }

    @Test
    void row025_completedPutIsWhatGetAnswers() {
        server.deploy(Pod.of("/row025"));

        Answer put = server.deploy(Pod.of("/row025").label("new"));

        assertThat(server.get("/v2/pods/row025").text("/labels/l")).isEqualTo("new");
        assertThat(server.get("/v2/pods/row025").version()).isEqualTo(put.version());
    }

    @Test
    void row026_putReplacesEverything() {
        server.deploy(Pod.suspended("/row026").label("old"));

        server.deploy(Pod.suspended("/row026"));

        assertThat(server.get("/v2/pods/row026").members()).doesNotContain("labels");
    }

    @Test
    void row027_scalingMakesAVersionAndLeavesInstancesAlone() {
        String first = server.deploy(Pod.of("/row027")).version();
        String old = server.instances("/row027").getFirst();

        String second = server.deploy(Pod.of("/row027").instances(3)).version();

        assertThat(second).isGreaterThan(first);
        assertThat(server.get("/v2/pods/row027").version()).isEqualTo(second);
        assertThat(server.status("/row027").get("instances")).hasSize(3).anySatisfy(instance -> {
            assertThat(instance.get("id").asString()).isEqualTo(old);
            String reference = instance.get("specReference").asString();
            assertThat(Version.parse(reference.replaceFirst(".*::versions/", ""))
                            .orElseThrow())
                    .hasToString(first);
        });
    }

    @Test
    void row028_putWhileADeploymentRunsIsLocked() {
        String deployment = held("/row028").deployment();

        assertLocked(server.put(Pod.suspended("/row028")), deployment);
    }

    @Test
    void row029_forcedPutTakesThePlaceOfTheDeployment() {
        String deployment = held("/row029").deployment();

        Answer forced = server.put("/v2/pods/row029?force=true", Pod.suspended("/row029"));

        assertThat(forced.expect(200).deployment()).isNotEqualTo(deployment);
        assertThat(server.deployments()).doesNotContain(deployment);
    }

    @Test
    void row030_onlyTheTextTrueForces() {
        String deployment = held("/row030").deployment();

        for (String force : new String[] {"?force=yes", "?force=1", "?force=", "?force"}) {
            assertLocked(server.put("/v2/pods/row030" + force, Pod.suspended("/row030")), deployment);
        }
        server.put("/v2/pods/row030?force=TRUE", Pod.suspended("/row030")).expect(200);
    }

    @Test
    void row031_putOfTheTargetIsNotLocked() {
        Answer created = held("/row031");

        Answer same = server.put(Pod.unplaceable("/row031"));

        assertThat(same.expect(200).version()).isEqualTo(created.version());
        assertThat(server.deployments()).contains(created.deployment());
    }

    @Test
    void row032_refusedPutLeavesNoVersion() {
        Answer created = held("/row032");
        server.put(Pod.suspended("/row032")).expect(409);

        assertThat(server.get("/v2/pods/row032::versions").texts()).containsExactly(created.version());
        assertThat(server.get("/v2/pods/row032::versions?pending=true").texts()).containsExactly(created.version());
    }

    @Test
    void row033_deleteWhileADeploymentRunsIsLockedUnlessForced() {
        String deployment = held("/row033").deployment();

        assertLocked(server.delete("/v2/pods/row033"), deployment);
        server.delete("/v2/pods/row033?force=true").expect(202);
    }

    /** The pod stays visible as TERMINAL until its instances have ended; then it is gone, as in Marathon at once. */
    @Test
    void row034_deletedPodIsTerminalAndThenGone() throws IOException {
        Path gate = directory.resolve("gate");
        server.deploy(Gate.stubborn(Pod.of("/row034"), gate));

        Answer deleted = server.delete("/v2/pods/row034").expect(202);

        assertThat(deleted.body()).isEmpty();
        assertThat(deleted.header("Content-Type")).isEmpty();
        server.get("/v2/pods/row034").expect(200);
        assertThat(server.status("/row034").get("status").asString()).isEqualTo("TERMINAL");
        Files.createFile(gate);
        server.awaitEnd(deleted.deployment());
        server.get("/v2/pods/row034").expect(404);
        server.get("/v2/pods/row034::status").expect(404);
    }

    @Test
    void row035_postWhileThePodIsBeingDeletedIsLocked() throws IOException {
        Path gate = directory.resolve("gate");
        server.deploy(Gate.stubborn(Pod.of("/row035"), gate));
        String deployment = server.delete("/v2/pods/row035").expect(202).deployment();

        assertLocked(server.post(Pod.suspended("/row035")), deployment);
        Files.createFile(gate);
        server.awaitEnd(deployment);
        server.post(Pod.suspended("/row035")).expect(201);
    }

    @Test
    void row036_deleteOfAnUnknownPodIsNotFound() {
        assertThat(server.delete("/v2/pods/nope").expect(404).message()).isEqualTo("Pod '/nope' does not exist");
    }

    @Test
    void row077_whatIsReservedCannotChange() {
        Pod resident = DefinitionContractTest.resident("/row077");
        server.deploy(resident);

        server.put(resident.container("resources", "{'cpus': 0.02, 'mem': 32}"))
                .expectInvalid("/pod(0)", "cpus cannot be updated if a pod has persistent volumes");
        server.put(resident.with("volumes", "[{'name': 'data', 'persistent': {'size': 11}}]"))
                .expectInvalid("/pod(0)", "persistent volumes cannot be updated");
        server.put(resident.container("endpoints", "[{'name': 'e', 'hostPort': 0, 'protocol': ['tcp']}]"))
                .expectInvalid("/pod(0)", "host ports cannot be updated if a pod has persistent volumes");
    }

    @Test
    void row077_podsCannotGainPersistentVolumes() {
        server.deploy(Pod.suspended("/gain"));

        server.put(DefinitionContractTest.resident("/gain"))
                .expectInvalid("/pod(0)", "persistent volumes cannot be updated");
        assertThat(server.get("/v2/pods/gain").members()).doesNotContain("volumes");
    }

    @Test
    void row098_putOfWhatGetAnsweredIsANoOp() {
        Pod rich = Pod.suspended("/row098")
                .label("a")
                .with("user", "'nobody'")
                .with("environment", "{'A': 'b', 'S': {'secret': 's'}}")
                .with("secrets", "{'s': {'source': 'x'}}")
                .with("volumes", "[{'name': 'e'}, {'name': 'h', 'host': '/tmp'}]")
                .with("executorResources", "{'cpus': 0.2}")
                .with(
                        "scheduling",
                        "{'backoff': {'backoff': 0.5}, 'upgrade': {'minimumHealthCapacity': 0.25}, 'killSelection':"
                                + " 'oldest_first', 'unreachableStrategy': 'disabled', 'placement':"
                                + " {'acceptedResourceRoles': ['*', 'slave_public']}}")
                .container("image", "{'kind': 'docker', 'id': 'i', 'forcePull': true, 'labels': {'x': 'y'}}")
                .container("endpoints", "[{'name': 'e', 'hostPort': 0, 'protocol': ['tcp'], 'labels': {'VIP': 'v'}}]")
                .container("healthCheck", "{'tcp': {'endpoint': 'e'}, 'delaySeconds': 1}")
                .container("lifecycle", "{'killGracePeriodSeconds': 0.5}")
                .container("artifacts", "[{'uri': 'http://127.0.0.1/a', 'destPath': 'd'}]")
                .container("tty", "false")
                .container(
                        "volumeMounts",
                        "[{'name': 'e', 'mountPath': 'm'}, {'name': 'h', 'mountPath': '/h', 'readOnly': true}]");
        server.deploy(rich);
        Answer stored = server.get("/v2/pods/row098");

        Answer again = server.put("/v2/pods/row098", stored.body()).expect(200);

        assertThat(again.body()).isEqualTo(stored.body());
        assertThat(server.get("/v2/pods/row098::versions").texts()).containsExactly(stored.version());
    }
}
