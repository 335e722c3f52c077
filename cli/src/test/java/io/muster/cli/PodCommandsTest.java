package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about pods, against a server that answers as a recorded one. */
class PodCommandsTest {

    private static final String ROLLING = """
            {"id":"d1","affectedPods":["/shop/web"],"state":"ROLLING","createdAt":"2026-11-22T11:59:00.000Z",
             "submittedBy":"ada","reason":"release 7","progress":{"ready":1,"target":3,"oldAlive":2},"failures":0}""";
    private static final String DONE = "{\"id\":\"d1\",\"affectedPods\":[\"/shop/web\"],\"state\":\"SUCCEEDED\"}";
    private static final String POD = "{\"id\":\"/shop/web\",\"containers\":[{\"name\":\"a\"}]}";

    @TempDir
    private Path home;

    private FakeServer server;
    private Terminal terminal;

    @BeforeEach
    void start() {
        server = new FakeServer();
        terminal = new Terminal(home).with("MUSTER_URL", server.url()).typing(POD);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String status(String instances) {
        return """
                {"id":"/shop/web","spec":{"version":"2026-11-22T11:18:13.066Z","scaling":{"instances":2},
                 "containers":[{"name":"web"}]},"status":"DEGRADED","statusSince":"2026-11-22T11:50:00.000Z",
                 "instances":[%s],"terminationHistory":[]}""".formatted(instances);
    }

    private static String instance(String id, String container) {
        return """
                {"id":"%s","status":"STABLE","statusSince":"2026-11-22T11:59:18.000Z","agentHostname":"quay-07",
                 "agentId":"S7","containers":[{"name":"%s","status":"TASK_RUNNING","conditions":[
                 {"name":"healthy","value":"true"}],"endpoints":[{"name":"http","allocatedHostPort":31080}]}]}""".formatted(id, container);
    }

    @Test
    void addSendsTheFileAndTellsTheDeployment() throws IOException {
        Path file = Files.writeString(home.resolve("web.json"), POD);
        server.answer("POST /v2/pods", 201, POD, "Marathon-Deployment-Id", "d1");

        assertThat(terminal.run("pod", "add", file.toString())).isZero();

        assertThat(terminal.out()).isEqualTo("Created /shop/web, deployment d1\n");
        assertThat(server.asked().getFirst().body()).isEqualTo(POD);
        assertThat(terminal.run("pod", "add", "-", "-o", "id")).isZero();
        assertThat(terminal.out()).isEqualTo("d1\n");
        assertThat(terminal.run("pod add - -o json")).isZero();
        assertThat(terminal.out()).isEqualTo(POD + "\n");
    }

    @Test
    void instructionsGoAlongWithAnUpdate() {
        server.answer(
                "PUT /v2/pods/shop/web?strict=true&force=true&reason=release%207&onFailure=rollback&timeoutSeconds=600&maxFailures=3",
                200, POD, "Marathon-Deployment-Id", "d1");

        int code = terminal.run(
                "pod",
                "update",
                "-",
                "--strict",
                "--force",
                "--reason",
                "release 7",
                "--on-failure=rollback",
                "--time-limit=10m",
                "--max-failures=3",
                "--if-version",
                "2026-11-22T11:18:13.066Z");

        assertThat(code).as(terminal.err()).isZero();
        assertThat(server.asked().getFirst().headers()).containsEntry("If-match", "\"2026-11-22T11:18:13.066Z\"");
    }

    @Test
    void unknownFieldsAreAWarningOnStderr() {
        server.answer("POST /v2/pods", 201, POD, "Muster-Unknown-Fields", "/containers(0)/healthcheck");

        assertThat(terminal.run("pod add - -o json")).isZero();

        assertThat(terminal.out()).isEqualTo(POD + "\n");
        assertThat(terminal.err()).startsWith("Warning: ").contains("/containers(0)/healthcheck");
    }

    @Test
    void dryRunShowsThePlan() {
        server.answer("PUT /v2/pods/shop/web?dryRun=true", 200, """
                {"id":"/shop/web","steps":[{"actions":[{"action":"RestartPod","pod":"/shop/web"}]}],
                 "instances":{"kept":0,"replaced":3,"started":1,"ended":0},
                 "changes":["~ scaling.instances: 3 -> 4"],"patch":[]}""");

        assertThat(terminal.run("pod update - --dry-run")).isZero();

        assertThat(terminal.out()).isEqualTo("""
                This would be done to /shop/web: RestartPod
                Instances: 0 kept, 3 replaced, 1 started, 0 ended
                  ~ scaling.instances: 3 -> 4
                """);
    }

    @Test
    void waitShowsEachChangeOnceAndEndsWithTheDeployment() {
        server.answer("DELETE /v2/pods/shop/web", 202, "", "Marathon-Deployment-Id", "d1");
        server.answer("GET /v2/deployments/d1", 200, ROLLING)
                .answer("GET /v2/deployments/d1", 200, ROLLING)
                .answer("GET /v2/deployments/d1", 503, "")
                .answer("GET /v2/deployments/d1", 200, DONE);

        assertThat(terminal.run("pod remove /shop/web --wait")).isZero();

        assertThat(terminal.err()).isEqualTo("""
                rolling: 1/3 ready, 2 old instances left
                the server does not answer, trying again
                Deployment d1 succeeded after 0s
                """);
        assertThat(terminal.pauses())
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(150), Duration.ofMillis(225));
    }

