package io.muster.deploy.engine;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.engine.Changes.GivingUp;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentInput.GivenUp;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.FailurePolicy;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Origin;
import io.muster.deploy.model.Orphan;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Termination;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the real store does, without a database: commits all or nothing, and can be told to fail. */
public final class InMemoryStore implements EngineStore {

    final Map<UUID, Deployment> deployments = new LinkedHashMap<>();
    final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    final Map<PodId, VersionedPod> exposed = new LinkedHashMap<>();
    final List<Failure> failures = new ArrayList<>();
    final List<Termination> terminations = new ArrayList<>();
    final List<KillRequest> kills = new ArrayList<>();
    final Map<TaskId, Orphan> orphans = new LinkedHashMap<>();
    /** Orphans whose end somebody asked for. */
    final Map<TaskId, Instant> unwanted = new LinkedHashMap<>();

    int commits;

    /** Pods whose delay somebody wants lifted. */
    final List<PodId> delayResets = new ArrayList<>();

    final Map<String, LaunchAttempt> attempts = new LinkedHashMap<>();

    @Nullable
    EngineReport report;

    final Map<InstanceId, Reservation> reservations = new LinkedHashMap<>();
    final List<DeployEvent> events = new ArrayList<>();
    /** Pods whose deployment the API moved. */
    final List<PodId> noticed = new ArrayList<>();

    private final Map<PodId, VersionedPod> targets = new LinkedHashMap<>();
    private final Map<PodId, Map<Version, VersionedPod>> versions = new HashMap<>();
    private final Map<PodId, Map<String, LaunchDelay>> delays = new HashMap<>();
    private Optional<FrameworkId> framework = Optional.empty();
    private @Nullable RuntimeException failure;
    private int failingLoads;
    private long epoch = 1;

    /** What the API does when a change is accepted: one that runs is forced aside. */
    public UUID submit(Kind kind, VersionedPod target, Instant now) {
        running(target.id())
                .ifPresent(
                        overtaken -> deployments.put(overtaken.id(), moved(overtaken, new ForcedOver(nextId()), now)));
        return add(kind, target, FailurePolicy.NONE, now);
    }

    /** The same with limits, where no deployment runs. */
    public UUID submit(Kind kind, VersionedPod target, FailurePolicy policy, Instant now) {
        return add(kind, target, policy, now);
    }

    private UUID nextId() {
        return UUID.nameUUIDFromBytes(("deployment " + deployments.size()).getBytes(StandardCharsets.UTF_8));
    }

    private UUID add(Kind kind, VersionedPod target, FailurePolicy policy, Instant now) {
        UUID id = nextId();
        Version version = kind == Kind.DELETE ? null : target.version();
        deployments.put(
                id,
                new Deployment(
                        id,
                        target.id(),
                        kind,
                        null,
                        version,
                        new DeploymentState.Submitted(),
                        now,
                        Origin.UNKNOWN,
                        policy,
                        0,
                        null));
        targets.put(target.id(), target);
        versions.computeIfAbsent(target.id(), pod -> new HashMap<>()).put(target.version(), target);
        return id;
    }

    /** What the API does when a deployment is paused, resumed or cancelled. */
    public void intervene(UUID id, DeploymentInput input, Instant now) {
        Deployment moved = moved(Objects.requireNonNull(deployments.get(id)), input, now);
        deployments.put(id, moved);
        if (!moved.state().isRunning()) {
            exposed.put(moved.pod(), Objects.requireNonNull(targets.get(moved.pod())));
        }
        noticed.add(moved.pod());
    }

    private static Deployment moved(Deployment deployment, DeploymentInput input, Instant now) {
        return DeploymentTransitions.apply(deployment, input, now).orElseThrow();
    }

    /** What the API does when somebody wants an instance ended; a request that is there already says the same. */
    public void ask(KillRequest request) {
        if (kills.stream().noneMatch(there -> there.instance().equals(request.instance()))) {
            kills.add(request);
        }
    }

