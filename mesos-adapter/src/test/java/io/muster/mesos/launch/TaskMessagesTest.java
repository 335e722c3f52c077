package io.muster.mesos.launch;

import static io.muster.mesos.launch.SampleLaunch.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.mesos.SampleContainer;
import io.muster.mesos.SamplePod;
import io.muster.pods.model.Artifact;
import io.muster.pods.model.Command;
import io.muster.pods.model.HealthCheck.CommandProbe;
import io.muster.pods.model.HealthCheck.Http;
import io.muster.pods.model.HealthCheck.Scheme;
import io.muster.pods.model.HealthCheck.Tcp;
import io.muster.pods.model.Image;
import io.muster.pods.model.ImageKind;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Volume;
import java.util.List;
import java.util.Map;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.junit.jupiter.api.Test;

/** Command, container and health check of a single task. */
class TaskMessagesTest {

    @Test
    void leavesTheCommandToTheImageWhenNoneIsGiven() {
        CommandInfo command = command(SampleContainer.named("c"));

        assertThat(command.hasShell()).isTrue();
        assertThat(command.getShell()).isFalse();
        assertThat(command.hasValue()).isFalse();
        assertThat(command.getArgumentsList()).isEmpty();
    }

    @Test
    void givesArgumentsToTheEntryPointUnlessItIsOverridden() {
        CommandInfo joined = command(SampleContainer.named("c").argv(null, "serve", "-v"));
        CommandInfo alone = command(SampleContainer.named("c").argv(true, "serve", "-v"));

        assertThat(joined.hasValue()).isFalse();
        assertThat(alone.getValue()).isEqualTo("serve");
        assertThat(List.of(joined, alone)).allSatisfy(command -> {
            assertThat(command.getShell()).isFalse();
            assertThat(command.getArgumentsList()).containsExactly("serve", "-v");
        });
    }

    @Test
    void prefersTheUserOfTheContainer() {
        SamplePod pod = SamplePod.of("/p")
                .user("pod")
                .container(SampleContainer.named("own").user("own"))
                .container(SampleContainer.named("other"));

        assertThat(SampleLaunch.group(pod).getTaskGroup().getTasksList())
                .extracting(task -> task.getCommand().getUser())
                .containsExactly("own", "pod");
        assertThat(command(SampleContainer.named("c")).hasUser()).isFalse();
    }

    @Test
    void fetchesArtifacts() {
        CommandInfo command = command(SampleContainer.named("c")
                .artifact(new Artifact("http://files.example/a.tgz", false, true, true, "a.tgz"))
                .artifact(new Artifact("http://files.example/b", true, false, false, null)));

        assertThat(command.getUris(0))
                .isEqualTo(CommandInfo.URI
                        .newBuilder()
                        .setValue("http://files.example/a.tgz")
                        .setExtract(false)
                        .setExecutable(true)
                        .setCache(true)
                        .setOutputFile("a.tgz")
                        .build());
        assertThat(command.getUris(1).hasOutputFile()).isFalse();
    }

    @Test
    void hasNoContainerWhenThereIsNothingToSay() {
        assertThat(task(SamplePod.of("/p").container(SampleContainer.named("c")))
                        .hasContainer())
                .isFalse();
        assertThat(task(SamplePod.of("/p").container(SampleContainer.named("c").tty()))
                        .getContainer()
                        .hasTtyInfo())
                .isTrue();
    }

    @Test
    void mountsHostDirectoriesAndSecrets() {
        TaskInfo task = task(SamplePod.of("/p")
                .secret("cert", "prod/cert")
                .volume(new Volume.Host("logs", "/var/log"))
                .volume(new Volume.Secret("tls", "cert"))
                .container(
                        SampleContainer.named("c").mount("logs", "/logs", true).mount("tls", "tls/cert", false)));

        Protos.Volume logs = task.getContainer().getVolumes(0);
        Protos.Volume tls = task.getContainer().getVolumes(1);
        assertThat(logs.getHostPath()).isEqualTo("/var/log");
        assertThat(logs.getContainerPath()).isEqualTo("/logs");
        assertThat(logs.getMode()).isEqualTo(Protos.Volume.Mode.RO);
        assertThat(tls.getMode()).isEqualTo(Protos.Volume.Mode.RW);
        assertThat(tls.getSource().getType()).isEqualTo(Protos.Volume.Source.Type.SECRET);
        assertThat(tls.getSource().getSecret().getReference().getName()).isEqualTo("prod/cert");
    }

