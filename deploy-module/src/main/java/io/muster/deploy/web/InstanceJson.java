package io.muster.deploy.web;

import static io.muster.deploy.web.PodStatusJson.text;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceStatus;
import io.muster.deploy.model.Task;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.Resources;
import io.muster.pods.model.Volume;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the instances that were made from one version, within the document of their pod (Marathon, podStatus.raml). */
final class InstanceJson {

    private final VersionedPod pod;
    /** Zero milliseconds, and with them zero seconds, are left out, as clients know it. */
    private final String specReference;

    private final Map<String, ContainerJson> containers = new HashMap<>();

    InstanceJson(VersionedPod pod) {
        this.pod = pod;
        this.specReference =
                "/v2/pods" + pod.id() + "::versions/" + pod.version().instant().atOffset(ZoneOffset.UTC);
        for (Container container : pod.definition().containers()) {
            containers.put(container.name(), new ContainerJson(container));
        }
    }

    /** @param reservation the id of the instance that its persistent volumes were made for; null without such */
    void write(Instance instance, @Nullable InstanceId reservation, JsonGenerator out) {
        InstanceStatus status = InstanceStatus.of(instance);
        String since = text(instance.since());
        out.writeStartObject();
        out.writeStringProperty("id", instance.id().text());
        out.writeStringProperty("status", status.name());
        out.writeStringProperty("statusSince", since);
        if (status == InstanceStatus.DEGRADED) {
            out.writeStringProperty("message", message(instance));
        }
        out.writeArrayPropertyStart("conditions");
        out.writeEndArray();
        Agent agent = instance.agent();
        if (agent != null) {
            out.writeStringProperty("agentHostname", agent.hostname());
            out.writeStringProperty("agentId", agent.id());
            writeIfKnown("agentRegion", agent.region(), out);
            writeIfKnown("agentZone", agent.zone(), out);
        }
        writeResources(instance, out);
        writeNetworks(instance, out);
        out.writeArrayPropertyStart("containers");
        Map<String, Integer> hostPorts = HostPorts.of(instance, pod);
        for (Task task : instance.tasks()) {
            containerOf(task).write(task, hostPorts, out);
        }
        out.writeEndArray();
        out.writeStringProperty("specReference", specReference);
        out.writeArrayPropertyStart("localVolumes");
        if (reservation != null) {
            writeVolumes(reservation, out);
        }
        out.writeEndArray();
        out.writeStringProperty("lastUpdated", since);
        out.writeStringProperty("lastChanged", since);
        out.writeEndObject();
    }

    /** As Marathon shows them ({@code LocalVolumeId}). */
    private void writeVolumes(InstanceId reservation, JsonGenerator out) {
        for (Volume volume : pod.definition().volumes()) {
            if (volume instanceof Volume.Persistent) {
                out.writeStartObject();
                out.writeStringProperty("runSpecId", pod.id().text());
                out.writeStringProperty("containerPath", volume.name());
                out.writeStringProperty("uuid", reservation.uuid());
                out.writeStringProperty("persistenceId", reservation.persistenceId(volume.name()));
                out.writeEndObject();
            }
        }
    }

    private ContainerJson containerOf(Task task) {
        return Objects.requireNonNull(containers.get(task.container()));
    }

    private static String message(Instance degraded) {
        return degraded.condition().isUnreachable()
                ? "pod instance has become unreachable"
                : "at least one container is not healthy";
    }

    /** The executor and every container that holds its resources. */
    private void writeResources(Instance instance, JsonGenerator out) {
        ExecutorResources executor = pod.definition().executorResources();
        BigDecimal cpus = executor.cpus();
        BigDecimal mem = executor.mem();
        BigDecimal disk = executor.disk();
        int gpus = 0;
        for (Task task : instance.tasks()) {
            if (ContainerJson.holdsResources(task)) {
                Resources resources = containerOf(task).resources();
                cpus = cpus.add(resources.cpus());
                mem = mem.add(resources.mem());
                disk = disk.add(resources.disk());
                gpus += resources.gpus();
            }
        }
        writeResources(cpus, mem, disk, gpus, out);
    }

    static void writeResources(BigDecimal cpus, BigDecimal mem, BigDecimal disk, int gpus, JsonGenerator out) {
        out.writeObjectPropertyStart("resources");
        out.writeNumberProperty("cpus", plain(cpus));
        out.writeNumberProperty("mem", plain(mem));
        out.writeNumberProperty("disk", plain(disk));
        out.writeNumberProperty("gpus", gpus);
        out.writeEndObject();
    }

    /** 32 rather than 32.0 or 3.2E+1. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The addresses of all tasks, by network; that of the host has no name. */
    private static void writeNetworks(Instance instance, JsonGenerator out) {
        Map<String, SequencedSet<String>> byNetwork = new TreeMap<>();
        for (Task task : instance.tasks()) {
            for (NetworkAddresses reported : task.addresses()) {
                byNetwork
                        .computeIfAbsent(reported.network().orElse(""), name -> new LinkedHashSet<>())
                        .addAll(reported.addresses());
            }
        }
        out.writeArrayPropertyStart("networks");
        byNetwork.forEach((name, addresses) -> {
            out.writeStartObject();
            if (!name.isEmpty()) {
                out.writeStringProperty("name", name);
            }
            out.writeArrayPropertyStart("addresses");
            addresses.forEach(out::writeString);
            out.writeEndArray();
            out.writeEndObject();
        });
        out.writeEndArray();
    }

    private static void writeIfKnown(String member, @Nullable String value, JsonGenerator out) {
        if (value != null) {
            out.writeStringProperty(member, value);
        }
    }
}
