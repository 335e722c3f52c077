package io.muster.pods.json;

import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import io.muster.history.Version;
import io.muster.pods.model.Backoff;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Placement;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.SubmittedPod;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Upgrade;
import io.muster.pods.model.Volume;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a definition as Marathon 1.7 does: unknown members are passed over, {@code null} means absent, enums are
 * matched without regard to case. Stricter than Marathon where it silently changed what the user meant.
 */
final class PodReader {

    private static final Map<String, NetworkMode> NETWORK_MODES = Map.of(
            "host", NetworkMode.HOST, "container", NetworkMode.CONTAINER, "container/bridge", NetworkMode.BRIDGE);

    private static final Map<String, KillSelection> KILL_SELECTIONS = literals(KillSelection.values());
    private static final Map<String, Constraint.Operator> OPERATORS = literals(Constraint.Operator.values());

    private PodReader() {}

    static <E extends Enum<E>> Map<String, E> literals(E[] values) {
        return Stream.of(values)
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), value -> value));
    }

    static SubmittedPod read(JsonCursor pod) {
        checkVersion(pod.member("version"));
        return new SubmittedPod(
                pod.required("id").text(TextRule.POD_ID, "/"),
                pod.member("labels").textMembers(TextRule.ANY),
                pod.member("user").textOrNull(TextRule.ANY),
                environment(pod.member("environment")),
                pod.required("containers").notEmpty().elements().stream()
                        .map(ContainerReader::read)
                        .toList(),
                secrets(pod.member("secrets")),
                pod.member("volumes").elements().stream().map(PodReader::volume).toList(),
                pod.member("networks").elements().stream()
                        .map(PodReader::network)
                        .toList(),
                instances(pod.member("scaling")),
                scheduling(pod.member("scheduling").object()),
                executorResources(pod.member("executorResources").object()));
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
        environment.members().forEach((name, value) -> {
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
        secrets.members().forEach((name, secret) -> sources.put(name, demanded(secret, "source", TextRule.NOT_EMPTY)));
        return sources;
    }

    private static String demanded(JsonCursor object, String member, TextRule rule) {
        if (!object.isPresent()) {
            object.report("error.expected.jsobject");
        }
        return object.required(member).text(rule, "");
    }

    /** By the member that tells the kinds apart; a broken one never falls back to a volume that loses its data. */
    private static Volume volume(JsonCursor volume) {
        String name = demanded(volume, "name", TextRule.NAME);
        JsonCursor persistent = volume.member("persistent");
        JsonCursor secret = volume.member("secret");
        JsonCursor host = volume.member("host");
        if (persistent.isPresent()) {
            persistent.report("persistent volumes are not supported");
        }
        if (secret.isPresent()) {
            return new Volume.Secret(name, secret.text(TextRule.NOT_EMPTY, ""));
        }
        if (host.isPresent()) {
            return new Volume.Host(name, host.text(TextRule.ANY, ""));
        }
        return new Volume.Ephemeral(name);
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

    private static Scheduling scheduling(JsonCursor scheduling) {
        JsonCursor backoff = scheduling.member("backoff").object();
        JsonCursor upgrade = scheduling.member("upgrade").object();
        return new Scheduling(
                new Backoff(
                        backoff.member("backoff").number(ONE, ZERO, null),
                        backoff.member("backoffFactor").number(new BigDecimal("1.15"), ZERO, null),
                        backoff.member("maxLaunchDelay").number(new BigDecimal(3600), ZERO, null)),
                new Upgrade(
                        upgrade.member("minimumHealthCapacity").number(ONE, ZERO, ONE),
                        upgrade.member("maximumOverCapacity").number(ONE, ZERO, ONE)),
                scheduling.member("killSelection").literal(KILL_SELECTIONS, KillSelection.YOUNGEST_FIRST),
                unreachableStrategy(scheduling.member("unreachableStrategy")),
                placement(scheduling.member("placement").object()));
    }

    private static UnreachableStrategy unreachableStrategy(JsonCursor sent) {
        if (sent.isText()) {
            return sent.literal(
                    Map.of("disabled", new UnreachableStrategy.Disabled()), new UnreachableStrategy.Disabled());
        }
        JsonCursor strategy = sent.object();
        return new UnreachableStrategy.Enabled(
                strategy.member("inactiveAfterSeconds").longInteger(0, 0),
                strategy.member("expungeAfterSeconds").longInteger(0, 0));
    }

    private static Placement placement(JsonCursor placement) {
        return new Placement(
                placement.member("constraints").elements().stream()
                        .map(PodReader::constraint)
                        .toList(),
                placement.member("acceptedResourceRoles").texts(TextRule.ANY));
    }

    private static Constraint constraint(JsonCursor constraint) {
        if (!constraint.isObject()) {
            constraint.report("error.expected.jsobject");
            return new Constraint("", Constraint.Operator.UNIQUE, null);
        }
        return new Constraint(
                constraint.requiredPath("fieldName").text(TextRule.ANY, ""),
                constraint.requiredPath("operator").literal(OPERATORS, Constraint.Operator.UNIQUE),
                constraint.member("value").textOrNull(TextRule.ANY));
    }

    private static ExecutorResources executorResources(JsonCursor resources) {
        BigDecimal mem = new BigDecimal(32);
        return new ExecutorResources(
                resources.member("cpus").number(new BigDecimal("0.1"), ZERO, null),
                resources.member("mem").number(mem, mem, null),
                resources.member("disk").number(BigDecimal.TEN, BigDecimal.TEN, null));
    }
}
