package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lines of the contract about the killing of instances. */
@ExtendWith(Servers.class)
class InstancesContractTest {

    private static final String NOBODY = ".instance-00000000-0000-0000-0000-000000000000";

    private final Server server;

    InstancesContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void row087_killedInstanceIsReplacedWithoutADeployment() {
        server.deploy(Pod.of("/row087"));
        String id = server.instances("/row087").getFirst();

        Answer killed = server.delete("/v2/pods/row087::instances/" + id).expect(200);

        assertThat(killed.text("/instanceId/idString")).isEqualTo(id);
        assertThat(killed.header("Marathon-Deployment-Id")).isEmpty();
        soon().until(() -> {
            List<String> now = server.instances("/row087");
            return now.size() == 1
                    && !now.contains(id)
                    && server.status("/row087").get("status").asString().equals("STABLE");
        });
    }

    @Test
    void row088_garbageIsNoInstanceId() {
        server.deploy(Pod.suspended("/row088"));

        server.delete("/v2/pods/row088::instances/garbage")
                .expectInvalid("/", "must fully match regular expression '^(.+)\\.(instance-|marathon-)([^\\.]+)$'");
    }

    @Test
    void row089_unknownInstanceIsNotFound() {
        server.deploy(Pod.suspended("/row089"));

        assertThat(server.delete("/v2/pods/row089::instances/row089" + NOBODY)
                        .expect(404)
                        .message())
                .isEqualTo("Task 'row089" + NOBODY + "' does not exist");
    }

    @Test
    void row090_unknownInstancesOfSeveralAreLeftOut() {
        server.deploy(Pod.of("/row090"));
        String id = server.instances("/row090").getFirst();

        Answer killed = server.delete("/v2/pods/row090::instances", "[\"" + id + "\", \"row090" + NOBODY + "\"]");

        assertThat(killed.expect(200).json()).hasSize(1);
        assertThat(killed.text("/0/instanceId/idString")).isEqualTo(id);
    }

    @Test
    void row091_severalAreNamedInAnArray() {
        server.deploy(Pod.suspended("/row091"));
        String path = "/v2/pods/row091::instances";

        assertThat(server.delete(path, "[]").expect(200).body()).isEqualTo("[]");
        assertThat(server.delete(path).expect(400).message()).isEqualTo("Please specify data in JSON format");
        server.delete(path, "{}").expectMalformed("", "error.expected.jsarray");
    }

    @Test
    void row092_instancesOfAnUnknownPodAreNotFound() {
        assertThat(server.delete("/v2/pods/nope::instances", "[]").expect(404).message())
                .isEqualTo("Path '/nope' does not exist");
    }

    @Test
    void row093_wipingDestroysTheVolume() {
        server.deploy(DefinitionContractTest.resident("/row093").instances(1));
        String id = server.instances("/row093").getFirst();
        String volume = volume("/row093").expect(200).text("/instances/0/localVolumes/0/uuid");

        server.delete("/v2/pods/row093::instances/" + id + "?wipe=true").expect(200);

        assertThat(server.instances("/row093")).doesNotContain(id);
        soon().untilAsserted(() -> assertThat(volume("/row093")
                        .json()
                        .at("/instances/0/localVolumes/0/uuid")
                        .asString())
                .isNotEmpty()
                .isNotEqualTo(volume));
    }

    @Test
    void killedInstanceFindsItsFilesAgain() {
        server.deploy(DefinitionContractTest.resident("/files")
                .instances(1)
                .shell("if [ -e data/file ]; then echo again >> data/file; else echo first > data/file; fi;"
                        + " exec sleep 3000"));
        String id = server.instances("/files").getFirst();
        String persistenceId = volume("/files").text("/instances/0/localVolumes/0/persistenceId");

        server.delete("/v2/pods/files::instances/" + id).expect(200);

        soon().until(() -> !server.instances("/files").contains(id)
                && server.status("/files")
                        .at("/instances/0/status")
                        .asString("")
                        .equals("STABLE"));
        assertThat(volume("/files").text("/instances/0/localVolumes/0/persistenceId"))
                .isEqualTo(persistenceId);
        assertThat(server.fileOfVolume(persistenceId, "file")).hasContent("first\nagain\n");
    }

    private Answer volume(String pod) {
        return server.get("/v2/pods" + pod + "::status");
    }

    @Test
    void wipingWaitsForTheEndOfTheInstance() {
        server.deploy(Pod.of("/wiped")
                .shell("trap '' TERM; while :; do sleep 0.1; done")
                .container("lifecycle", "{'killGracePeriodSeconds': 1}"));
        String id = server.instances("/wiped").getFirst();

        Answer wiped = server.delete("/v2/pods/wiped::instances/" + id + "?wipe=true");

        assertThat(wiped.expect(200).text("/instanceId/idString")).isEqualTo(id);
        assertThat(server.instances("/wiped")).doesNotContain(id);
    }
}
