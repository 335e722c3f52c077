package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Requests as clients of Marathon send them, byte for byte, and what those clients read of the answers. */
@ExtendWith(Servers.class)
class ClientsTest {

    /** The system tests of DC/OS, by Python's requests. */
    private static final String TESTS = """
            %s %s HTTP/1.1
            Host: master.mesos
            User-Agent: python-requests/2.20.0
            Accept-Encoding: gzip, deflate
            Accept: application/json, text/plain, */*
            Connection: keep-alive
            """;

    private static final String GO_POD = """
            {"id":"%s","containers":[{"name":"c1","exec":{"command":{"shell":"sleep 1000"}},\
            "resources":{"cpus":0.01,"mem":32},"lifecycle":{}}],"networks":[{"mode":"host"}],\
            "scaling":{"kind":"fixed","instances":%d}}""";

    private final Server server;

    ClientsTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    /** The Go client: both types on every request, also on those without a body. */
    private Answer go(String method, String path, String body) {
        String head = """
                %s %s HTTP/1.1
                Host: marathon.mesos:8080
                User-Agent: Go-http-client/1.1
                Content-Length: <length>
                Accept: application/json
                Content-Type: application/json
                Accept-Encoding: gzip
                """.formatted(method, path);
        return server.raw(head, body);
    }

    /** The command line of DC/OS, by Python's requests. */
    private Answer dcos(String method, String path, String body) {
        String head = """
                %s %s HTTP/1.1
                Host: dcos.example
                User-Agent: dcos/1.12
                Accept-Encoding: gzip, deflate
                Accept: application/json
                Connection: keep-alive
                Content-Type: application/json
                Authorization: token=eyJhbGciOiJIUzI1NiJ9.e30.x
                Content-Length: <length>
                """.formatted(method, path);
        return server.raw(head, body);
    }

    private Answer tests(String method, String path) {
        return server.raw(TESTS.formatted(method, path), "");
    }

    @Test
    void probesOfAllClientsFindPods() {
        for (Answer probe :
                List.of(go("HEAD", "/v2/pods", ""), dcos("HEAD", "/v2/pods", ""), tests("HEAD", "/v2/pods/"))) {
            assertThat(probe.expect(200).body()).isEmpty();
        }
    }

    @Test
    void goClientCreatesReadsUpdatesAndDeletesAPod() {
        Answer created = go("POST", "/v2/pods", GO_POD.formatted("/hold/p1", 2)).expect(201);
        assertThat(created.text("/id")).isEqualTo("/hold/p1");
        server.awaitEnd(created.deployment());
        assertThat(go("GET", "/v2/pods/hold/p1", "").expect(200).json().at("/containers/0/lifecycle"))
                .as("an empty object stays one")
                .isEqualTo(Pod.json("{}"));
        assertThat(go("GET", "/v2/pods", "").expect(200).json().isArray()).isTrue();

        Answer updated = go(
                "PUT",
                "/v2/pods/hold/p1?force=true",
                go("GET", "/v2/pods/hold/p1", "").body().replace("\"instances\":2", "\"instances\":1"));
        assertThat(updated.expect(200).version()).isGreaterThan(created.version());
        server.awaitEnd(updated.deployment());
        assertThat(go("GET", "/v2/pods/hold/p1::versions", "").texts())
                .containsExactly(created.version(), updated.version());
        assertThat(go("GET", "/v2/pods/hold/p1::versions/" + created.version(), "")
                        .expect(200)
                        .version())
                .isEqualTo(created.version());

        Answer deleted = go("DELETE", "/v2/pods/hold/p1?force=false", "").expect(202);
        assertThat(deleted.body()).as("it looks at the header only then").isEmpty();
        assertThat(UUID.fromString(deleted.deployment())).isNotNull();
    }

