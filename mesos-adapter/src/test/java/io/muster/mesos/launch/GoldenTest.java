package io.muster.mesos.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Placement;
import io.muster.history.Version;
import io.muster.mesos.matching.Allocation;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is launched for a definition: in {@code golden/} a definition for each feature, and beside it the whole operation
 * in the text form of protobuf. {@code -Dmuster.golden.write=true} writes the operations; look at what changed.
 */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/muster/mesos/launch/golden");
    private static final PodFeatures ALL_FEATURES = new PodFeatures("dcos", "shop", true, true, 1000, 100);
    private static final int FIRST_PORT = 31_000;

    static List<String> features() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("features")
    void launches(String feature) throws IOException {
        Offer.Operation launched = launch(read(Files.readAllBytes(GOLDEN.resolve(feature + ".json"))));

        Path golden = GOLDEN.resolve(feature + ".textproto");
        String text = MessageText.of(launched);
        if (Boolean.getBoolean("muster.golden.write")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    private static VersionedPod read(byte[] json) {
        return switch (PodJson.read(json, ALL_FEATURES, true)) {
            case Reading.Accepted(PodDefinition pod, var _) ->
                new VersionedPod(Version.parse("2026-11-22T10:20:30.400Z").orElseThrow(), pod, PodJson.configHash(pod));
            case Reading.NotJson notJson -> throw new AssertionError(notJson);
            case Reading.Malformed malformed -> throw new AssertionError(malformed);
            case Reading.Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    private static Offer.Operation launch(VersionedPod pod) {
        List<Integer> ports = hostPorts(pod.definition());
        InstanceId instance = InstanceId.of(pod.id(), UUID.fromString("5a1e1c50-2b7c-11ec-9f3a-0242ac110002"));
        Placement placement = new Placement(
                new LaunchRequest(instance, pod), new Agent("S3", "agent-3.example", null, null), "O42", ports);
        return TaskGroups.launchGroup(
                placement, allocation(pod.definition(), ports), SampleLaunch.FRAMEWORK, SampleLaunch.SETTINGS);
    }

    /** Fixed ones as they are, the others ascending. */
    private static List<Integer> hostPorts(PodDefinition pod) {
        List<Integer> ports = new ArrayList<>();
        pod.containers().stream()
                .flatMap(container -> container.endpoints().stream())
                .map(Endpoint::hostPort)
                .filter(Objects::nonNull)
                .forEach(port -> ports.add(port == 0 ? FIRST_PORT + ports.size() : port));
        return ports;
    }

    private static Allocation allocation(PodDefinition pod, List<Integer> ports) {
        var own = pod.executorResources();
        List<Resource> executor = new ArrayList<>(scalars(own.cpus(), own.mem(), own.disk(), 0));
        ports.forEach(port -> executor.add(SampleLaunch.port(port)));
        Map<String, List<Resource>> containers = new LinkedHashMap<>();
        for (Container container : pod.containers()) {
            var asked = container.resources();
            containers.put(container.name(), scalars(asked.cpus(), asked.mem(), asked.disk(), asked.gpus()));
        }
        return new Allocation(executor, containers);
    }

    private static List<Resource> scalars(BigDecimal cpus, BigDecimal mem, BigDecimal disk, int gpus) {
        return Stream.of(
                        SampleLaunch.scalar("cpus", cpus.doubleValue()),
                        SampleLaunch.scalar("mem", mem.doubleValue()),
                        SampleLaunch.scalar("disk", disk.doubleValue()),
                        SampleLaunch.scalar("gpus", gpus))
                .filter(resource -> resource.getScalar().getValue() > 0)
                .toList();
    }
}