    @Test
    void mountsAPersistentVolumeWhereTheExecutorHasItsDisk() {
        TaskInfo task = task(SamplePod.of("/p")
                .volume(new Volume.Persistent("data", 64, Volume.DiskType.ROOT, null, null, List.of()))
                .container(SampleContainer.named("c").mount("data", "/data", false)));

        Protos.Volume.Source source = task.getContainer().getVolumes(0).getSource();
        assertThat(source.getType()).isEqualTo(Protos.Volume.Source.Type.SANDBOX_PATH);
        assertThat(source.getSandboxPath().getType()).isEqualTo(Protos.Volume.Source.SandboxPath.Type.PARENT);
        assertThat(source.getSandboxPath().getPath()).isEqualTo("data");
    }

    @Test
    void refusesAMountOfAVolumeThatIsNotThere() {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").mount("gone", "x", true));

        assertThatThrownBy(() -> task(pod)).hasMessageContaining("no volume gone");
    }

    @Test
    void namesTheSourceOfAPullSecretAndItsKeyAsAFallback() {
        SamplePod known = SamplePod.of("/p")
                .secret("pull", "prod/registry")
                .container(SampleContainer.named("c").docker("img", false, "pull"));
        SamplePod unknown =
                SamplePod.of("/p").container(SampleContainer.named("c").docker("img", null, "pull"));

        assertThat(image(known).getDocker().getConfig().getReference().getName())
                .isEqualTo("prod/registry");
        assertThat(image(known).getCached()).isTrue();
        assertThat(image(unknown).getDocker().getConfig().getReference().getName())
                .isEqualTo("pull");
        assertThat(image(unknown).hasCached()).isFalse();
    }

    @Test
    void labelsAppcImagesWithTheirPlatform() {
        Image image = new Image(ImageKind.APPC, "example.com/a", null, null, Map.of("version", "1", "arch", "arm64"));

        assertThat(image(SamplePod.of("/p").container(SampleContainer.named("c").image(image)))
                        .getAppc()
                        .getLabels()
                        .getLabelsList())
                .extracting(label -> label.getKey() + "=" + label.getValue())
                .containsExactlyInAnyOrder("os=linux", "arch=arm64", "version=1");
    }

    @Test
    void checksTheHostPortInHostModeAndTheContainerPortOtherwise() {
        SampleContainer host =
                SampleContainer.named("c").endpoint("web", null, 0).check(new Tcp("web"));
        SampleContainer bridge =
                SampleContainer.named("c").endpoint("web", 8080, 0).check(new Http("web", null, Scheme.HTTPS));

        HealthCheck tcp = task(SamplePod.of("/p").container(host), 31000).getHealthCheck();
        HealthCheck https = task(
                        SamplePod.of("/p").network(NetworkMode.BRIDGE, null).container(bridge), 31000)
                .getHealthCheck();

        assertThat(tcp.getType()).isEqualTo(HealthCheck.Type.TCP);
        assertThat(tcp.getTcp().getPort()).isEqualTo(31000);
        assertThat(https.getHttp().getPort()).isEqualTo(8080);
        assertThat(https.getHttp().getScheme()).isEqualTo("https");
        assertThat(https.getHttp().hasPath()).isFalse();
    }

    @Test
    void checksByCommand() {
        HealthCheck shell = task(SamplePod.of("/p")
                        .container(SampleContainer.named("c").check(new CommandProbe(new Command.Shell("test -f ok")))))
                .getHealthCheck();
        HealthCheck argv = task(SamplePod.of("/p")
                        .container(SampleContainer.named("c")
                                .check(new CommandProbe(new Command.Argv(List.of("test", "-f", "ok"))))))
                .getHealthCheck();

        assertThat(shell.getType()).isEqualTo(HealthCheck.Type.COMMAND);
        assertThat(shell.getCommand().getShell()).isTrue();
        assertThat(shell.getCommand().getValue()).isEqualTo("test -f ok");
        assertThat(argv.getCommand().getShell()).isFalse();
        assertThat(argv.getCommand().getValue()).isEqualTo("test");
        assertThat(argv.getCommand().getArgumentsList()).containsExactly("test", "-f", "ok");
    }

    @Test
    void leavesOutACheckOfAnEndpointWithoutPort() {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").check(new Tcp("nowhere")));

        assertThat(task(pod).hasHealthCheck()).isFalse();
    }

    private static CommandInfo command(SampleContainer container) {
        return task(SamplePod.of("/p").container(container)).getCommand();
    }

    private static Protos.Image image(SamplePod pod) {
        return task(pod).getContainer().getMesos().getImage();
    }
}
