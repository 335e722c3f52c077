package io.muster.pods.json;

import io.muster.pods.model.Artifact;
import io.muster.pods.model.Command;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.Exec;
import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.Image;
import io.muster.pods.model.LinuxInfo;
import io.muster.pods.model.ResourceLimit;
import io.muster.pods.model.ResourceLimits;
import io.muster.pods.model.Seccomp;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one element of {@code containers}. */
final class ContainerWriter {

    private ContainerWriter() {}

    static ObjectNode write(Container container) {
        ObjectNode json = PodWriter.NODES.objectNode().put("name", container.name());
        if (container.exec() != null) {
            json.set("exec", exec(container.exec()));
        }
        json.putObject("resources")
                .put("cpus", container.resources().cpus())
                .put("mem", container.resources().mem())
                .put("disk", container.resources().disk())
                .put("gpus", container.resources().gpus());
        if (container.resourceLimits() != null) {
            json.set("resourceLimits", limits(container.resourceLimits()));
        }
        putAll(json, "endpoints", container.endpoints(), ContainerWriter::endpoint);
        if (container.image() != null) {
            json.set("image", image(container.image()));
        }
        PodWriter.putEnvironment(json, container.environment());
        if (container.user() != null) {
            json.put("user", container.user());
        }
        if (container.healthCheck() != null) {
            json.set("healthCheck", healthCheck(container.healthCheck()));
        }
        putAll(
                json,
                "volumeMounts",
                container.volumeMounts(),
                mount -> PodWriter.NODES
                        .objectNode()
                        .put("name", mount.name())
                        .put("mountPath", mount.mountPath())
                        .put("readOnly", mount.readOnly()));
        putAll(json, "artifacts", container.artifacts(), ContainerWriter::artifact);
        PodWriter.putTexts(json, "labels", container.labels());
        if (container.lifecycle() != null) {
            ObjectNode lifecycle = json.putObject("lifecycle");
            if (container.lifecycle().killGracePeriodSeconds() != null) {
                lifecycle.put("killGracePeriodSeconds", container.lifecycle().killGracePeriodSeconds());
            }
        }
        if (container.tty() != null) {
            json.put("tty", container.tty());
        }
        if (container.linuxInfo() != null) {
            json.set("linuxInfo", linuxInfo(container.linuxInfo()));
        }
        return json;
    }

    private static <T> void putAll(ObjectNode json, String name, List<T> values, Function<T, ObjectNode> writer) {
        if (!values.isEmpty()) {
            ArrayNode array = json.putArray(name);
            values.forEach(value -> array.add(writer.apply(value)));
        }
    }

    private static ObjectNode limits(ResourceLimits limits) {
        ObjectNode json = PodWriter.NODES.objectNode();
        putLimit(json, "cpus", limits.cpus());
        putLimit(json, "mem", limits.mem());
        return json;
    }

    private static void putLimit(ObjectNode json, String name, @Nullable ResourceLimit limit) {
        switch (limit) {
            case null -> {}
            case ResourceLimit.Unlimited unlimited -> json.put(name, "unlimited");
            case ResourceLimit.Amount(BigDecimal amount) -> json.put(name, amount);
        }
    }

    private static ObjectNode linuxInfo(LinuxInfo info) {
        ObjectNode json = PodWriter.NODES.objectNode();
        switch (info.seccomp()) {
            case null -> {}
            case Seccomp.Profile(String name) ->
                json.putObject("seccomp").put("profileName", name).put("unconfined", false);
            case Seccomp.Unconfined unconfined -> json.putObject("seccomp").put("unconfined", true);
        }
        if (info.ipcInfo() != null) {
            json.set("ipcInfo", PodWriter.ipcInfo(info.ipcInfo()));
        }
        return json;
    }

    private static ObjectNode exec(Exec exec) {
        ObjectNode json = PodWriter.NODES.objectNode();
        json.set("command", command(exec.command()));
        if (exec.overrideEntrypoint() != null) {
            json.put("overrideEntrypoint", exec.overrideEntrypoint());
        }
        return json;
    }

    private static ObjectNode command(Command command) {
        ObjectNode json = PodWriter.NODES.objectNode();
        switch (command) {
            case Command.Shell(String shell) -> json.put("shell", shell);
            case Command.Argv(List<String> argv) -> PodWriter.putTexts(json, "argv", argv);
        }
        return json;
    }

    private static ObjectNode image(Image image) {
        ObjectNode json = PodWriter.NODES.objectNode();
        json.put("kind", image.kind().name()).put("id", image.id());
        if (image.pullSecret() != null) {
            json.putObject("pullConfig").put("secret", image.pullSecret());
        }
        if (image.forcePull() != null) {
            json.put("forcePull", image.forcePull());
        }
        PodWriter.putTexts(json, "labels", image.labels());
        return json;
    }

    private static ObjectNode endpoint(Endpoint endpoint) {
        ObjectNode json = PodWriter.NODES.objectNode().put("name", endpoint.name());
        if (endpoint.containerPort() != null) {
            json.put("containerPort", endpoint.containerPort());
        }
        if (endpoint.hostPort() != null) {
            json.put("hostPort", endpoint.hostPort());
        }
        PodWriter.putTexts(json, "protocol", endpoint.protocol());
        PodWriter.putTexts(json, "labels", endpoint.labels());
        PodWriter.putTexts(json, "networkNames", endpoint.networkNames());
        return json;
    }

    private static ObjectNode healthCheck(HealthCheck check) {
        ObjectNode json = PodWriter.NODES.objectNode();
        switch (check.probe()) {
            case HealthCheck.Http http -> {
                ObjectNode object = json.putObject("http").put("endpoint", http.endpoint());
                if (http.path() != null) {
                    object.put("path", http.path());
                }
                object.put("scheme", http.scheme().name());
            }
            case HealthCheck.Tcp tcp -> json.putObject("tcp").put("endpoint", tcp.endpoint());
            case HealthCheck.CommandProbe(Command command) ->
                json.putObject("exec").set("command", command(command));
        }
        return json.put("gracePeriodSeconds", check.gracePeriod().toSeconds())
                .put("intervalSeconds", check.interval().toSeconds())
                .put("maxConsecutiveFailures", check.maxConsecutiveFailures())
                .put("timeoutSeconds", check.timeout().toSeconds())
                .put("delaySeconds", check.delay().toSeconds());
    }

    private static ObjectNode artifact(Artifact artifact) {
        ObjectNode json = PodWriter.NODES
                .objectNode()
                .put("uri", artifact.uri())
                .put("extract", artifact.extract())
                .put("executable", artifact.executable())
                .put("cache", artifact.cache());
        return artifact.destPath() == null ? json : json.put("destPath", artifact.destPath());
    }
}
