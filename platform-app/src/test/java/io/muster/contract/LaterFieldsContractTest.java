package io.muster.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fields that releases after Marathon 1.7 have brought. */
@ExtendWith(Servers.class)
class LaterFieldsContractTest {

    private final Server server;

    LaterFieldsContractTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    private void assertEchoed(Pod pod, String pointer, String expected) {
        Answer created = server.post(pod).expect(201);
        server.awaitEnd(created.deployment());

        assertThat(created.json().at(pointer)).isEqualTo(Pod.json(expected));
        assertThat(server.get("/v2/pods" + pod.id()).json().at(pointer)).isEqualTo(Pod.json(expected));
        server.put("/v2/pods" + pod.id(), server.get("/v2/pods" + pod.id()).body())
                .expect(200);
        assertThat(server.get("/v2/pods" + pod.id() + "::versions").texts()).hasSize(1);
    }

    @Test
    void resourceLimitsAreKept() {
        assertEchoed(
                Pod.suspended("/later/a").container("resourceLimits", "{'cpus': 'unlimited', 'mem': 64}"),
                "/containers/0/resourceLimits",
                "{'cpus': 'unlimited', 'mem': 64}");
    }

    @Test
    void resourceLimitsAreNumbersNotBelowTheRequestsOrUnlimited() {
        server.post(Pod.of("/later/b").container("resourceLimits", "{'mem': 16}"))
                .expectInvalid("/containers(0)/resourceLimits/mem", "resource limit must be greater than or equal");
        server.post(Pod.of("/later/b").container("resourceLimits", "{'cpus': 'lots'}"))
                .expectInvalid(
                        "/containers(0)/resourceLimits/cpus",
                        "'lots' is an invalid resource limit. It must be 'unlimited' or a number");
    }

    @Test
    void sharedCgroupsAndLimitsExcludeEachOther() {
        Pod shared = Pod.suspended("/later/c").with("legacySharedCgroups", "true");

        server.post(shared.container("resourceLimits", "{'mem': 64}"))
                .expectInvalid(
                        "/containers(0)/resourceLimits",
                        "resourceLimits cannot be defined if legacySharedCgroups is enabled");
        assertEchoed(shared, "/legacySharedCgroups", "true");
        assertThat(server.post(Pod.suspended("/later/d").with("legacySharedCgroups", "false"))
                        .expect(201)
                        .members())
                .doesNotContain("legacySharedCgroups");
    }

    @Test
    void linuxInfoIsKept() {
        assertEchoed(
                Pod.suspended("/later/e").with("linuxInfo", "{'ipcInfo': {'mode': 'private', 'shmSize': 16}}"),
                "/linuxInfo",
                "{'ipcInfo': {'mode': 'PRIVATE', 'shmSize': 16}}");
        assertEchoed(
                Pod.suspended("/later/f").container("linuxInfo", "{'seccomp': {'profileName': 'p'}}"),
                "/containers/0/linuxInfo/seccomp/profileName",
                "'p'");
    }

    @Test
    void linuxInfoHasRules() {
        server.post(Pod.of("/later/g").with("linuxInfo", "{'seccomp': {'profileName': 'p'}}"))
                .expectInvalid("/linuxInfo/seccomp", "Seccomp configuration on executor level is not supported");
        server.post(Pod.of("/later/g").container("linuxInfo", "{'seccomp': {'profileName': 'p', 'unconfined': true}}"))
                .expectInvalid(
                        "/containers(0)/linuxInfo/seccomp",
                        "Seccomp unconfined can NOT be true when Profile is defined");
        server.post(Pod.of("/later/g").container("linuxInfo", "{'seccomp': {}}"))
                .expectInvalid(
                        "/containers(0)/linuxInfo/seccomp",
                        "Seccomp unconfined must be true when Profile is NOT defined");
        server.post(Pod.of("/later/g").with("linuxInfo", "{'ipcInfo': {'mode': 'SHARE_PARENT', 'shmSize': 1}}"))
                .expectInvalid("/linuxInfo/ipcInfo", "ipcInfo shmSize can NOT be set when mode is SHARE_PARENT");
        server.post(Pod.of("/later/g").with("linuxInfo", "{'ipcInfo': {'mode': 'OTHER'}}"))
                .expectMalformed("/linuxInfo/ipcInfo/mode", "error.unknown.enum.literal");
    }

    @Test
    void roleIsThatOfTheServer() {
        assertEchoed(Pod.suspended("/later/h").with("role", "'muster'"), "/role", "'muster'");
        server.post(Pod.of("/later/i").with("role", "'prod'"))
                .expectInvalid("/role", "got prod, expected one of: [muster]");
        server.post(Pod.of("/later/i").with("role", "''")).expectMalformed("/role", "error.minLength");
    }
}
