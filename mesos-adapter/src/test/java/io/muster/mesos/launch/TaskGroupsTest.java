package io.muster.mesos.launch;

import static io.muster.mesos.launch.SampleLaunch.FRAMEWORK;
import static io.muster.mesos.launch.SampleLaunch.SETTINGS;
import static io.muster.mesos.launch.SampleLaunch.group;
import static io.muster.mesos.launch.SampleLaunch.placement;
import static io.muster.mesos.launch.SampleLaunch.port;
import static io.muster.mesos.launch.SampleLaunch.scalar;
import static io.muster.mesos.launch.SampleLaunch.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SamplePod;
import io.muster.mesos.matching.Allocation;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.HealthCheck.Http;
import io.muster.pods.model.HealthCheck.Scheme;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Volume;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.junit.jupiter.api.Test;

class TaskGroupsTest {

    @Test
    void buildsTheWrittenOutExample() throws IOException {
        Placement placement = placement(cart(), "5a1e1c50-2b7c-11ec-9f3a-0242ac110002", "10.0.0.3", 31005);
        Allocation allocation = new Allocation(
                List.of(scalar("cpus", 0.1), scalar("mem", 32), scalar("disk", 10), port(31005)),
                Map.of(
                        "web", List.of(scalar("cpus", 0.5), scalar("mem", 64)),
                        "log", List.of(scalar("cpus", 0.1), scalar("mem", 32))));

        Offer.Operation operation = TaskGroups.launchGroup(placement, allocation, FRAMEWORK, SETTINGS);

        assertThat(withoutVariables(operation)).isEqualTo(read("written-out-example.textproto"));
    }

    @Test
    void givesNoContainerToTheExecutorOfABarePod() {
        SamplePod bare = SamplePod.of("/bare").container(SampleContainer.named("c"));
        SamplePod host =
                SamplePod.of("/host").container(SampleContainer.named("c")).network(NetworkMode.HOST, null);

        assertThat(group(bare).getExecutor().hasContainer()).isFalse();
        assertThat(group(bare).getExecutor().hasLabels()).isTrue();
        assertThat(group(host).getExecutor().hasContainer()).isTrue();
        assertThat(group(host).getExecutor().getContainer().getNetworkInfosList())
                .isEmpty();
    }

    @Test
    void keepsPodLabelsOnTheExecutorAndContainerLabelsOnTheTask() {
        SamplePod pod = SamplePod.of("/p")
                .label("team", "blue")
                .container(SampleContainer.named("with").label("tier", "web"))
                .container(SampleContainer.named("without"));

        Offer.Operation.LaunchGroup group = group(pod);

        assertThat(group.getExecutor().getLabels().getLabelsList())
                .extracting("key")
                .containsExactly("team");
        assertThat(group.getTaskGroup().getTasks(0).getLabels().getLabelsList())
                .extracting("key")
                .containsExactly("tier");
        assertThat(group.getTaskGroup().getTasks(1).hasLabels()).isFalse();
    }

    @Test
    void cutsTheGracePeriodToNanosecondsAndLeavesItToMesosWhenAbsent() {
        TaskInfo with =
                task(SamplePod.of("/p").container(SampleContainer.named("c").grace("1.5000000009")));
        TaskInfo without = task(SamplePod.of("/p").container(SampleContainer.named("c")));

        assertThat(with.getKillPolicy().getGracePeriod().getNanoseconds()).isEqualTo(1_500_000_000);
        assertThat(without.hasKillPolicy()).isFalse();
    }

    @Test
    void aGracePeriodBeyondAllNumbersIsTheLongestThereIs() {
        TaskInfo task =
                task(SamplePod.of("/p").container(SampleContainer.named("c").grace("99999999999")));

        assertThat(task.getKillPolicy().getGracePeriod().getNanoseconds()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesPortsThatDoNotFitTheEndpoints() {
        SamplePod pod = SamplePod.of("/p")
                .container(SampleContainer.named("c").endpoint("a", null, 0).endpoint("b", null, 0));

        assertThatThrownBy(() -> group(pod, 31000)).hasMessageContaining("no host port for endpoint b");
        assertThatThrownBy(() -> group(pod, 31000, 31001, 31002)).hasMessageContaining("more host ports");
    }

    private static SamplePod cart() {
        return SamplePod.of("/shop/cart")
                .label("team.name", "blue")
                .network(NetworkMode.BRIDGE, null)
                .volume(new Volume.Ephemeral("spool"))
                .container(SampleContainer.named("web")
                        .asks("0.5", "64", "0")
                        .shell("exec ./serve --port 9000")
                        .docker("registry.example/cart:7", true, null)
                        .endpoint(new Endpoint(
                                "http-api", 9000, 0, List.of("tcp"), Map.of("VIP_0", "/cart:80"), List.of()))
                        .mount("spool", "/var/spool/cart", false)
                        .check(new Http("http-api", "/ready", Scheme.HTTP))
                        .grace("12"))
                .container(SampleContainer.named("log")
                        .argv(null, "--follow", "spool")
                        .docker("registry.example/tailer:2", null, null)
                        .mount("spool", "spool", true));
    }

    private static Offer.Operation withoutVariables(Offer.Operation operation) {
        Offer.Operation.Builder copy = operation.toBuilder();
        copy.getLaunchGroupBuilder()
                .getTaskGroupBuilder()
                .getTasksBuilderList()
                .forEach(task -> task.getCommandBuilder().clearEnvironment());
        return copy.build();
    }

    private static Offer.Operation read(String resource) throws IOException {
        try (InputStream text = Objects.requireNonNull(TaskGroupsTest.class.getResourceAsStream(resource))) {
            return TextFormat.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8), Offer.Operation.class);
        }
    }
}
