package io.muster.mesos.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Placement;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SamplePod;
import io.muster.mesos.matching.Allocation;
import io.muster.pods.model.NetworkMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.mesos.v1.Protos.Environment.Variable;
import org.apache.mesos.v1.Protos.Offer.Operation.LaunchGroup;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentMessagesTest {

    /** The environment that two containers of one pod really saw, less what the agent and the shell add. */
    @ParameterizedTest
    @CsvSource({"0, c1", "1, c2"})
    void givesWhatWasRecordedInsideOfContainers(int index, String container) throws IOException {
        SamplePod pod = SamplePod.of("/rec/web")
                .network(NetworkMode.HOST, null)
                .label("team", "a-b")
                .label("X.y", "z")
                .variable("POD_LEVEL", "1")
                .variable("SHARED", "pod")
                .container(SampleContainer.named("c1")
                        .asks("0.01", "32", "0")
                        .endpoint("http", null, 0, "tcp")
                        .endpoint("admin", null, 0)
                        .variable("C1_ONLY", "yes")
                        .variable("SHARED", "c1")
                        .label("c1label", "v"))
                .container(SampleContainer.named("c2").asks("0.01", "32", "0"));
        Placement placement =
                SampleLaunch.placement(pod, "67ff6782-e666-11f1-8fec-02fc00000001", "127.0.0.1", 32781, 32782);
        LaunchGroup group = TaskGroups.launchGroup(
                        placement, new Allocation(List.of(), Map.of()), SampleLaunch.FRAMEWORK, SampleLaunch.SETTINGS)
                .getLaunchGroup();

        Map<String, String> recorded = read("env-" + container + "-as-seen-in-container.txt");
        // Both belong to the later Marathon that was recorded: a variable of its own, and a counter behind task ids.
        recorded.remove("MARATHON_APP_ENFORCE_GROUP_ROLE");
        recorded.computeIfPresent("MESOS_TASK_ID", (_, id) -> id.substring(0, id.lastIndexOf('.')));
        assertThat(variables(group.getTaskGroup().getTasks(index))).isEqualTo(recorded);
    }

    @Test
    void showsContainerPortsAndAllEndpointsToEveryContainer() {
        SamplePod cart = SamplePod.of("/shop/cart")
                .network(NetworkMode.BRIDGE, null)
                .container(SampleContainer.named("web").endpoint("http-api", 9000, 0, "tcp"))
                .container(SampleContainer.named("log").endpoint("inner", 9001, null));
        LaunchGroup group = SampleLaunch.group(cart, 31005);

        assertThat(group.getTaskGroup().getTasksList())
                .allSatisfy(task -> assertThat(variables(task))
                        .containsEntry("ENDPOINT_HTTP_API", "9000")
                        .containsEntry("EP_HOST_HTTP_API", "31005")
                        .containsEntry("EP_CONTAINER_HTTP_API", "9000")
                        .containsEntry("ENDPOINT_INNER", "9001")
                        .containsEntry("EP_CONTAINER_INNER", "9001")
                        .doesNotContainKey("EP_HOST_INNER"));
    }

    @Test
    void putsThePrefixInFrontOfEndpointVariablesOnly() {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").endpoint("web", null, 0, "tcp"));
        TaskInfo task = SampleLaunch.group(pod, new LaunchSettings("mesos-bridge", "acme_"), 31000)
                .getTaskGroup()
                .getTasks(0);

        assertThat(variables(task))
                .containsEntry("ACME_ENDPOINT_WEB", "31000")
                .containsEntry("ACME_EP_HOST_WEB", "31000")
                .containsEntry("MARATHON_APP_ID", "/p")
                .doesNotContainKey("ENDPOINT_WEB");
    }

    @Test
    void letsNobodyOverrideWhatTheSchedulerSays() {
        SamplePod pod = SamplePod.of("/p")
                .variable("HOST", "mine")
                .container(SampleContainer.named("c")
                        .variable("MARATHON_APP_ID", "mine")
                        .variable("ENDPOINT_WEB", "mine")
                        .endpoint("web", null, 0));

        assertThat(variables(SampleLaunch.task(pod, 31000)))
                .containsEntry("HOST", "10.0.0.3")
                .containsEntry("MARATHON_APP_ID", "/p")
                .containsEntry("ENDPOINT_WEB", "31000");
    }

    @Test
    void leavesOutLabelsThatAreTooLongAndKeepsTheLastOfCollidingOnes() {
        SamplePod pod = SamplePod.of("/p")
                .label("a.b", "first")
                .label("a-b", "second")
                .label("k".repeat(493), "too long a key")
                .label("v", "v".repeat(512))
                .label("w", "w".repeat(511))
                .container(SampleContainer.named("c"));

        assertThat(variables(SampleLaunch.task(pod)))
                .containsEntry("MARATHON_APP_LABELS", "A_B W")
                .containsEntry("MARATHON_APP_LABEL_A_B", "second")
                .doesNotContainKey("MARATHON_APP_LABEL_V");
    }

    @Test
    void hasAnEmptyListOfLabelsWhenThereAreNone() {
        assertThat(variables(SampleLaunch.task(SamplePod.of("/p").container(SampleContainer.named("c")))))
                .containsEntry("MARATHON_APP_LABELS", "");
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0.001", "1, 1.0", "32, 32.0", "10000000, 1.0E7"})
    void writesAmountsAsJavaDoes(String amount, String shown) {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").asks("1", amount, "0"));

        assertThat(variables(SampleLaunch.task(pod))).containsEntry("MARATHON_CONTAINER_RESOURCE_MEM", shown);
    }

    @Test
    void refersToTheSourceOfASecret() {
        SamplePod pod = SamplePod.of("/p")
                .secret("db", "prod/db/password")
                .container(SampleContainer.named("c").secretVariable("DB_PASSWORD", "db"));

        Variable variable = SampleLaunch.task(pod).getCommand().getEnvironment().getVariables(0);

        assertThat(variable.getName()).isEqualTo("DB_PASSWORD");
        assertThat(variable.getType()).isEqualTo(Variable.Type.SECRET);
        assertThat(variable.hasValue()).isFalse();
        assertThat(variable.getSecret().getReference().getName()).isEqualTo("prod/db/password");
    }

    private static Map<String, String> variables(TaskInfo task) {
        Map<String, String> variables = new HashMap<>();
        for (Variable variable : task.getCommand().getEnvironment().getVariablesList()) {
            assertThat(variables.put(variable.getName(), variable.getValue()))
                    .as(variable.getName())
                    .isNull();
        }
        return variables;
    }

    private static Map<String, String> read(String resource) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        try (InputStream text = Objects.requireNonNull(EnvironmentMessagesTest.class.getResourceAsStream(resource))) {
            for (String line : new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                int equals = line.indexOf('=');
                variables.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return variables;
    }
}
