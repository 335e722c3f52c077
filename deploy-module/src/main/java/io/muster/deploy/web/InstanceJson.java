package io.muster.deploy.web;

import static io.muster.deploy.web.PodStatusJson.text;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceStatus;
import io.muster.deploy.model.Task;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.Resources;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The document of one instance within that of its pod (Marathon, podStatus.raml). */
final class InstanceJson {

    private final Instance instance;
    private final VersionedPod pod;
    private final Map<String, Container> containers = new LinkedHashMap<>();

    /**
     * One instance.
     *
     * @param pod the version it was made from
     */
    InstanceJson(Instance instance, VersionedPod pod) {
        this.instance = instance;
        this.pod = pod;
        pod.definition().containers().forEach(container -> containers.put(container.name(), container));
    }

    ObjectNode document() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        InstanceStatus status = InstanceStatus.of(instance);
        String since = text(instance.since());
        document.put("id", instance.id().text());
        document.put("status", status.name());
        document.put("statusSince", since);
        message(status).ifPresent(message -> document.put("message", message));
        document.putArray("conditions");
        Agent agent = instance.agent();
        if (agent != null) {
            document.put("agentHostname", agent.hostname());
            document.put("agentId", agent.id());
            putIfKnown(document, "agentRegion", agent.region());
            putIfKnown(document, "agentZone", agent.zone());
        }
        document.set("resources", resources());
        document.set("networks", networks());
        ArrayNode tasks = document.putArray("containers");
        Map<String, Integer> hostPorts = HostPorts.of(instance, pod);
        instance.tasks()
                .forEach(task -> tasks.add(
                        new ContainerJson(task, Objects.requireNonNull(containers.get(task.container())), hostPorts)
                                .document()));
        document.put("specReference", specReference());
        document.putArray("localVolumes");
        document.put("lastUpdated", since);
        document.put("lastChanged", since);
        return document;
    }

    /** Zero milliseconds, and with them zero seconds, are left out, as clients know it. */
    private String specReference() {
        OffsetDateTime version = instance.version().instant().atOffset(ZoneOffset.UTC);
        return "/v2/pods" + instance.pod() + "::versions/" + version;
    }

    private Optional<String> message(InstanceStatus status) {
        if (status != InstanceStatus.DEGRADED) {
            return Optional.empty();
        }
        return Optional.of(
                instance.condition() == Condition.UNREACHABLE
                        ? "pod instance has become unreachable"
                        : "at least one container is not healthy");
    }

    /** The executor and every container that holds its resources. */
    private ObjectNode resources() {
        ExecutorResources executor = pod.definition().executorResources();
        BigDecimal cpus = executor.cpus();
        BigDecimal mem = executor.mem();
        BigDecimal disk = executor.disk();
        int gpus = 0;
        for (Task task : instance.tasks()) {
            if (ContainerJson.holdsResources(task)) {
                Resources resources =
                        Objects.requireNonNull(containers.get(task.container())).resources();
                cpus = cpus.add(resources.cpus());
                mem = mem.add(resources.mem());
                disk = disk.add(resources.disk());
                gpus += resources.gpus();
            }
        }
        return resources(cpus, mem, disk, gpus);
    }

    static ObjectNode resources(BigDecimal cpus, BigDecimal mem, BigDecimal disk, int gpus) {
        ObjectNode resources = JsonNodeFactory.instance.objectNode();
        resources.put("cpus", plain(cpus));
        resources.put("mem", plain(mem));
        resources.put("disk", plain(disk));
        resources.put("gpus", gpus);
        return resources;
    }

    /** 32 rather than 32.0 or 3.2E+1. */
    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The addresses of all tasks, by network; that of the host has no name. */
    private ArrayNode networks() {
        Map<String, SequencedSet<String>> byNetwork = new TreeMap<>();
        for (Task task : instance.tasks()) {
            for (NetworkAddresses reported : task.addresses()) {
                byNetwork
                        .computeIfAbsent(reported.network().orElse(""), name -> new LinkedHashSet<>())
                        .addAll(reported.addresses());
            }
        }
        ArrayNode networks = JsonNodeFactory.instance.arrayNode();
        byNetwork.forEach((name, addresses) -> {
            ObjectNode network = networks.addObject();
            if (!name.isEmpty()) {
                network.put("name", name);
            }
            addresses.forEach(network.putArray("addresses")::add);
        });
        return networks;
    }

    private static void putIfKnown(ObjectNode document, String member, @Nullable String value) {
        if (value != null) {
            document.put(member, value);
        }
    }
}
