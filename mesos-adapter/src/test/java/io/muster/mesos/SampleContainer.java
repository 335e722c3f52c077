package io.muster.mesos;

import io.muster.pods.model.Artifact;
import io.muster.pods.model.Command;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.Exec;
import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.Image;
import io.muster.pods.model.ImageKind;
import io.muster.pods.model.IpcInfo;
import io.muster.pods.model.Lifecycle;
import io.muster.pods.model.LinuxInfo;
import io.muster.pods.model.ResourceLimit;
import io.muster.pods.model.ResourceLimits;
import io.muster.pods.model.Resources;
import io.muster.pods.model.Seccomp;
import io.muster.pods.model.VolumeMount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container as a test needs it: by default 0.1 cpus, 32 MiB and nothing to execute. */
public final class SampleContainer {

    private final String name;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
    private final List<VolumeMount> mounts = new ArrayList<>();
    private final List<Artifact> artifacts = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private Resources resources = resources("0.1", "32", "0");
    private @Nullable Exec exec;
    private @Nullable Image image;
    private @Nullable String user;
    private @Nullable HealthCheck check;
    private @Nullable Lifecycle lifecycle;
    private @Nullable Boolean tty;
    private @Nullable ResourceLimits limits;
    private @Nullable LinuxInfo linuxInfo;

    private SampleContainer(String name) {
        this.name = name;
    }

    public static SampleContainer named(String name) {
        return new SampleContainer(name);
    }

    private static Resources resources(String cpus, String mem, String disk) {
        return new Resources(new BigDecimal(cpus), new BigDecimal(mem), new BigDecimal(disk), 0);
    }

    public SampleContainer asks(String cpus, String mem, String disk) {
        resources = resources(cpus, mem, disk);
        return this;
    }

    public SampleContainer gpus(int gpus) {
        resources = new Resources(resources.cpus(), resources.mem(), resources.disk(), gpus);
        return this;
    }

    public SampleContainer shell(String command) {
        exec = new Exec(new Command.Shell(command), null);
        return this;
    }

    public SampleContainer argv(@Nullable Boolean overrideEntrypoint, String... argv) {
        exec = new Exec(new Command.Argv(List.of(argv)), overrideEntrypoint);
        return this;
    }

    public SampleContainer docker(String id, @Nullable Boolean forcePull, @Nullable String pullSecret) {
        image = new Image(ImageKind.DOCKER, id, pullSecret, forcePull, Map.of());
        return this;
    }

    public SampleContainer image(Image wanted) {
        image = wanted;
        return this;
    }

    public SampleContainer endpoint(Endpoint endpoint) {
        endpoints.add(endpoint);
        return this;
    }

    public SampleContainer endpoint(
            String endpoint, @Nullable Integer containerPort, @Nullable Integer hostPort, String... protocols) {
        endpoints.add(new Endpoint(endpoint, containerPort, hostPort, List.of(protocols), Map.of(), List.of()));
        return this;
    }

    public SampleContainer variable(String variable, String value) {
        environment.put(variable, new EnvironmentValue.Text(value));
        return this;
    }

    public SampleContainer secretVariable(String variable, String key) {
        environment.put(variable, new EnvironmentValue.SecretReference(key));
        return this;
    }

    public SampleContainer mount(String volume, String path, boolean readOnly) {
        mounts.add(new VolumeMount(volume, path, readOnly));
        return this;
    }

    public SampleContainer artifact(Artifact artifact) {
        artifacts.add(artifact);
        return this;
    }

    public SampleContainer label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    public SampleContainer user(String wanted) {
        user = wanted;
        return this;
    }

    /** With the times that the API gives by default. */
    public SampleContainer check(HealthCheck.Probe probe) {
        check = new HealthCheck(
                probe,
                Duration.ofSeconds(300),
                Duration.ofSeconds(60),
                3,
                Duration.ofSeconds(20),
                Duration.ofSeconds(15));
        return this;
    }

    public SampleContainer grace(String seconds) {
        lifecycle = new Lifecycle(new BigDecimal(seconds));
        return this;
    }

    public SampleContainer tty() {
        tty = true;
        return this;
    }

    public SampleContainer limits(@Nullable ResourceLimit cpus, @Nullable ResourceLimit mem) {
        limits = new ResourceLimits(cpus, mem);
        return this;
    }

    public SampleContainer linuxInfo(@Nullable Seccomp seccomp, @Nullable IpcInfo ipc) {
        linuxInfo = new LinuxInfo(seccomp, ipc);
        return this;
    }

    Container build() {
        return new Container(
                name,
                resources,
                exec,
                image,
                endpoints,
                environment,
                user,
                check,
                mounts,
                artifacts,
                labels,
                lifecycle,
                tty,
                limits,
                linuxInfo);
    }
}