    @Test
    void goClientReadsTheStatus() {
        server.awaitEnd(go("POST", "/v2/pods", GO_POD.formatted("/hold/p2", 1)).deployment());

        JsonNode status = go("GET", "/v2/pods/hold/p2::status", "").expect(200).json();
        JsonNode instance = status.at("/instances/0");

        assertStrings(status, "id", "status", "statusSince", "lastUpdated", "lastChanged");
        assertStrings(
                instance,
                "id",
                "agentHostname",
                "status",
                "statusSince",
                "lastUpdated",
                "lastChanged",
                "specReference");
        assertNumbers(instance.get("resources"), "cpus", "mem", "disk");
        assertThat(instance.at("/resources/gpus").isIntegralNumber()).isTrue();
        assertThat(instance.at("/networks/0/addresses/0").isString()).isTrue();
        assertStrings(
                instance.at("/containers/0"),
                "name",
                "containerId",
                "status",
                "statusSince",
                "lastUpdated",
                "lastChanged");
        assertThat(instance.at("/containers/0/endpoints").isArray()).isTrue();
        assertThat(instance.get("conditions").isArray()).isTrue();
        assertThat(status.at("/spec/scaling/instances").isIntegralNumber()).isTrue();
        assertThat(go("GET", "/v2/pods/::status", "")
                        .expect(200)
                        .json()
                        .at("/0/spec")
                        .isObject())
                .isTrue();
    }

    private static void assertStrings(JsonNode node, String... members) {
        for (String member : members) {
            assertThat(node.path(member).isString()).as(member + " in " + node).isTrue();
        }
    }

    private static void assertNumbers(JsonNode node, String... members) {
        for (String member : members) {
            assertThat(node.path(member).isNumber()).as(member + " in " + node).isTrue();
        }
    }

    @Test
    void goClientDecodesTheAnswerToAKill() {
        server.awaitEnd(go("POST", "/v2/pods", GO_POD.formatted("/hold/p3", 2)).deployment());
        List<String> ids = server.instances("/hold/p3");

        Answer killed = go("DELETE", "/v2/pods/hold/p3::instances", "[\"" + String.join("\",\"", ids) + "\"]");

        assertThat(killed.expect(200).json()).hasSize(2).allSatisfy(ClientsTest::assertDecodedByGo);
        assertThat(killed.json()
                        .valueStream()
                        .map(one -> one.at("/instanceId/idString").asString()))
                .containsExactlyInAnyOrderElementsOf(ids);
        soon().until(() -> server.status("/hold/p3").get("status").asString().equals("STABLE")
                && server.instances("/hold/p3").stream().noneMatch(ids::contains));
        String next = server.instances("/hold/p3").getFirst();
        assertDecodedByGo(go("DELETE", "/v2/pods/hold/p3::instances/" + next, "")
                .expect(200)
                .json());
    }

    /** The members it has types for; any of another type, and it reads nothing at all. */
    private static void assertDecodedByGo(JsonNode killed) {
        assertThat(killed.at("/instanceId/idString").isString()).isTrue();
        assertThat(killed.at("/state/condition/str").isString()).isTrue();
        assertThat(Instant.parse(killed.at("/state/since").asString())).isNotNull();
        assertThat(Instant.parse(killed.at("/state/activeSince").asString())).isNotNull();
        assertThat(Instant.parse(killed.at("/runSpecVersion").asString())).isNotNull();
        assertStrings(killed.get("agentInfo"), "host", "agentId");
        assertThat(killed.at("/agentInfo/attributes").isArray()).isTrue();
        assertNumbers(killed.get("unreachableStrategy"), "inactiveAfterSeconds", "expungeAfterSeconds");
        killed.get("tasksMap").properties().forEach(task -> {
            assertThat(task.getValue().get("taskId").asString()).isEqualTo(task.getKey());
            assertThat(Instant.parse(task.getValue().get("runSpecVersion").asString()))
                    .isNotNull();
            JsonNode status = task.getValue().get("status");
            assertThat(Instant.parse(status.get("stagedAt").asString())).isNotNull();
            assertThat(Instant.parse(status.get("startedAt").asString())).isNotNull();
            assertThat(status.at("/condition/str").isString()).isTrue();
            assertThat(status.path("mesosStatus").isObject())
                    .as("it takes a text or nothing")
                    .isFalse();
            assertStrings(status.get("networkInfo"), "hostName");
            assertThat(status.at("/networkInfo/hostPorts").isArray()).isTrue();
            assertThat(status.at("/networkInfo/ipAddresses").isArray()).isTrue();
        });
    }