    @Test
    void oneLineIsDrawnAgainOnATerminal() {
        server.answer("GET /v2/deployments/d1", 200, ROLLING).answer("GET /v2/deployments/d1", 200, DONE);

        assertThat(terminal.watched().run("deployment watch d1")).isZero();

        assertThat(terminal.err())
                .isEqualTo("\r\u001b[Krolling: 1/3 ready, 2 old instances left (0s)\r\u001b[K"
                        + "Deployment d1 succeeded after 0s\n");
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, 0", "SUPERSEDED, 6", "ROLLED_BACK, 6", "CANCELLED, 6", "FAILED, 6"})
    void codeTellsHowTheDeploymentEnded(String state, int code) {
        server.answer("GET /v2/deployments/d1", 200, "{\"id\":\"d1\",\"state\":\"" + state + "\"}");

        assertThat(terminal.run("deployment watch d1")).isEqualTo(code);
    }

    @Test
    void deploymentGoesOnAfterTheTimeout() {
        server.answer("GET /v2/deployments/d1", 200, ROLLING);

        assertThat(terminal.run("deployment watch d1 --timeout 90s")).isEqualTo(7);

        assertThat(terminal.err()).contains("Deployment d1 goes on after 90s; muster deployment watch d1");
        assertThat(terminal.pauses()).last().isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void ctrlCLeavesTheDeploymentAlone() {
        server.answer("GET /v2/deployments/d1", 200, DONE);

        terminal.interrupting().run("deployment watch d1");

        assertThat(terminal.err()).startsWith("Deployment d1 goes on; muster deployment watch d1\n");
        assertThat(server.lines()).containsOnly("GET /v2/deployments/d1");
    }

    @Test
    void serverThatStaysAwayIsGivenUp() {
        server.answer("GET /v2/deployments/d1", 500, "{\"message\":\"Incident 7\"}");

        assertThat(terminal.run("deployment watch d1")).isEqualTo(5);

        assertThat(terminal.err()).endsWith("Incident 7\n");
    }

    @Test
    void lockTellsWhoHoldsItAndWhatCanBeDone() {
        server.answer("PUT /v2/pods/shop/web", 409, """
                {"message":"App is locked by one or more deployments. It is held since 11:59.","deployments":[{"id":"d1"}]}""");
        server.answer("GET /v2/deployments/d1", 200, ROLLING);

        assertThat(terminal.run("pod update -")).isEqualTo(4);

        assertThat(terminal.err()).isEqualTo("""
                The pod is locked by a deployment. It is held since 11:59.
                  Deployment d1 of /shop/web, begun by ada 60s ago (release 7), has 1 of 3 instances ready
                  Watch it:     muster deployment watch d1
                  Override it:  the same command with --force
                """);
    }

    @Test
    void eachFieldHasItsComplaint() {
        server.answer("POST /v2/pods", 422, """
                {"message":"Object is not valid","details":[{"path":"/id","errors":["error.pattern"]},
                 {"path":"/containers(0)/name","errors":["must not be empty","must be short"]}]}""");

        assertThat(terminal.run("pod add -")).isEqualTo(1);

        assertThat(terminal.err()).isEqualTo("""
                Object is not valid
                  /id: error.pattern
                  /containers(0)/name: must not be empty
                  /containers(0)/name: must be short
                """);
    }

    @ParameterizedTest
    @CsvSource({"400, 1", "401, 1", "403, 1", "404, 3", "409, 1", "412, 1", "422, 1", "500, 5", "503, 5"})
    void codeTellsWhatTheServerAnswered(int status, int code) {
        server.answer("GET /v2/pods/shop/web", status, "{\"message\":\"so it is\"}");

        assertThat(terminal.run("pod show shop/web")).isEqualTo(code);
        assertThat(terminal.err()).isEqualTo("so it is\n");
    }

    @Test
    void answerThatIsNoJsonIsCutAndMadeHarmless() {
        server.answer("GET /v2/pods/shop/web", 502, "<html>\u001b[2J" + "x".repeat(500));

        assertThat(terminal.run("pod show shop/web")).isEqualTo(5);

        assertThat(terminal.err())
                .startsWith("The server answered with status 502: <html>?[2J")
                .hasSizeLessThan(400);
    }

    @Test
    void listShowsOneLineForEachPod() {
        server.answer(
                "GET /v2/pods/::status?view=live", 200, "[" + status(instance("shop_web.instance-1", "web")) + "]");

        assertThat(terminal.run("pod list")).isZero();

        assertThat(terminal.out()).isEqualTo("""
                POD        STATUS    SINCE  STABLE  WANTED  CONTAINERS  VERSION
                /shop/web  DEGRADED  10m    1       2       1           2026-11-22T11:18:13.066Z
                """);
    }

    @Test
    void statusShowsInstancesWithTheirContainers() {
        server.answer("GET /v2/pods/shop/web::status?view=live", 200, status(instance("shop_web.instance-1", "web")));

        assertThat(terminal.run("pod status shop/web")).isZero();

        assertThat(terminal.out()).isEqualTo("""
                /shop/web is DEGRADED since 10m, version 2026-11-22T11:18:13.066Z
                INSTANCE             STATUS  SINCE  AGENT    CONTAINER  STATE         HEALTHY  PORTS
                shop_web.instance-1  STABLE  42s    quay-07  web        TASK_RUNNING  true     http:31080
                """);
    }

    @Test
    void titlesAreBoldForAPersonWhoDoesNotMind() {
        server.answer("GET /v2/pods/::status?view=live", 200, "[]");

        terminal.watched().run("pod list");
        assertThat(terminal.out()).startsWith("\u001b[1mPOD");
        terminal.with("NO_COLOR", "1").run("pod list");
        assertThat(terminal.out()).startsWith("POD");
    }

    @Test
    void killTakesPartsOfIds() {
        String two = instance("web.instance-aaa", "c") + "," + instance("web.instance-bbb", "c");
        server.answer("GET /v2/pods/web::status?view=live", 200, status(two));
        server.answer("DELETE /v2/pods/web::instances", 200, "[{\"instanceId\":{\"idString\":\"web.instance-bbb\"}}]");

        assertThat(terminal.run("pod kill web bbb")).isZero();
        assertThat(terminal.out()).isEqualTo("Killing web.instance-bbb\n");
        assertThat(server.asked().getLast().body()).isEqualTo("[\"web.instance-bbb\"]");
        assertThat(terminal.run("pod kill web instance")).isEqualTo(2);
        assertThat(terminal.err()).contains("may be any of web.instance-aaa, web.instance-bbb");
        assertThat(terminal.run("pod kill web")).isEqualTo(2);
    }

    @Test
    void scaleChangesNothingElseAndNothingThatAnotherOneChanged() {
        server.answer("GET /v2/pods/web?view=target", 200, """
                {"id":"/web","version":"2026-11-22T11:18:13.066Z","scaling":{"kind":"fixed","instances":1},"labels":{"a":"b"}}""");
        server.answer("PUT /v2/pods/web", 200, "{}", "Marathon-Deployment-Id", "d1");

        assertThat(terminal.run("pod scale web 5")).isZero();

        FakeServer.Asked put = server.asked().getLast();
        assertThat(put.body())
                .isEqualTo(
                        "{\"id\":\"/web\",\"scaling\":{\"kind\":\"fixed\",\"instances\":5},\"labels\":{\"a\":\"b\"}}");
        assertThat(put.headers()).containsEntry("If-match", "\"2026-11-22T11:18:13.066Z\"");
    }

    @Test
    void rollbackAndDiffTakeTheVersionBefore() {
        server.answer("GET /v2/pods/web::versions", 200, "[\"v1\",\"v2\",\"v3\"]");
        server.answer("POST /v2/pods/web::rollback?version=v2", 200, "{}", "Marathon-Deployment-Id", "d1");
        server.answer("GET /v2/pods/web::history/diff?from=v2&to=v3", 200, """
                {"from":"v2","to":"v3","replacesInstances":true,"changes":["+ labels.a: \\"b\\""]}""");

        assertThat(terminal.run("pod rollback web")).isZero();
        assertThat(terminal.out()).isEqualTo("Rolling /web back to v2, deployment d1\n");
        assertThat(terminal.run("pod diff web")).isZero();
        assertThat(terminal.out()).isEqualTo("v2 -> v3, replaces instances\n+ labels.a: \"b\"\n");
    }

    @Test
    void valuesOfVariablesAreNotShown() {
        server.answer("GET /v2/pods/web", 200, """
                {"id":"/web","version":"v1","environment":{"KEY":"hunter2"},"secrets":{"s":{"source":"/top/secret"}},
                 "containers":[{"name":"a","environment":{"K":"hunter3"},"resources":{"cpus":0.1,"mem":32},
                 "exec":{"command":{"shell":"run"}},"endpoints":[{"name":"http","hostPort":0}]}]}""");

        assertThat(terminal.run("pod show web")).isZero();

        assertThat(terminal.out()).contains("http:0").doesNotContain("hunter").doesNotContain("/top/secret");
    }
}
