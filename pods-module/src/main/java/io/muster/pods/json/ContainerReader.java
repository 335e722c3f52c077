package io.muster.pods.json;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import io.muster.pods.model.Artifact;
import io.muster.pods.model.Command;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.Exec;
import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.Image;
import io.muster.pods.model.ImageKind;
import io.muster.pods.model.Lifecycle;
import io.muster.pods.model.Resources;
import io.muster.pods.model.SubmittedContainer;
import io.muster.pods.model.SubmittedHealthCheck;
import io.muster.pods.model.SubmittedLimits;
import io.muster.pods.model.VolumeMount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one element of {@code containers}. */
final class ContainerReader {

    private static final Map<String, ImageKind> IMAGE_KINDS = PodReader.literals(ImageKind.values());
    private static final Map<String, HealthCheck.Scheme> SCHEMES = PodReader.literals(HealthCheck.Scheme.values());
    private static final int MAX_PORT = 65_535;

    private ContainerReader() {}

    static SubmittedContainer read(JsonCursor container) {
        if (!container.isPresent()) {
            container.report("error.expected.jsobject");
        }
        return new SubmittedContainer(
                new Container(
                        container.required("name").text(TextRule.NAME, ""),
                        resources(container.required("resources").object()),
                        exec(container.member("exec")),
                        image(container.member("image")),
                        container.member("endpoints").elements(ContainerReader::endpoint),
                        PodReader.environment(container.member("environment")),
                        container.member("user").textOrNull(TextRule.ANY),
                        null,
                        container.member("volumeMounts").elements(ContainerReader::mount),
                        container.member("artifacts").elements(ContainerReader::artifact),
                        container.member("labels").textMembers(TextRule.ANY),
                        lifecycle(container.member("lifecycle").object()),
                        container.member("tty").flagOrNull(),
                        null,
                        null),
                healthCheck(container.member("healthCheck").object()),
                limits(container.member("resourceLimits").object()),
                LinuxInfoReader.read(container.member("linuxInfo").object()));
    }

    private static Resources resources(JsonCursor resources) {
        return new Resources(
                resources.member("cpus").number(ONE, ZERO, null),
                resources.member("mem").number(new BigDecimal(128), ZERO, null),
                resources.member("disk").number(ZERO, ZERO, null),
                resources.member("gpus").integer(0, 0, Integer.MAX_VALUE));
    }

    private static @Nullable SubmittedLimits limits(JsonCursor limits) {
        return limits.isPresent()
                ? new SubmittedLimits(limit(limits.member("cpus")), limit(limits.member("mem")))
                : null;
    }

    private static SubmittedLimits.@Nullable Limit limit(JsonCursor limit) {
        if (limit.isText()) {
            return new SubmittedLimits.Word(limit.text(TextRule.ANY, ""));
        }
        BigDecimal amount = limit.numberOrNull();
        return amount == null ? null : new SubmittedLimits.Amount(amount);
    }

    private static @Nullable Exec exec(JsonCursor sent) {
        JsonCursor exec = sent.object();
        if (!exec.isPresent()) {
            return null;
        }
        return new Exec(
                command(exec.requiredPath("command")),
                exec.member("overrideEntrypoint").flagOrNull());
    }

    /** The first form that reads cleanly: {@code shell}, then {@code argv}. */
    private static Command command(JsonCursor command) {
        JsonCursor shell = command.member("shell");
        if (shell.isText() && !shell.text(TextRule.ANY, "").isEmpty()) {
            command.passOver("argv", "shell");
            return new Command.Shell(shell.text(TextRule.ANY, ""));
        }
        return new Command.Argv(command.required("argv").notEmpty().texts(TextRule.ANY));
    }

    private static @Nullable Image image(JsonCursor image) {
        if (!image.isPresent()) {
            return null;
        }
        JsonCursor pullConfig = image.member("pullConfig");
        return new Image(
                image.required("kind").literal(IMAGE_KINDS, ImageKind.DOCKER),
                image.required("id").text(TextRule.UP_TO_1024, ""),
                pullConfig.required("secret").textOrNull(TextRule.NOT_EMPTY),
                image.member("forcePull").flagOrNull(),
                image.member("labels").textMembers(TextRule.ANY));
    }

    private static Endpoint endpoint(JsonCursor endpoint) {
        if (!endpoint.isPresent()) {
            endpoint.report("error.expected.jsobject");
        }
        return new Endpoint(
                endpoint.required("name").text(TextRule.NAME, ""),
                endpoint.member("containerPort").integerOrNull(1, MAX_PORT),
                endpoint.member("hostPort").integerOrNull(0, MAX_PORT),
                endpoint.member("protocol").notEmpty().texts(TextRule.ANY),
                endpoint.member("labels").textMembers(TextRule.ANY),
                endpoint.member("networkNames").texts(TextRule.ANY));
    }

    private static VolumeMount mount(JsonCursor mount) {
        if (!mount.isPresent()) {
            mount.report("error.expected.jsobject");
        }
        return new VolumeMount(
                mount.required("name").text(TextRule.NAME, ""),
                mount.required("mountPath").text(TextRule.UP_TO_1024, ""),
                mount.member("readOnly").flag(false));
    }

    private static Artifact artifact(JsonCursor artifact) {
        if (!artifact.isPresent()) {
            artifact.report("error.expected.jsobject");
        }
        return new Artifact(
                artifact.required("uri").text(TextRule.UP_TO_1024, ""),
                artifact.member("extract").flag(true),
                artifact.member("executable").flag(false),
                artifact.member("cache").flag(false),
                artifact.member("destPath").textOrNull(TextRule.UP_TO_1024));
    }

    private static @Nullable Lifecycle lifecycle(JsonCursor lifecycle) {
        return lifecycle.isPresent()
                ? new Lifecycle(lifecycle.member("killGracePeriodSeconds").numberOrNull(ZERO, null))
                : null;
    }

    private static @Nullable SubmittedHealthCheck healthCheck(JsonCursor check) {
        if (!check.isPresent()) {
            return null;
        }
        return new SubmittedHealthCheck(
                probes(check),
                seconds(check.member("gracePeriodSeconds"), 300),
                seconds(check.member("intervalSeconds"), 60),
                check.member("maxConsecutiveFailures").integer(3, 0, Integer.MAX_VALUE),
                seconds(check.member("timeoutSeconds"), 20),
                seconds(check.member("delaySeconds"), 15));
    }

    private static List<HealthCheck.Probe> probes(JsonCursor check) {
        List<HealthCheck.Probe> probes = new ArrayList<>();
        JsonCursor http = check.member("http");
        if (http.isPresent()) {
            probes.add(new HealthCheck.Http(
                    http.required("endpoint").text(TextRule.NAME, ""),
                    http.member("path").textOrNull(TextRule.UP_TO_1024),
                    http.member("scheme").literal(SCHEMES, HealthCheck.Scheme.HTTP)));
        }
        JsonCursor tcp = check.member("tcp");
        if (tcp.isPresent()) {
            probes.add(new HealthCheck.Tcp(tcp.required("endpoint").text(TextRule.NAME, "")));
        }
        JsonCursor exec = check.member("exec").object();
        if (exec.isPresent()) {
            probes.add(new HealthCheck.CommandProbe(command(exec.requiredPath("command"))));
        }
        return probes;
    }

    private static Duration seconds(JsonCursor seconds, int fallback) {
        return Duration.ofSeconds(seconds.integer(fallback, 0, Integer.MAX_VALUE));
    }
}
