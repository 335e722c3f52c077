package io.muster.deploy.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.Receipt;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Backoff;
import io.muster.pods.model.Command;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Container;
import io.muster.pods.model.Exec;
import io.muster.pods.model.ExecutorResources;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Placement;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Resources;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Tells the story of one installation in steps: what users, Mesos and time do. */
final class Scenario {

    static final PodId WEB = PodId.of("/web");

    final InMemoryStore store = new InMemoryStore();
    final FakeCluster cluster;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    Engine engine;
    private int nextId;
    private int nextUuid;

    Scenario() {
        this(new FakeCluster());
    }

    Scenario(FakeCluster cluster) {
        this.cluster = cluster;
        engine = newEngine(1);
    }

    private Engine newEngine(long epoch) {
        return new Engine(
                store,
                cluster,
                EngineSettings.defaults(),
                Decisions.usual(),
                () -> now,
                () -> new UUID(0, ++nextId),
                new EngineMeters(meters),
                epoch);
    }

    /** The process dies, and another one starts from what is stored. */
    Scenario crash() {
        engine = newEngine(1);
        return this;
    }

    Scenario subscribed() {
        return step(new Subscribed(new FrameworkId("F-1"), "master.example:5050"));
    }

    UUID create(VersionedPod pod) {
        return change(Kind.CREATE, pod);
    }

    UUID update(VersionedPod pod) {
        return change(Kind.UPDATE, pod);
    }

    UUID change(Kind kind, VersionedPod pod) {
        UUID id = store.submit(kind, pod, now);
        step(new ChangesCame());
        return id;
    }

    /** A user asks for the end of this instance; the engine is called. */
    Scenario kill(InstanceId instance) {
        store.kills.add(new KillRequest(WEB, instance, false, now, null));
        return step(new ChangesCame());
    }

    Scenario offers() {
        return step(new OffersCame());
    }

    Scenario pass(Duration time) {
        now = now.plus(time);
        return step();
    }

    /** Mesos reports this state of every task of the instance. */
    Scenario report(InstanceId instance, TaskState state) {
        List<EngineInput> reports = new ArrayList<>();
        Objects.requireNonNull(store.instances.get(instance))
                .tasks()
                .forEach(task -> reports.add(reported(task.id(), state)));
        return step(reports.toArray(EngineInput[]::new));
    }

    Scenario report(TaskId task, TaskState state) {
        return step(reported(task, state));
    }

    /** Mesos reports the end of every task of the instance, for this reason. */
    Scenario end(InstanceId instance, TaskState state, String reason) {
        List<EngineInput> reports = new ArrayList<>();
        Objects.requireNonNull(store.instances.get(instance))
                .tasks()
                .forEach(task -> reports.add(new Reported(new StatusReport(
                        task.id(),
                        Optional.of("S0"),
                        state,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(reason),
                        List.of(),
                        now,
                        Optional.of(new Receipt("S0", task.id(), "uuid-" + ++nextUuid))))));
        return step(reports.toArray(EngineInput[]::new));
    }

    /** The master answers a reconciliation: nobody waits for a confirmation. */
    Scenario answer(TaskId task, TaskState state) {
        return step(new Reported(new StatusReport(
                task,
                Optional.of("S0"),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.of("RECONCILIATION"),
                List.of(),
                now,
                Optional.empty())));
    }

    /** Mesos reports that the task runs, and what its health check says, under this uuid. */
    Scenario healthReport(TaskId task, boolean healthy, String uuid) {
        return step(reported(task, TaskState.RUNNING, Optional.of(healthy), uuid));
    }

    private EngineInput reported(TaskId task, TaskState state) {
        return reported(task, state, Optional.empty(), "uuid-" + ++nextUuid);
    }

    private EngineInput reported(TaskId task, TaskState state, Optional<Boolean> healthy, String uuid) {
        return new Reported(new StatusReport(
                task,
                Optional.of("S0"),
                state,
                healthy,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                now,
                Optional.of(new Receipt("S0", task, uuid))));
    }

    /** Everything that was launched and is wanted comes up, until nothing more happens. */
    Scenario allRun() {
        for (int i = 0; i < 50; i++) {
            offers();
            List<InstanceId> starting = instances().stream()
                    .filter(instance -> instance.isWanted() && instance.condition() == Condition.PROVISIONED)
                    .map(Instance::id)
                    .toList();
            List<InstanceId> ending = instances().stream()
                    .filter(instance -> !instance.isWanted())
                    .map(Instance::id)
                    .toList();
            if (starting.isEmpty() && ending.isEmpty()) {
                return this;
            }
            starting.forEach(instance -> report(instance, TaskState.RUNNING));
            ending.forEach(instance -> report(instance, TaskState.KILLED));
        }
        throw new AssertionError("it never settles");
    }

    Scenario step(EngineInput... inputs) {
        engine.step(List.of(inputs));
        return this;
    }

    List<Instance> instances() {
        return List.copyOf(store.instances.values());
    }

