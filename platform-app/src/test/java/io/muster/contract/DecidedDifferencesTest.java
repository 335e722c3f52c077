package io.muster.contract;

import static io.muster.contract.Server.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contract.Servers.Unusual;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Muster is unlike Marathon on purpose: what docs/differences-from-marathon.md says, shown. */
@ExtendWith(Servers.class)
class DecidedDifferencesTest {

    private final Server server;

    DecidedDifferencesTest(Server server) {
        this.server = server;
    }

    @AfterEach
    void deletePods() {
        server.deletePods();
    }

    @Test
    void locationLeadsToThePodAndToTheDeployment() {
        Answer created = server.post(Pod.suspended("/differs/location")).expect(201);
        server.awaitEnd(created.deployment());
        Answer deleted = server.delete("/v2/pods/differs/location").expect(202);

        assertThat(created.header("Location").orElse("")).endsWith("/v2/pods/differs/location");
        assertThat(deleted.header("Location").orElse("")).endsWith("/v2/deployments/" + deleted.deployment());
        assertThat(server.put(Pod.suspended("/differs/put")).header("Location")).isEmpty();
    }

    @Test
    void changesOfScalingPoliciesMakeVersionsAndReplaceNothing() {
        String id = "/differs/policies";
        server.deploy(Pod.of(id));
        List<String> running = server.instances(id);

        String kill = server.deploy(Pod.of(id).with("scheduling", "{'killSelection': 'OLDEST_FIRST'}"))
                .version();
        String strategy = server.deploy(Pod.of(id).with("scheduling", "{'unreachableStrategy': 'disabled'}"))
                .version();

        assertThat(strategy).isGreaterThan(kill);
        assertThat(server.get("/v2/pods" + id + "::versions").texts()).hasSize(3);
        assertThat(server.instances(id)).isEqualTo(running);
    }

    @Test
    void changesOfExecutorResourcesReplaceInstances() {
        String id = "/differs/executor";
        server.deploy(Pod.of(id));
        List<String> running = server.instances(id);

        server.deploy(Pod.of(id).with("executorResources", "{'cpus': 0.5}"));

        assertThat(server.instances(id)).hasSize(1).doesNotContainAnyElementsOf(running);
        assertThat(server.status(id).at("/instances/0/resources"))
                .as("of the executor as it is defined, and of the container")
                .isEqualTo(Pod.json("{'cpus': 0.51, 'mem': 64, 'disk': 10, 'gpus': 0}"));
    }

    /** What runs already as it should stays, also if it was meant for an earlier version. */
    @Test
    void goingBackLeavesAloneWhatStillRuns() {
        String id = "/differs/back";
        Pod pod = Pod.of(id).instances(2);
        server.deploy(pod.variable("one"));
        List<String> running = server.instances(id);
        server.put(pod.variable("two").container("resources", "{'cpus': 1000}")).expect(200);

        Answer back =
                server.put("/v2/pods" + id + "?force=true", pod.variable("one")).expect(200);
        server.awaitEnd(back.deployment());

        assertThat(server.instances(id)).isEqualTo(running);
    }

    /** Read by Marathon as something else than was meant. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    scaling    | {'kind': 'fixed', 'instances': 'three'}    | /scaling/instances
                    scaling    | {'kind': 'fixed', 'instances': 1.5}        | /scaling/instances
                    volumes    | [{'name': 'v', 'host': 7}]                 | /volumes(0)/host
                    volumes    | [{'name': 'v', 'secret': 7}]               | /volumes(0)/secret
                    volumes    | [{'name': 'v', 'persistent': {'size': 'x'}}] | /volumes(0)/persistent/size
                    scheduling | {'unreachableStrategy': 'off'}             | /scheduling/unreachableStrategy
                    """)
    void valuesOfWrongTypesAreRefused(String member, String value, String path) {
        Answer refused = server.post(Pod.suspended("/differs/types").with(member, value));

        assertThat(refused.expect(422).message()).isEqualTo("Invalid JSON");
        assertThat(refused.violations()).containsKey(path);
    }

    @Test
    void disabledMayBeWrittenInAnyCase() {
        assertThat(server.post(Pod.suspended("/differs/case").with("scheduling", "{'unreachableStrategy': 'Disabled'}"))
                        .expect(201)
                        .text("/scheduling/unreachableStrategy"))
                .isEqualTo("disabled");
    }

    @Test
    void defaultNetworkBesideItselfIsRefused(@Unusual Server other) {
        other.post(Pod.suspended("/differs/quay")
                        .with("networks", "[{'mode': 'container'}, {'mode': 'container', 'name': 'quay'}]"))
                .expectInvalid("/networks", "Duplicate networks are not allowed");
    }

    @Test
    void containerPortWithoutAnyNetworkIsRefused() {
        assertThat(server.post(Pod.suspended("/differs/none")
                                .without("networks")
                                .container("endpoints", "[{'name': 'e', 'containerPort': 80}]"))
                        .expect(422)
                        .violations())
                .containsKey("/containers(0)/endpoints(0)/containerPort");
        assertThat(server.post(Pod.suspended("/differs/none").without("networks"))
                        .expect(201)
                        .members())
                .doesNotContain("networks");
    }

    @Test
    void strategyThatForgetsBeforeItReplacesIsAccepted() {
        server.post(Pod.suspended("/differs/strategy")
                        .with(
                                "scheduling",
                                "{'unreachableStrategy': {'inactiveAfterSeconds': 20, 'expungeAfterSeconds': 10}}"))
                .expect(201);
    }

    @Test
    void pathsOfViolationsAreThoseOfTheDefinition() {
        assertThat(server.post(Pod.suspended("/differs/paths")
                                .with("volumes", "[{'name': 'v', 'secret': 's'}]")
                                .container("volumeMounts", "[{'name': 'v', 'mountPath': 'm'}]")
                                .with("scheduling", "{'placement': {'acceptedResourceRoles': ['-a', 'b c']}}"))
                        .expect(422)
                        .violations()
                        .keySet())
                .containsExactly(
                        "/scheduling/placement/acceptedResourceRoles(0)",
                        "/scheduling/placement/acceptedResourceRoles(1)",
                        "/volumes(0)/secret");
    }

    @Test
    void historyOutlivesThePod() {
        String version = server.deploy(Pod.suspended("/differs/history")).version();
        server.awaitEnd(server.delete("/v2/pods/differs/history").deployment());

        assertThat(server.get("/v2/pods/differs/history::history")
                        .expect(200)
                        .json()
                        .get("entries")
                        .valueStream()
                        .map(entry -> entry.get("what").asString()))
                .containsExactly("DELETED", "DELETE_ACCEPTED", "EXPOSED", "BEGUN", "SUBMITTED", "CREATED");
        server.get("/v2/pods/differs/history::versions/" + version).expect(200);
    }

    /** Not those of an instance that is gone: why a pod does not come up must not be forgotten with it. */
    @Test
    void lastFailureIsShownAlsoWhenItsInstanceIsGone() {
        server.post(Pod.of("/differs/failure").shell("exit 7")).expect(201);

        soon().until(() -> {
            var status = server.status("/differs/failure");
            return status.get("instances").isEmpty()
                    && !status.get("terminationHistory").isEmpty();
        });
    }
}
