package io.muster.deploy.engine;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.Cluster;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Goal;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.Task;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import io.muster.pods.json.PodJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What an engine costs that has many running instances: memory for each, and time for a round with one report. */
public final class EngineCost {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int INSTANCES_OF_A_POD = 10;
    private static final int WARM_UP = 10_000;
    private static final int ROUNDS = 10_000;

    private EngineCost() {}

    /**
     * Prints the cost for 1,000, 10,000 and 100,000 instances.
     *
     * @param cluster may do nothing
     * @param pod one container named {@code c1}, for every pod
     */
    public static void print(Cluster cluster, VersionedPod pod) {
        for (int instances : new int[] {1_000, 10_000, 100_000}) {
            long before = used();
            var engine = new Engine(
                    new Full(instances, pod),
                    cluster,
                    EngineSettings.defaults(),
                    Decisions.usual(),
                    () -> NOW,
                    UUID::randomUUID,
                    new EngineMeters(new CompositeMeterRegistry()),
                    1);
            engine.step(List.of());
            long bytes = (used() - before) / instances;
            List<InstanceId> ids =
                    engine.world().instances().stream().map(Instance::id).toList();
            rounds(engine, ids, WARM_UP);
            long begin = System.nanoTime();
            rounds(engine, ids, ROUNDS);
            double micros = (System.nanoTime() - begin) / 1000.0 / ROUNDS;
            System.out.printf(
                    "%,d instances: %,d bytes each, %.1f µs for a round with one report%n", ids.size(), bytes, micros);
        }
    }

    private static void rounds(Engine engine, List<InstanceId> ids, int count) {
        for (int i = 0; i < count; i++) {
            var task = ids.get((int) (i * 7_919L % ids.size())).task("c1");
            engine.step(List.of(new Reported(new StatusReport(
                    task,
                    Optional.of("S1"),
                    TaskState.RUNNING,
                    Optional.of(i % 2 == 0),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    NOW,
                    Optional.of(new Receipt("S1", task, "uuid-" + i))))));
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Holds nothing itself: what is loaded belongs to the engine. */
    private record Full(int instances, VersionedPod pod) implements EngineStore {

        @Override
        public Snapshot load() {
            List<StoredPod> pods = new ArrayList<>();
            for (int i = 0; i < instances / INSTANCES_OF_A_POD; i++) {
                VersionedPod goal = named(PodId.of("/load/pod-" + i));
                List<Instance> running = new ArrayList<>();
                for (int k = 0; k < INSTANCES_OF_A_POD; k++) {
                    running.add(running(goal, new UUID(i, k), "S" + k));
                }
                pods.add(new StoredPod(goal, Optional.empty(), List.of(), running, Map.of()));
            }
            return new Snapshot(Optional.empty(), pods, List.of());
        }

        private VersionedPod named(PodId id) {
            String text = PodJson.store(pod.definition());
            return new VersionedPod(
                    pod.version(), PodJson.restore(text.replace(pod.id().text(), id.text())), pod.configHash());
        }

        private static Instance running(VersionedPod goal, UUID uuid, String agent) {
            InstanceId id = InstanceId.of(goal.id(), uuid);
            var task = new Task(id.task("c1"), "c1", Condition.RUNNING, false, null, NOW, NOW, List.of());
            return new Instance(
                    id,
                    goal.id(),
                    goal.version(),
                    goal.configHash(),
                    Goal.RUNNING,
                    Condition.RUNNING,
                    NOW,
                    null,
                    NOW,
                    NOW,
                    NOW,
                    new Agent(agent, "host", null, null),
                    List.of(31_000),
                    null,
                    List.of(task));
        }

        @Override
        public List<Submission> submitted() {
            return List.of();
        }

        @Override
        public List<KillRequest> requestedKills(int limit) {
            return List.of();
        }

        @Override
        public List<PodId> delayResets() {
            return List.of();
        }

        @Override
        public List<Notice> notices() {
            return List.of();
        }

        @Override
        public Map<TaskId, Instant> unwantedOrphans() {
            return Map.of();
        }

        @Override
        public void commit(long epoch, Changes changes) {
            // Stored elsewhere.
        }
    }
}
