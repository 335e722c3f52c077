package io.muster.pods.json;

import io.muster.history.PodId;
import io.muster.pods.model.Artifact;
import io.muster.pods.model.Backoff;
import io.muster.pods.model.Command;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.EnvironmentValue;
import io.muster.pods.model.Exec;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.HealthCheck;
import io.muster.pods.model.Image;
import io.muster.pods.model.ImageKind;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Lifecycle;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Placement;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Resources;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Upgrade;
import io.muster.pods.model.Volume;
import io.muster.pods.model.VolumeMount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Normalised, valid definitions of every shape; the same ones for the same seed. */
public final class PodGenerator {

    private static final List<String> TEXTS = List.of("", "a", "A b", "ü\"\\\n", "日本", "/x/y", "${z}", "{\"a\":1}");
    private static final List<String> NUMBERS = List.of("0", "1", "1.0", "0.25", "32", "1000000", "0.1000", "7.125");

    private final Random random;

    public PodGenerator(long seed) {
        this.random = new Random(seed);
    }

    public PodDefinition pod() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("s", "store/s");
        List<Volume> volumes = list(3, n -> switch (random.nextInt(3)) {
            case 0 -> new Volume.Ephemeral("v" + n);
            case 1 -> new Volume.Host("v" + n, text());
            default -> new Volume.Secret("v" + n, "s");
        });
        List<Network> networks = networks();
        List<Container> containers = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            containers.add(container(i, i == 0 ? volumes : List.of(), networks));
        }
        return new PodDefinition(
                PodId.of("/g" + random.nextInt(9) + "/p-1.x"),
                texts(),
                maybe(() -> "root"),
                environment(),
                containers,
                secrets,
                volumes,
                networks,
                random.nextInt(5),
                scheduling(),
                new ExecutorResources(number(), number().add(new BigDecimal(32)), number().add(BigDecimal.TEN)));
    }

    private List<Network> networks() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> List.of(new Network(NetworkMode.HOST, null, Map.of()));
            case 2 -> List.of(new Network(NetworkMode.BRIDGE, null, texts()));
            default ->
                List.of(
                        new Network(NetworkMode.CONTAINER, "quay", texts()),
                        new Network(NetworkMode.CONTAINER, "pier_2", Map.of()));
        };
    }

    private Container container(int i, List<Volume> volumes, List<Network> networks) {
        List<Endpoint> endpoints = list(3, n -> endpoint(i * 10 + n, networks));
        return new Container(
                "c" + i,
                new Resources(number(), number(), number(), random.nextInt(3)),
                maybe(() -> new Exec(command(), maybe(random::nextBoolean))),
                maybe(() -> random.nextBoolean()
                        ? new Image(ImageKind.DOCKER, "repo/i:1", maybe(() -> "s"), maybe(random::nextBoolean), texts())
                        : new Image(ImageKind.APPC, "i", null, null, texts())),
                endpoints,
                environment(),
                maybe(this::text),
                maybe(() -> healthCheck(endpoints)),
                volumes.stream()
                        .map(volume -> new VolumeMount(volume.name(), "in/" + volume.name(), random.nextBoolean()))
                        .toList(),
                list(
                        2,
                        n -> new Artifact(
                                "http://h/" + n,
                                random.nextBoolean(),
                                random.nextBoolean(),
                                random.nextBoolean(),
                                maybe(() -> "d"))),
                texts(),
                maybe(() -> new Lifecycle(maybe(this::number))),
                maybe(random::nextBoolean));
    }

    private Endpoint endpoint(int n, List<Network> networks) {
        boolean named = networks.size() > 1;
        boolean bridge = !networks.isEmpty() && networks.getFirst().mode() == NetworkMode.BRIDGE;
        return new Endpoint(
                "e" + n,
                named || bridge ? Integer.valueOf(1000 + n) : null,
                named ? maybe(() -> 0) : Integer.valueOf(random.nextBoolean() ? 0 : 30000 + n),
                random.nextBoolean() ? List.of("tcp", "udp") : List.of(),
                texts(),
                named ? List.of("quay") : List.of());
    }

    private HealthCheck healthCheck(List<Endpoint> endpoints) {
        HealthCheck.Probe probe = endpoints.isEmpty()
                ? new HealthCheck.CommandProbe(command())
                : random.nextBoolean()
                        ? new HealthCheck.Tcp(endpoints.getFirst().name())
                        : new HealthCheck.Http(
                                endpoints.getLast().name(), maybe(() -> "/alive"), HealthCheck.Scheme.HTTPS);
        return new HealthCheck(probe, seconds(), Duration.ofSeconds(100), random.nextInt(5), seconds(), seconds());
    }

    private Scheduling scheduling() {
        List<Constraint> constraints = List.of(
                new Constraint("hostname", Constraint.Operator.UNIQUE, null),
                new Constraint("@zone", Constraint.Operator.GROUP_BY, "3"),
                new Constraint("rack", Constraint.Operator.LIKE, "r[0-9]+"));
        return new Scheduling(
                new Backoff(number(), number(), number()),
                new Upgrade(share(), share()),
                random.nextBoolean() ? KillSelection.YOUNGEST_FIRST : KillSelection.OLDEST_FIRST,
                random.nextBoolean()
                        ? new UnreachableStrategy.Disabled()
                        : new UnreachableStrategy.Enabled(random.nextInt(9), Integer.MAX_VALUE * 3L),
                new Placement(
                        constraints.subList(0, random.nextInt(4)),
                        random.nextBoolean() ? List.of() : List.of("*", "slave_public")));
    }

    private Command command() {
        return random.nextBoolean() ? new Command.Shell("echo " + text()) : new Command.Argv(List.of("run", text()));
    }

    private Map<String, EnvironmentValue> environment() {
        Map<String, EnvironmentValue> environment = new LinkedHashMap<>();
        texts().forEach((name, value) -> environment.put(
                "V_" + name.length(),
                random.nextBoolean() ? new EnvironmentValue.Text(value) : new EnvironmentValue.SecretReference("s")));
        return environment;
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            texts.put(text(), text());
        }
        return texts;
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private BigDecimal number() {
        return new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size())));
    }

    private BigDecimal share() {
        return new BigDecimal(NUMBERS.get(random.nextInt(4)));
    }

    private Duration seconds() {
        return Duration.ofSeconds(random.nextInt(100));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> list(int below, IntFunction<T> element) {
        List<T> list = new ArrayList<>();
        for (int n = 0, size = random.nextInt(below); n < size; n++) {
            list.add(element.apply(n));
        }
        return list;
    }
}