    Instance only() {
        if (store.instances.size() != 1) {
            throw new AssertionError("not one instance but " + store.instances.keySet());
        }
        return instances().getFirst();
    }

    /** A pod of one container, replaced without extra room and without a minimum of healthy instances. */
    static VersionedPod web(String version, String configuration, int instances) {
        return web(version, configuration, instances, "0", "0");
    }

    static VersionedPod web(
            String version, String configuration, int instances, String minimumHealth, String maximumOver) {
        Container container = new Container(
                "nginx",
                new Resources(new BigDecimal("0.1"), new BigDecimal("32"), BigDecimal.ZERO, 0),
                new Exec(new Command.Shell("sleep 1000"), null),
                null,
                List.of(),
                Map.of(),
                null,
                null,
                List.of(),
                List.of(),
                Map.of(),
                null,
                null,
                null,
                null);
        Scheduling scheduling = new Scheduling(
                new Backoff(BigDecimal.ONE, new BigDecimal("1.15"), new BigDecimal("3600")),
                new Upgrade(new BigDecimal(minimumHealth), new BigDecimal(maximumOver)),
                KillSelection.YOUNGEST_FIRST,
                new UnreachableStrategy.Enabled(0, 0),
                new Placement(List.of(), List.of()));
        PodDefinition definition = new PodDefinition(
                WEB,
                Map.of(),
                null,
                Map.of(),
                List.of(container),
                Map.of(),
                List.of(),
                List.of(),
                instances,
                scheduling,
                new ExecutorResources(new BigDecimal("0.1"), new BigDecimal("32"), BigDecimal.TEN),
                null,
                null,
                false);
        return new VersionedPod(Version.parse(version).orElseThrow(), definition, configuration);
    }

    /** The same pod with this unreachable strategy. */
    static VersionedPod unreachable(VersionedPod pod, long inactiveAfter, long expungeAfter) {
        Scheduling scheduling = pod.definition().scheduling();
        return scheduled(
                pod,
                new Scheduling(
                        scheduling.backoff(),
                        scheduling.upgrade(),
                        scheduling.killSelection(),
                        new UnreachableStrategy.Enabled(inactiveAfter, expungeAfter),
                        scheduling.placement()));
    }

    /** The same pod, of which instances count when they have been ready for so long. */
    static VersionedPod minReady(VersionedPod pod, long seconds) {
        Scheduling scheduling = pod.definition().scheduling();
        return scheduled(
                pod,
                new Scheduling(
                        scheduling.backoff(),
                        new Upgrade(
                                scheduling.upgrade().minimumHealthCapacity(),
                                scheduling.upgrade().maximumOverCapacity(),
                                seconds),
                        scheduling.killSelection(),
                        scheduling.unreachableStrategy(),
                        scheduling.placement()));
    }

    private static VersionedPod scheduled(VersionedPod pod, Scheduling scheduling) {
        PodDefinition definition = pod.definition();
        return new VersionedPod(
                pod.version(),
                new PodDefinition(
                        definition.id(),
                        definition.labels(),
                        definition.user(),
                        definition.environment(),
                        definition.containers(),
                        definition.secrets(),
                        definition.volumes(),
                        definition.networks(),
                        definition.instances(),
                        scheduling,
                        definition.executorResources(),
                        definition.role(),
                        definition.ipcInfo(),
                        definition.legacySharedCgroups()),
                pod.configHash());
    }

    /** The same pod with a copy of its first container under another name. */
    static VersionedPod containers(VersionedPod pod, String another) {
        PodDefinition definition = pod.definition();
        Container first = definition.containers().getFirst();
        Container second = new Container(
                another,
                first.resources(),
                first.exec(),
                first.image(),
                first.endpoints(),
                first.environment(),
                first.user(),
                first.healthCheck(),
                first.volumeMounts(),
                first.artifacts(),
                first.labels(),
                first.lifecycle(),
                first.tty(),
                first.resourceLimits(),
                first.linuxInfo());
        return new VersionedPod(
                pod.version(),
                new PodDefinition(
                        definition.id(),
                        definition.labels(),
                        definition.user(),
                        definition.environment(),
                        List.of(first, second),
                        definition.secrets(),
                        definition.volumes(),
                        definition.networks(),
                        definition.instances(),
                        definition.scheduling(),
                        definition.executorResources(),
                        definition.role(),
                        definition.ipcInfo(),
                        definition.legacySharedCgroups()),
                pod.configHash());
    }

    /** The same pod with these constraints. */
    static VersionedPod constrained(VersionedPod pod, Constraint... constraints) {
        Scheduling scheduling = pod.definition().scheduling();
        return scheduled(
                pod,
                new Scheduling(
                        scheduling.backoff(),
                        scheduling.upgrade(),
                        scheduling.killSelection(),
                        scheduling.unreachableStrategy(),
                        new Placement(List.of(constraints), List.of())));
    }
}
