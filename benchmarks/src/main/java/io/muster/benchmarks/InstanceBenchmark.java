package io.muster.benchmarks;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceDecision;
import io.muster.deploy.model.InstanceInput;
import io.muster.deploy.model.InstanceTransitions;
import io.muster.history.Version;
import io.muster.mesos.launch.LaunchSettings;
import io.muster.mesos.launch.TaskGroups;
import io.muster.mesos.matching.Allocation;
import io.muster.mesos.matching.MatchPolicy;
import io.muster.mesos.matching.MatchResult;
import io.muster.mesos.matching.MatchSettings;
import io.muster.mesos.matching.OfferMatcher;
import io.muster.mesos.translate.StatusReports;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import io.muster.pods.json.PodJson.Reading;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.PodFeatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an instance costs that has found its place: the message that launches it, and its way until all of it runs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true") // as in the application
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH fills the fields
public class InstanceBenchmark {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final PodFeatures FEATURES = new PodFeatures(null, "*", true, false, 100_000, 200);
    private static final LaunchSettings LAUNCHES = new LaunchSettings("mesos-bridge", "");
    private static final FrameworkID FRAMEWORK = FrameworkID.newBuilder()
            .setValue("5c7b0a52-21f4-4bc2-9f1c-0d3b8d1d7c11-0000")
            .build();

    /** Of the pod. */
    @Param({"1", "10"})
    public int containers;

    private Placement placement;
    private Allocation allocation;
    private Instance scheduled;
    private InstanceInput placed;
    private List<TaskStatus> updates;

    /** Finds the place, and looks at what becomes of the instance. */
    @Setup
    public void place() {
        byte[] definition = Definitions.withContainers("/bench/pod", containers).getBytes(StandardCharsets.UTF_8);
        if (!(PodJson.read(definition, FEATURES, false)
                instanceof Reading.Accepted(PodDefinition pod, List<String> _))) {
            throw new IllegalStateException("the definition is not accepted");
        }
        var version = new VersionedPod(new Version(NOW), pod, PodJson.configHash(pod));
        InstanceId id = InstanceId.of(version.id(), new UUID(7, 1));
        List<Offer> offers = MatchingTask.offers(1);
        MatchResult found = OfferMatcher.match(
                List.of(new LaunchRequest(id, version)),
                offers,
                new MatchSettings(Set.of("*"), MatchPolicy.usual(1_000)),
                NOW,
                new Random(7));
        placement = found.matching().placements().getFirst();
        allocation = Objects.requireNonNull(found.allocations().get(id));
        scheduled = Instance.scheduled(id, version.id(), version.version(), version.configHash(), NOW);
        placed = new InstanceInput.Placed(
                placement.agent(),
                placement.hostPorts(),
                pod.containers().stream()
                        .map(each -> new InstanceInput.PlacedContainer(each.name(), true))
                        .toList());
        updates = new ArrayList<>();
        for (TaskState state : List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING)) {
            pod.containers().forEach(each -> updates.add(update(id, each.name(), state)));
        }
        if (!life().isReady()) {
            throw new IllegalStateException("the instance is not ready: " + life());
        }
    }

    private static TaskStatus update(InstanceId instance, String container, TaskState state) {
        return TaskStatus.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(instance.task(container).text()))
                .setAgentId(AgentID.newBuilder().setValue("5c7b0a52-21f4-4bc2-9f1c-0d3b8d1d7c11-S0"))
                .setState(state)
                .setHealthy(state == TaskState.TASK_RUNNING)
                .setTimestamp((double) NOW.getEpochSecond())
                .build();
    }

    /** The operation that launches it. */
    @Benchmark
    public Offer.Operation launch() {
        return TaskGroups.launchGroup(placement, allocation, FRAMEWORK, LAUNCHES);
    }

    /** From its place to the last of its containers, with two updates of Mesos for each. */
    @Benchmark
    public Instance life() {
        Instance instance = next(InstanceTransitions.decide(scheduled, placed, NOW));
        for (TaskStatus update : updates) {
            var report = new InstanceInput.Reported(StatusReports.of(update, NOW));
            instance = next(InstanceTransitions.decide(instance, report, NOW));
        }
        return instance;
    }

    private static Instance next(InstanceDecision decision) {
        return decision.next().orElseThrow();
    }
}
