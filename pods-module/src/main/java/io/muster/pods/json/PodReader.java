package io.muster.pods.json;

import static java.math.BigDecimal.ZERO;

import io.muster.history.Version;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.SubmittedPod;
import io.muster.pods.model.Volume;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a definition as Marathon 1.7 does: unknown members are passed over, {@code null} means absent, enums are
 * matched without regard to case. Stricter than Marathon where it silently changed what the user meant. What later
 * releases added is read as Marathon 1.11 does.
 */
final class PodReader {

    private static final Map<String, NetworkMode> NETWORK_MODES = Map.of(
            "host", NetworkMode.HOST, "container", NetworkMode.CONTAINER, "container/bridge", NetworkMode.BRIDGE);

    private PodReader() {}

    static <E extends Enum<E>> Map<String, E> literals(E[] values) {
        return Stream.of(values)
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), value -> value));
    }

    static SubmittedPod read(JsonCursor pod) {
        if (!pod.isPresent()) {
            pod.report("error.expected.jsobject");
        }
        checkVersion(pod.member("version"));
        List<Volume> volumes = pod.member("volumes").elements(VolumeReader::read);
        return new SubmittedPod(
                pod.required("id").text(TextRule.POD_ID, "/"),
                pod.member("labels").textMembers(TextRule.ANY),
                pod.member("user").textOrNull(TextRule.ANY),
                environment(pod.member("environment")),
                pod.required("containers").notEmpty().elements(ContainerReader::read),
                secrets(pod.member("secrets")),
                volumes,
                pod.member("networks").elements(PodReader::network),
                instances(pod.member("scaling")),
                SchedulingReader.read(
                        pod.member("scheduling").object(),
                        volumes.stream().anyMatch(Volume.Persistent.class::isInstance)),
                executorResources(pod.member("executorResources").object()),
                pod.member("role").textOrNull(TextRule.NOT_EMPTY),
                LinuxInfoReader.read(pod.member("linuxInfo").object()),
                pod.member("legacySharedCgroups").flag(false));
    }

    /** Clients send back what they were given; the server assigns its own. */
    private static void checkVersion(JsonCursor version) {
        String text = version.textOrNull(TextRule.ANY);
        if (text != null && Version.parse(text).isEmpty()) {
            version.report("error.expected.date.isoformat");
        }
    }

    static Map<String, EnvironmentValue> environment(JsonCursor environment) {
        Map<String, EnvironmentValue> values = new LinkedHashMap<>();
        environment.members((name, value) -> {
            if (!TextRule.VARIABLE.shape().test(name)) {
                value.report("error.pattern");
            }
            values.put(name, environmentValue(value));
        });
        return values;
    }

    private static EnvironmentValue environmentValue(JsonCursor value) {
        if (value.isText()) {
            return new EnvironmentValue.Text(value.text(TextRule.ANY, ""));
        }
        if (!value.isObject()) {
            value.report("error.expected.jsobject");
            return new EnvironmentValue.Text("");
        }
        return new EnvironmentValue.SecretReference(value.required("secret").text(TextRule.ANY, ""));
    }

    private static Map<String, String> secrets(JsonCursor secrets) {
        Map<String, String> sources = new LinkedHashMap<>();
        secrets.members((name, secret) -> sources.put(name, demanded(secret, "source", TextRule.NOT_EMPTY)));
        return sources;
    }

    static String demanded(JsonCursor object, String member, TextRule rule) {
        if (!object.isPresent()) {
            object.report("error.expected.jsobject");
        }
        return object.required(member).text(rule, "");
    }

    private static Network network(JsonCursor sent) {
        JsonCursor network = sent.object();
        return new Network(
                network.member("mode").literal(NETWORK_MODES, NetworkMode.CONTAINER),
                network.member("name").textOrNull(TextRule.NETWORK_NAME),
                network.member("labels").textMembers(TextRule.ANY));
    }

    private static int instances(JsonCursor scaling) {
        if (!scaling.isPresent()) {
            return 1;
        }
        JsonCursor kind = scaling.member("kind");
        if (!kind.isText() || !kind.text(TextRule.ANY, "").equals("fixed")) {
            scaling.report("error.expected.jsstring");
        }
        return scaling.member("instances").integer(1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static ExecutorResources executorResources(JsonCursor resources) {
        BigDecimal mem = new BigDecimal(32);
        return new ExecutorResources(
                resources.member("cpus").number(new BigDecimal("0.1"), ZERO, null),
                resources.member("mem").number(mem, mem, null),
                resources.member("disk").number(BigDecimal.TEN, BigDecimal.TEN, null));
    }
}