    @Test
    void goClientTellsErrorsApart() {
        go("POST", "/v2/pods", GO_POD.formatted("/hold/p4", 0)).expect(201);

        Answer missing = go("GET", "/v2/pods/nope", "").expect(404);
        assertThat(missing.message()).contains("does not exist");
        Answer duplicate =
                go("POST", "/v2/pods", GO_POD.formatted("/hold/p4", 0)).expect(409);
        assertThat(duplicate.members())
                .as("without deployments it is a duplicate")
                .doesNotContain("deployments");
        server.post(Pod.unplaceable("/hold/p5")).expect(201);
        Answer locked = go("PUT", "/v2/pods/hold/p5?force=false", GO_POD.formatted("/hold/p5", 0))
                .expect(409);
        assertThat(locked.json().at("/deployments/0/id").isString()).isTrue();
        Answer malformed = go("POST", "/v2/pods", "{\"id\":7}").expect(422);
        assertThat(malformed.json().at("/details/0/path").isString()).isTrue();
        assertThat(malformed.json().at("/details/0/errors/0").isString()).isTrue();
    }

    /** What it writes of values that were never set. */
    @Test
    void emptyAndNullMembersOfGoAreTaken() {
        String pod = """
                {"id":"/hold/p6","labels":{},"version":"2019-06-23T14:01:58.102Z","containers":[{"name":"c1",\
                "resources":{"cpus":0.01,"mem":32},"endpoints":[{"name":"e","containerPort":null,"hostPort":0}],\
                "image":{"kind":"docker","id":"i"},"labels":{},"lifecycle":{}}],\
                "networks":[{"mode":"HOST","name":null}],"scaling":{"kind":"fixed","instances":0}}""";

        Answer created = go("POST", "/v2/pods", pod).expect(201);

        assertThat(created.text("/containers/0/image/kind")).isEqualTo("DOCKER");
        assertThat(created.text("/networks/0/mode")).isEqualTo("host");
        assertThat(created.body()).doesNotContain("null", "\"labels\"");
    }

    /** Terraform's provider takes them for granted. */
    @Test
    void numbersOfHealthChecksAreAlwaysThere() {
        Answer created = server.post(
                        Pod.suspended("/hold/p7").container("healthCheck", "{'exec': {'command': {'shell': 'true'}}}"))
                .expect(201);

        assertNumbers(
                created.json().at("/containers/0/healthCheck"),
                "gracePeriodSeconds",
                "intervalSeconds",
                "timeoutSeconds",
                "maxConsecutiveFailures",
                "delaySeconds");
    }

    @Test
    void dcosAddsListsShowsUpdatesKillsAndRemovesAPod() {
        Answer added =
                dcos("POST", "/v2/pods", GO_POD.formatted("/good-pod", 1)).expect(201);
        assertThat(added.deployment()).isNotEmpty();
        server.awaitEnd(added.deployment());

        JsonNode row = dcos("GET", "/v2/pods/::status", "")
                .expect(200)
                .json()
                .valueStream()
                .filter(pod -> pod.get("id").asString().equals("/good-pod"))
                .findFirst()
                .orElseThrow();
        assertThat(row.at("/spec/containers/0/name").asString()).isEqualTo("c1");
        assertThat(row.at("/spec/version").asString()).isEqualTo(added.version());
        assertThat(row.get("status").asString()).isEqualTo("STABLE");
        assertThat(Instant.parse(row.get("statusSince").asString())).isNotNull();
        assertThat(row.get("instances")).hasSize(1);
        String instance = dcos("GET", "/v2/pods/good-pod::status", "").text("/instances/0/id");

        Answer updated = dcos(
                        "PUT",
                        "/v2/pods/good-pod?force=true",
                        GO_POD.formatted("/good-pod", 1).replace("sleep 1000", "sleep 1001"))
                .expect(200);
        assertThat(updated.deployment()).as("it stops without it").isNotEmpty();
        server.awaitEnd(updated.deployment());
        assertThat(server.instances("/good-pod")).doesNotContain(instance);

        Answer removed = dcos("DELETE", "/v2/pods/good-pod", "").expect(202);
        assertThat(removed.body()).isEmpty();
        dcos("DELETE", "/v2/pods/no-such-pod", "").expect(404);
    }

    @Test
    void dcosKillsInstancesOfAPod() {
        server.awaitEnd(
                dcos("POST", "/v2/pods", GO_POD.formatted("/double-pod", 2)).deployment());
        String id = server.instances("/double-pod").getFirst();

        assertThat(dcos("DELETE", "/v2/pods/double-pod::instances", "[\"" + id + "\"]")
                        .expect(200)
                        .json())
                .hasSize(1);
    }

