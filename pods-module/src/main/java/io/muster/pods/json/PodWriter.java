package io.muster.pods.json;

import io.muster.history.Version;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.IpcInfo;
import io.muster.pods.model.Network;
import io.muster.pods.model.Placement;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Volume;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a normalised definition as Marathon 1.7 answers it: its order of members, defaults written out, nothing empty. */
final class PodWriter {

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private PodWriter() {}

    static ObjectNode write(PodDefinition pod, @Nullable Version version) {
        ObjectNode json = NODES.objectNode();
        json.put("id", pod.id().text());
        putTexts(json, "labels", pod.labels());
        if (version != null) {
            json.put("version", version.toString());
        }
        if (pod.user() != null) {
            json.put("user", pod.user());
        }
        putEnvironment(json, pod.environment());
        ArrayNode containers = json.putArray("containers");
        pod.containers().forEach(container -> containers.add(ContainerWriter.write(container)));
        putSecrets(json, pod.secrets());
        if (!pod.volumes().isEmpty()) {
            ArrayNode volumes = json.putArray("volumes");
            pod.volumes().forEach(volume -> volumes.add(volume(volume)));
        }
        if (!pod.networks().isEmpty()) {
            ArrayNode networks = json.putArray("networks");
            pod.networks().forEach(network -> networks.add(network(network)));
        }
        json.putObject("scaling").put("instances", pod.instances()).put("kind", "fixed");
        json.set("scheduling", scheduling(pod.scheduling()));
        json.putObject("executorResources")
                .put("cpus", pod.executorResources().cpus())
                .put("mem", pod.executorResources().mem())
                .put("disk", pod.executorResources().disk());
        if (pod.role() != null) {
            json.put("role", pod.role());
        }
        if (pod.ipcInfo() != null) {
            json.putObject("linuxInfo").set("ipcInfo", ipcInfo(pod.ipcInfo()));
        }
        if (pod.legacySharedCgroups()) {
            json.put("legacySharedCgroups", true);
        }
        return json;
    }

    static void putTexts(ObjectNode json, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode object = json.putObject(name);
            texts.forEach(object::put);
        }
    }

    static void putTexts(ObjectNode json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode array = json.putArray(name);
            texts.forEach(array::add);
        }
    }

    static void putEnvironment(ObjectNode json, Map<String, EnvironmentValue> environment) {
        if (environment.isEmpty()) {
            return;
        }
        ObjectNode object = json.putObject("environment");
        environment.forEach((name, value) -> {
            switch (value) {
                case EnvironmentValue.Text(String text) -> object.put(name, text);
                case EnvironmentValue.SecretReference(String secret) ->
                    object.putObject(name).put("secret", secret);
            }
        });
    }

    private static void putSecrets(ObjectNode json, Map<String, String> secrets) {
        if (!secrets.isEmpty()) {
            ObjectNode object = json.putObject("secrets");
            secrets.forEach((name, source) -> object.putObject(name).put("source", source));
        }
    }

    private static ObjectNode volume(Volume volume) {
        ObjectNode json = NODES.objectNode().put("name", volume.name());
        return switch (volume) {
            case Volume.Ephemeral ephemeral -> json;
            case Volume.Host host -> json.put("host", host.path());
            case Volume.Secret secret -> json.put("secret", secret.secret());
            case Volume.Persistent persistent -> json.set("persistent", persistent(persistent));
        };
    }

    private static ObjectNode persistent(Volume.Persistent volume) {
        ObjectNode json = NODES.objectNode().put("size", volume.size());
        json.put("type", volume.type().name().toLowerCase(Locale.ROOT));
        if (volume.maxSize() != null) {
            json.put("maxSize", volume.maxSize());
        }
        if (volume.profileName() != null) {
            json.put("profileName", volume.profileName());
        }
        ArrayNode constraints = json.putArray("constraints");
        volume.constraints()
                .forEach(constraint -> constraints
                        .addArray()
                        .add(constraint.fieldName())
                        .add(constraint.operator().name())
                        .add(constraint.value()));
        return json;
    }

    static ObjectNode ipcInfo(IpcInfo ipc) {
        ObjectNode json = NODES.objectNode();
        return switch (ipc) {
            case IpcInfo.Private(Integer shmSize) -> {
                json.put("mode", "PRIVATE");
                yield shmSize == null ? json : json.put("shmSize", shmSize);
            }
            case IpcInfo.ShareParent shared -> json.put("mode", "SHARE_PARENT");
        };
    }

    private static ObjectNode network(Network network) {
        ObjectNode json = NODES.objectNode();
        if (network.name() != null) {
            json.put("name", network.name());
        }
        json.put(
                "mode",
                switch (network.mode()) {
                    case HOST -> "host";
                    case CONTAINER -> "container";
                    case BRIDGE -> "container/bridge";
                });
        putTexts(json, "labels", network.labels());
        return json;
    }

    private static ObjectNode scheduling(Scheduling scheduling) {
        ObjectNode json = NODES.objectNode();
        json.putObject("backoff")
                .put("backoff", scheduling.backoff().backoff())
                .put("backoffFactor", scheduling.backoff().backoffFactor())
                .put("maxLaunchDelay", scheduling.backoff().maxLaunchDelay());
        ObjectNode upgrade = json.putObject("upgrade")
                .put("minimumHealthCapacity", scheduling.upgrade().minimumHealthCapacity())
                .put("maximumOverCapacity", scheduling.upgrade().maximumOverCapacity());
        if (scheduling.upgrade().minReadySeconds() > 0) {
            upgrade.put("minReadySeconds", scheduling.upgrade().minReadySeconds());
        }
        putPlacement(json, scheduling.placement());
        json.put("killSelection", scheduling.killSelection().name());
        switch (scheduling.unreachableStrategy()) {
            case UnreachableStrategy.Disabled disabled -> json.put("unreachableStrategy", "disabled");
            case UnreachableStrategy.Enabled(long inactive, long expunge) ->
                json.putObject("unreachableStrategy")
                        .put("inactiveAfterSeconds", inactive)
                        .put("expungeAfterSeconds", expunge);
        }
        return json;
    }

    private static void putPlacement(ObjectNode json, Placement placement) {
        if (placement.constraints().isEmpty()
                && placement.acceptedResourceRoles().isEmpty()) {
            return;
        }
        ObjectNode object = json.putObject("placement");
        if (!placement.constraints().isEmpty()) {
            ArrayNode constraints = object.putArray("constraints");
            placement.constraints().forEach(constraint -> constraints.add(constraint(constraint)));
        }
        putTexts(object, "acceptedResourceRoles", placement.acceptedResourceRoles());
    }

    private static ObjectNode constraint(Constraint constraint) {
        ObjectNode json = NODES.objectNode()
                .put("fieldName", constraint.fieldName())
                .put("operator", constraint.operator().name());
        return constraint.value() == null ? json : json.put("value", constraint.value());
    }
}
