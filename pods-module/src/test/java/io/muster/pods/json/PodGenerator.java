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
import io.muster.pods.model.IpcInfo;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Lifecycle;
import io.muster.pods.model.LinuxInfo;
import io.muster.pods.model.Network;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Placement;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.ResourceLimit;
import io.muster.pods.model.ResourceLimits;
import io.muster.pods.model.Resources;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.Seccomp;
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

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "A b",
            "ü\"\\\n",
            "日本",
            "🙂",
            "\u0001\u2028\uFFFD",
            "/x/y",
            "${z}",
            "{\"a\":1}",
            "null",
            "__proto__");
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "1.0",
            "0.25",
            "32",
            "1000000",
            "0.1000",
            "7.125",
            "9007199254740993",
            "0.30000000000000004",
            "1e-7",
            "3.00e-20",
            "0.0",
            "99999999999999999999.5");
    private static final List<Volume.DiskType> DISKS = List.of(Volume.DiskType.values());
    private static final List<BigDecimal> ZEROS = List.of(BigDecimal.ZERO, new BigDecimal("0.00"));

    /** The one of the server that reads these definitions. */
    public static final String ROLE = "ops";

    private final Random random;

    public PodGenerator(long seed) {
        this.random = new Random(seed);
    }

    public PodDefinition pod() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secrets.put("s", "store/s");
        secrets.put("ключ 🔑", "s/🔑");
        List<Volume> volumes = list(4, this::volume);
        boolean resident = volumes.stream().anyMatch(Volume.Persistent.class::isInstance);
        boolean sharedCgroups = random.nextInt(4) == 0;
        List<Network> networks = networks();
        List<Container> containers = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            containers.add(container(i, i == 0 ? volumes : List.of(), networks, sharedCgroups));
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
                scheduling(resident),
                new ExecutorResources(number(), number().add(new BigDecimal(32)), number().add(BigDecimal.TEN)),
                maybe(() -> ROLE),
                maybe(this::ipc),
                sharedCgroups);
    }

    private Volume volume(int n) {
        return switch (random.nextInt(4)) {
            case 0 -> new Volume.Ephemeral("v" + n);
            case 1 -> new Volume.Host("v" + n, text());
            case 2 -> new Volume.Secret("v" + n, "s");
            default -> disk("v" + n, DISKS.get(random.nextInt(DISKS.size())));
        };
    }

    private Volume disk(String name, Volume.DiskType type) {
        return new Volume.Persistent(
                name,
                random.nextInt(1000),
                type,
                type == Volume.DiskType.MOUNT ? maybe(() -> Integer.MAX_VALUE) : null,
                maybe(this::text),
                list(3, k -> new Constraint("path", Constraint.Operator.LIKE, "/disk[" + k + "]ü.*")));
    }

    private IpcInfo ipc() {
        return random.nextBoolean() ? new IpcInfo.ShareParent() : new IpcInfo.Private(maybe(() -> random.nextInt(99)));
    }

    /** Perhaps nothing, but never empty. */
    private @Nullable LinuxInfo linuxInfo() {
        Seccomp seccomp = maybe(() -> random.nextBoolean() ? new Seccomp.Unconfined() : new Seccomp.Profile(text()));
        IpcInfo ipc = maybe(this::ipc);
        return seccomp == null && ipc == null ? null : new LinuxInfo(seccomp, ipc);
    }

    private @Nullable ResourceLimits limits(Resources asked) {
        ResourceLimit cpus = maybe(() -> limit(asked.cpus()));
        ResourceLimit mem = maybe(() -> limit(asked.mem()));
        return cpus == null && mem == null ? null : new ResourceLimits(cpus, mem);
    }

    private ResourceLimit limit(BigDecimal asked) {
        return random.nextBoolean() ? new ResourceLimit.Unlimited() : new ResourceLimit.Amount(asked.add(number()));
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

    private Container container(int i, List<Volume> volumes, List<Network> networks, boolean sharedCgroups) {
        List<Endpoint> endpoints = list(3, n -> endpoint(i * 10 + n, networks));
        Resources resources = new Resources(number(), number(), number(), random.nextInt(3));
        return new Container(
                "c" + i,
                resources,
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
                maybe(random::nextBoolean),
                sharedCgroups ? null : limits(resources),
                linuxInfo());
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

    private Scheduling scheduling(boolean resident) {
        List<Constraint> constraints = List.of(
                new Constraint("hostname", Constraint.Operator.UNIQUE, null),
                new Constraint("@zone", Constraint.Operator.GROUP_BY, "3"),
                new Constraint("rack", Constraint.Operator.LIKE, "r[0-9]+"),
                new Constraint("@hostname", Constraint.Operator.MAX_PER, "-7"),
                new Constraint("ü", Constraint.Operator.UNLIKE, ""),
                new Constraint("disk", Constraint.Operator.IS, maybe(() -> "1.50")),
                new Constraint("@region", Constraint.Operator.CLUSTER, maybe(this::text)));
        return new Scheduling(
                new Backoff(number(), number(), number()),
                new Upgrade(
                        share(),
                        resident ? ZEROS.get(random.nextInt(2)) : share(),
                        random.nextBoolean() ? 0 : random.nextInt(1, 1000)),
                random.nextBoolean() ? KillSelection.YOUNGEST_FIRST : KillSelection.OLDEST_FIRST,
                resident || random.nextBoolean()
                        ? new UnreachableStrategy.Disabled()
                        : new UnreachableStrategy.Enabled(random.nextInt(9), Integer.MAX_VALUE * 3L),
                new Placement(
                        constraints.subList(0, random.nextInt(constraints.size() + 1)),
                        random.nextBoolean() ? List.of() : resident ? List.of("*") : List.of("*", "slave_public")));
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