    /** What the API does when somebody wants an orphan ended; the first wish counts. */
    public void ask(TaskId orphan, Instant now) {
        Orphan known = orphans.get(orphan);
        if (known != null) {
            orphans.put(orphan, known.unwanted(now));
            unwanted.putIfAbsent(orphan, now);
        }
    }

    /** The deployment that holds the lock of the pod. */
    public Optional<Deployment> running(PodId pod) {
        return runningDeployments().stream()
                .filter(deployment -> deployment.pod().equals(pod))
                .findFirst();
    }

    /** All that run, oldest first. */
    public List<Deployment> runningDeployments() {
        return deployments.values().stream()
                .filter(deployment -> deployment.state().isRunning())
                .toList();
    }

    /** What queries show of the pod once its first deployment has ended. */
    public Optional<VersionedPod> exposed(PodId pod) {
        return Optional.ofNullable(exposed.get(pod));
    }

    /** What queries show, but of pods in their first deployment. */
    public Map<PodId, VersionedPod> exposed() {
        return Collections.unmodifiableMap(exposed);
    }

    /** What was accepted last in the present life of the pod; for a delete, what was shown before it. */
    public Optional<VersionedPod> target(PodId pod) {
        return Optional.ofNullable(targets.get(pod));
    }

    /** In the order in which they were first stored. */
    public Collection<Instance> instances() {
        return Collections.unmodifiableCollection(instances.values());
    }

    public Optional<Instance> instance(InstanceId id) {
        return Optional.ofNullable(instances.get(id));
    }

    public Collection<Orphan> orphans() {
        return Collections.unmodifiableCollection(orphans.values());
    }

    public Optional<Orphan> orphan(TaskId task) {
        return Optional.ofNullable(orphans.get(task));
    }

    void failNextCommit(RuntimeException cause) {
        failure = cause;
    }

    void failNextLoads(int times) {
        failingLoads = times;
    }

    /** Another leader is elected; from now on only it may commit. Returns its epoch. */
    public long electAnother() {
        return ++epoch;
    }

    @Override
    public Snapshot load() {
        if (failingLoads > 0) {
            failingLoads--;
            throw new IllegalStateException("connection refused");
        }
        List<StoredPod> pods = targets.values().stream().map(this::stored).toList();
        return new Snapshot(framework, pods, List.copyOf(orphans.values()), List.copyOf(reservations.values()));
    }

    private StoredPod stored(VersionedPod target) {
        PodId pod = target.id();
        Optional<Deployment> running = running(pod);
        VersionedPod goal = running.isPresent() ? target : exposed.getOrDefault(pod, target);
        List<Instance> alive = instances.values().stream()
                .filter(instance -> instance.pod().equals(pod))
                .toList();
        List<VersionedPod> definitions = alive.stream()
                .map(Instance::version)
                .distinct()
                .filter(version -> !version.equals(goal.version()))
                .map(version -> definition(pod, version))
                .toList();
        return new StoredPod(goal, running, definitions, alive, Map.copyOf(delays.getOrDefault(pod, Map.of())));
    }

    @Override
    public List<Submission> submitted() {
        return deployments.values().stream()
                .filter(deployment -> deployment.state() instanceof DeploymentState.Submitted)
                .map(deployment -> new Submission(deployment, Objects.requireNonNull(targets.get(deployment.pod()))))
                .toList();
    }

    @Override
    public List<PodId> delayResets() {
        return List.copyOf(delayResets);
    }

    @Override
    public List<Notice> notices(int limit) {
        return IntStream.range(0, noticed.size())
                .mapToObj(index -> {
                    StoredPod pod = stored(Objects.requireNonNull(targets.get(noticed.get(index))));
                    return new Notice(index, pod.goal().id(), pod.running(), Optional.of(pod.goal()));
                })
                .toList();
    }