    @Test
    void deploymentsAreABareArrayWithAppsAndPods() {
        Answer held = server.post(Pod.unplaceable("/hold/p8")).expect(201);

        JsonNode deployment = dcos("GET", "/v2/deployments", "")
                .expect(200)
                .json()
                .valueStream()
                .filter(one -> one.get("id").asString().equals(held.deployment()))
                .findFirst()
                .orElseThrow();

        assertThat(deployment.get("affectedApps")).isEmpty();
        assertThat(deployment.get("affectedPods")).isEqualTo(Pod.json("['/hold/p8']"));
        assertStrings(deployment, "id", "version");
        assertNumbers(deployment, "currentStep", "totalSteps");
        assertThat(deployment.at("/steps/0/actions/0/action").asString()).isEqualTo("StartPod");
        assertThat(deployment.at("/steps/0/actions/0/pod").asString()).isEqualTo("/hold/p8");
        assertThat(deployment.get("currentActions").isArray()).isTrue();
    }

    @Test
    void systemTestsWriteASlashBeforeTheColons() {
        Answer created = server.deploy(Pod.of("/group/simple-pod"));
        String id = server.instances("/group/simple-pod").getFirst();

        assertThat(tests("GET", "/v2/pods/group/simple-pod/::status")
                        .expect(200)
                        .text("/status"))
                .isEqualTo("STABLE");
        assertThat(tests("GET", "/v2/pods/group/simple-pod/::versions/")
                        .expect(200)
                        .texts())
                .containsExactly(created.version());
        assertThat(tests("GET", "/v2/pods/group/simple-pod/::versions/" + created.version())
                        .expect(200)
                        .version())
                .isEqualTo(created.version());
        tests("DELETE", "/v2/pods/group/simple-pod/::instances/" + id).expect(200);
    }

    /** The fixture of the integration tests of DC/OS, whose name of the check is wrong. */
    @Test
    void misspelledMembersOfTheIntegrationTestsAreIgnored() {
        String pod = """
                {"id": "/integration-test-pods", "scaling": {"kind": "fixed", "instances": 0},\
                 "environment": {"PING": "PONG"}, "containers": [{"name": "ct1", "resources": {"cpus": 0.1, "mem": 32},\
                 "image": {"kind": "DOCKER", "id": "debian:jessie"},\
                 "exec": {"command": {"shell": "touch foo; while true; do sleep 1; done"}},\
                 "healthcheck": {"command": {"shell": "test -f foo"}}}], "networks": [{"mode": "host"}]}""";
        String head = TESTS.formatted("POST", "/v2/pods") + """
                Content-Length: <length>
                Content-Type: application/json
                """;

        Answer created = server.raw(head, pod).expect(201);

        Answer destroyed =
                tests("DELETE", "/v2/pods/integration-test-pods?force=true").expect(202);
        assertThat(destroyed.deployment()).isNotEqualTo(created.deployment());
    }

    @Test
    void bodiesOfGetsAreIgnored() {
        server.post(Pod.suspended("/hold/p9")).expect(201);

        go("GET", "/v2/pods/hold/p9", "\"\"").expect(200);
        go("GET", "/v2/pods/hold/p9::status", "\"\"").expect(200);
        go("GET", "/v2/deployments", "\"\"").expect(200);
    }

    @Test
    void errorsOfClientsAreNeverFaultsOfTheServer() {
        for (String path : List.of(
                "/v2/groups//",
                "/v2/groups/",
                "/v2/nothing",
                "/v2/pods::status",
                "/v2/pods/%",
                "/v2/pods/a%00b",
                "/v2/pods/a;b::status",
                "/v2/pods/::",
                "/v2/pods/::versions",
                "/v2/pods/a::versions/b/c",
                "/v2/pods/" + "a".repeat(6000))) {
            for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
                Answer answer = go(method, path, "\"\"");
                assertThat(answer.status())
                        .as(method + " " + path + ": " + answer)
                        .isBetween(200, 499);
                if (answer.status() >= 400) {
                    assertThat(answer.message()).as(method + " " + path).isNotEmpty();
                }
            }
        }
    }
}
