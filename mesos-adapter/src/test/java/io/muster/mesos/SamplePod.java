package io.muster.mesos;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Backoff;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Container;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.IpcInfo;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Placement;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Upgrade;
import io.muster.pods.model.Volume;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A pod as a test needs it; what is not said has the defaults of the API. */
public final class SamplePod {

    private final String id;
    private final List<Container> containers = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final List<Volume> volumes = new ArrayList<>();
    private final List<Network> networks = new ArrayList<>();
    private final List<String> acceptedRoles = new ArrayList<>();
    private final List<Constraint> constraints = new ArrayList<>();
    private String version = "2026-11-22T11:18:13.066Z";
    private @Nullable String user;
    private @Nullable IpcInfo ipcInfo;
    private boolean legacySharedCgroups;
    private ExecutorResources executor =
            new ExecutorResources(new BigDecimal("0.1"), BigDecimal.valueOf(32), BigDecimal.TEN);

    private SamplePod(String id) {
        this.id = id;
    }

    public static SamplePod of(String id) {
        return new SamplePod(id);
    }

    public SamplePod container(SampleContainer container) {
        containers.add(container.build());
        return this;
    }

    public SamplePod label(String key, String value) {
        labels.put(key, value);
        return this;
    }

    public SamplePod variable(String name, String value) {
        environment.put(name, new EnvironmentValue.Text(value));
        return this;
    }

    public SamplePod secret(String key, String source) {
        secrets.put(key, source);
        return this;
    }

    public SamplePod volume(Volume volume) {
        volumes.add(volume);
        return this;
    }

    public SamplePod network(NetworkMode mode, @Nullable String name) {
        networks.add(new Network(mode, name, Map.of()));
        return this;
    }

    public SamplePod network(Network network) {
        networks.add(network);
        return this;
    }

    public SamplePod acceptedRoles(String... roles) {
        acceptedRoles.addAll(List.of(roles));
        return this;
    }

    public SamplePod constraint(String field, Constraint.Operator operator, @Nullable String value) {
        constraints.add(new Constraint(field, operator, value));
        return this;
    }

    /** Versions of one pod have one config hash here. */
    public SamplePod version(String accepted) {
        version = accepted;
        return this;
    }

    public SamplePod executor(String cpus, String mem, String disk) {
        executor = new ExecutorResources(new BigDecimal(cpus), new BigDecimal(mem), new BigDecimal(disk));
        return this;
    }

    public SamplePod user(String name) {
        user = name;
        return this;
    }

    public SamplePod ipc(IpcInfo wanted) {
        ipcInfo = wanted;
        return this;
    }

    public SamplePod legacySharedCgroups() {
        legacySharedCgroups = true;
        return this;
    }

    public VersionedPod build() {
        Scheduling scheduling = new Scheduling(
                new Backoff(BigDecimal.ONE, new BigDecimal("1.15"), BigDecimal.valueOf(300)),
                new Upgrade(BigDecimal.ONE, BigDecimal.ONE),
                KillSelection.YOUNGEST_FIRST,
                new UnreachableStrategy.Enabled(0, 0),
                new Placement(constraints, acceptedRoles));
        PodDefinition definition = new PodDefinition(
                PodId.of(id),
                labels,
                user,
                environment,
                containers,
                secrets,
                volumes,
                networks,
                1,
                scheduling,
                executor,
                null,
                ipcInfo,
                legacySharedCgroups);
        return new VersionedPod(new Version(Instant.parse(version)), definition, "hash of " + id);
    }

    /** One instance of this pod that waits; equal numbers give equal ids. */
    public static LaunchRequest request(VersionedPod pod, int number) {
        return new LaunchRequest(InstanceId.of(pod.id(), new UUID(0, number)), pod);
    }
}