    @Override
    public Map<TaskId, Instant> unwantedOrphans() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(unwanted));
    }

    @Override
    public List<KillRequest> requestedKills(int limit) {
        return kills.stream()
                .sorted(Comparator.comparing(KillRequest::requestedAt).thenComparing(KillRequest::instance))
                .limit(limit)
                .toList();
    }

    private VersionedPod definition(PodId pod, Version version) {
        return Objects.requireNonNull(Objects.requireNonNull(versions.get(pod)).get(version));
    }

    @Override
    public void commit(long writer, Changes changes) {
        RuntimeException planned = failure;
        if (planned != null) {
            failure = null;
            throw planned;
        }
        if (writer != epoch) {
            throw new FencedException("epoch " + writer + " is over");
        }
        for (Deployment deployment : changes.deployments()) {
            Deployment stored = Objects.requireNonNull(deployments.get(deployment.id()));
            if (!stored.state().isRunning() || stored.state() instanceof DeploymentState.Paused) {
                throw new OvertakenException("overtaken");
            }
        }
        commits++;
        changes.deployments().forEach(deployment -> deployments.put(deployment.id(), deployment));
        changes.givenUp().forEach(this::undo);
        if (!changes.notices().isEmpty()) {
            noticed.clear();
        }
        changes.instances().forEach(instance -> instances.put(instance.id(), instance));
        changes.gone().forEach(instances::remove);
        terminations.addAll(changes.terminations());
        changes.framework().ifPresent(id -> framework = Optional.of(id));
        changes.exposures()
                .forEach(exposure -> exposed.put(exposure.pod(), definition(exposure.pod(), exposure.version())));
        changes.burials().forEach(burial -> {
            exposed.remove(burial.pod());
            targets.remove(burial.pod());
        });
        changes.delays().forEach(change -> {
            Map<String, LaunchDelay> ofPod = delays.computeIfAbsent(change.pod(), pod -> new HashMap<>());
            LaunchDelay delay = change.delay();
            if (delay == null) {
                ofPod.remove(change.configHash());
            } else {
                ofPod.put(change.configHash(), delay);
            }
        });
        changes.orphans().forEach(orphan -> orphans.merge(orphan.task(), orphan, InMemoryStore::seenAgain));
        changes.endedOrphans().forEach(ended -> {
            orphans.remove(ended);
            unwanted.remove(ended);
        });
        if (changes.forgetsAttempts()) {
            attempts.clear();
        }
        changes.attempts().forEach(change -> {
            LaunchAttempt attempt = change.attempt();
            if (attempt == null) {
                attempts.remove(change.pod() + " " + change.configHash());
            } else {
                attempts.put(change.pod() + " " + change.configHash(), attempt);
            }
        });
        changes.report().ifPresent(present -> report = present);
        delayResets.removeAll(changes.delayResets());
        changes.endedReservations().forEach(reservations::remove);
        changes.reservations().forEach(reservation -> reservations.put(reservation.id(), reservation));
        failures.addAll(changes.failures());
        Set<InstanceId> takenUp =
                changes.kills().stream().map(KillRequest::instance).collect(Collectors.toSet());
        kills.removeIf(request -> takenUp.contains(request.instance()));
        events.addAll(changes.events());
    }

    private void undo(GivingUp failed) {
        Deployment deployment = failed.deployment();
        VersionedPod before = Objects.requireNonNull(exposed.get(deployment.pod()));
        Instant now = deployment.createdAt();
        UUID by = add(Kind.UPDATE, before, FailurePolicy.NONE, now);
        deployments.put(deployment.id(), moved(deployment, new GivenUp(failed.reason(), by), now));
    }

    /** What was asked for meanwhile stays. */
    private static Orphan seenAgain(Orphan stored, Orphan now) {
        return new Orphan(
                stored.task(),
                now.agent(),
                now.state(),
                stored.firstSeen(),
                now.lastSeen(),
                stored.killAsked() == null ? now.killAsked() : stored.killAsked());
    }
}
