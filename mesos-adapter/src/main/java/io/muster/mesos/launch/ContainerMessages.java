package io.muster.mesos.launch;

import io.muster.pods.model.Container;
import io.muster.pods.model.Image;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Volume.Ephemeral;
import io.muster.pods.model.Volume.Host;
import io.muster.pods.model.Volume.Persistent;
import io.muster.pods.model.Volume.Secret;
import io.muster.pods.model.VolumeMount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.LinuxInfo;
import org.apache.mesos.v1.Protos.TTYInfo;
import org.apache.mesos.v1.Protos.Volume;

/** Image, volumes, terminal and confinement of a task. */
final class ContainerMessages {

    private ContainerMessages() {}

    /** Empty when it would hold nothing but its type. */
    static Optional<ContainerInfo> of(PodLaunch launch, Container container) {
        Image image = container.image();
        boolean tty = Boolean.TRUE.equals(container.tty());
        Optional<LinuxInfo> linux = LinuxMessages.ofTask(launch.pod(), container);
        if (image == null && container.volumeMounts().isEmpty() && !tty && linux.isEmpty()) {
            return Optional.empty();
        }
        ContainerInfo.Builder message = ContainerInfo.newBuilder().setType(ContainerInfo.Type.MESOS);
        if (image != null) {
            message.setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image(launch.pod(), image)));
        }
        container.volumeMounts().forEach(mount -> message.addVolumes(volume(launch.pod(), mount)));
        if (tty) {
            message.setTtyInfo(TTYInfo.getDefaultInstance());
        }
        linux.ifPresent(message::setLinuxInfo);
        return Optional.of(message.build());
    }

    private static Protos.Image image(PodDefinition pod, Image image) {
        Protos.Image.Builder message = Protos.Image.newBuilder();
        switch (image.kind()) {
            case DOCKER -> {
                Protos.Image.Docker.Builder docker =
                        Protos.Image.Docker.newBuilder().setName(image.id());
                if (image.pullSecret() != null) {
                    docker.setConfig(SecretMessages.reference(pod, image.pullSecret()));
                }
                message.setType(Protos.Image.Type.DOCKER).setDocker(docker);
            }
            case APPC -> {
                Map<String, String> labels = new LinkedHashMap<>(Map.of("os", "linux"));
                labels.put("arch", "amd64");
                labels.putAll(image.labels());
                message.setType(Protos.Image.Type.APPC)
                        .setAppc(Protos.Image.Appc.newBuilder()
                                .setName(image.id())
                                .setLabels(LabelMessages.of(labels)));
            }
        }
        if (image.forcePull() != null) {
            message.setCached(!image.forcePull());
        }
        return message.build();
    }

    private static Volume volume(PodDefinition pod, VolumeMount mount) {
        Volume.Builder volume = Volume.newBuilder()
                .setContainerPath(mount.mountPath())
                .setMode(mount.readOnly() ? Volume.Mode.RO : Volume.Mode.RW);
        switch (declared(pod, mount)) {
            case Host host -> volume.setHostPath(host.path());
            case Ephemeral shared -> volume.setSource(sharedBySandbox("volumes/" + shared.name()));
            case Persistent persistent -> volume.setSource(sharedBySandbox(persistent.name()));
            case Secret secret ->
                volume.setSource(Volume.Source.newBuilder()
                        .setType(Volume.Source.Type.SECRET)
                        .setSecret(SecretMessages.reference(pod, secret.secret())));
        }
        return volume.build();
    }

    private static io.muster.pods.model.Volume declared(PodDefinition pod, VolumeMount mount) {
        return pod.volumes().stream()
                .filter(volume -> volume.name().equals(mount.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no volume " + mount.name() + " in " + pod.id()));
    }

    /** A directory in the sandbox of the executor, which is how the containers of one instance share files. */
    private static Volume.Source sharedBySandbox(String path) {
        return Volume.Source.newBuilder()
                .setType(Volume.Source.Type.SANDBOX_PATH)
                .setSandboxPath(Volume.Source.SandboxPath.newBuilder()
                        .setType(Volume.Source.SandboxPath.Type.PARENT)
                        .setPath(path))
                .build();
    }
}
