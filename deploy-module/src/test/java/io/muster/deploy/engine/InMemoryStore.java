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
import io.muster.deploy.model.DeploymentInput.RolledBackBy;
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
import io.muster.deploy.persistence.Originals;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.Interventions.Original;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    /** Pods whose deployment the API moved, by the number of the notice. */
    final SequencedMap<Long, PodId> noticed = new LinkedHashMap<>();

    /** What was accepted last of each pod; a delete leaves it. */
    private final Map<PodId, VersionedPod> targets = new LinkedHashMap<>();

    private final Set<PodId> deleting = new HashSet<>();
    private final Map<PodId, Map<Version, VersionedPod>> versions = new HashMap<>();
    private final Map<PodId, Map<String, LaunchDelay>> delays = new HashMap<>();
    private Optional<FrameworkId> framework = Optional.empty();
    private @Nullable RuntimeException failure;
    private int failingLoads;
    private long epoch = 1;
    private long notices;
    private final InstantSource clock;

    /** For who does not ask when something was undone. */
    public InMemoryStore() {
        this(() -> Instant.EPOCH);
    }

    public InMemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    /** What the API does when a change is accepted: one that runs is forced aside. */
    public UUID submit(Kind kind, VersionedPod target, Instant now) {
        return submit(kind, target, FailurePolicy.NONE, now);
    }

    /** The same with limits. For a delete the target is what is shown, and stays what was accepted last. */
    public UUID submit(Kind kind, VersionedPod target, FailurePolicy policy, Instant now) {
        UUID id = nextId();
        Optional<UUID> aside = running(target.id()).map(overtaken -> end(overtaken, new ForcedOver(id), now));
        Origin origin = new Origin(null, null, aside.isPresent(), aside.orElse(null), null);
        return add(id, kind, target, origin, policy, now);
    }

    /**
     * What the API does when a deployment is undone.
     *
     * @throws java.util.NoSuchElementException if it does not run
     */
    public UUID undo(UUID undone, Instant now) {
        UUID by = nextId();
        return undo(Objects.requireNonNull(deployments.get(undone)), by, new RolledBackBy(by), now);
    }

    private UUID undo(Deployment undone, UUID by, DeploymentInput input, Instant now) {
        PodId pod = undone.pod();
        end(undone, input, now);
        Origin origin = new Origin(null, null, true, null, undone.id());
        return switch (Originals.of(undone)) {
            case Original.Content(Version version) -> {
                VersionedPod before = definition(pod, version);
                VersionedPod target = new VersionedPod(nextVersion(pod, now), before.definition(), before.configHash());
                yield add(by, changeTo(target), target, origin, FailurePolicy.NONE, now);
            }
            case Original.Same(Version version) -> {
                VersionedPod target = definition(pod, version);
                yield add(by, changeTo(target), target, origin, FailurePolicy.NONE, now);
            }
            case Original.Nothing() -> add(by, Kind.DELETE, shown(pod), origin, FailurePolicy.NONE, now);
        };
    }

    /** What a change to this target is called. */
    public Kind changeTo(VersionedPod target) {
        return exposed(target.id())
                        .filter(shown -> shown.configHash().equals(target.configHash()))
                        .isPresent()
                ? Kind.SCALE
                : Kind.UPDATE;
    }

    /** The version of a change that is accepted now: later than all of its pod. */
    public Version nextVersion(PodId pod, Instant now) {
        Version next = new Version(now.truncatedTo(ChronoUnit.MILLIS));
        return versions.getOrDefault(pod, Map.of()).keySet().stream()
                .max(Version::compareTo)
                .filter(last -> last.compareTo(next) >= 0)
                .map(last -> new Version(last.instant().plusMillis(1)))
                .orElse(next);
    }

    private UUID end(Deployment deployment, DeploymentInput input, Instant now) {
        deployments.put(deployment.id(), moved(deployment, input, now));
        return deployment.id();
    }

    private UUID nextId() {
        return UUID.nameUUIDFromBytes(("deployment " + deployments.size()).getBytes(StandardCharsets.UTF_8));
    }

    private UUID add(UUID id, Kind kind, VersionedPod target, Origin origin, FailurePolicy policy, Instant now) {
        PodId pod = target.id();
        Version from = kind == Kind.DELETE
                ? target.version()
                : exposed(pod).map(VersionedPod::version).orElse(null);
        Version to = kind == Kind.DELETE ? null : target.version();
        deployments.put(
                id,
                new Deployment(id, pod, kind, from, to, new DeploymentState.Submitted(), now, origin, policy, 0, null));
        versions.computeIfAbsent(pod, any -> new HashMap<>()).put(target.version(), target);
        if (kind == Kind.DELETE) {
            deleting.add(pod);
            targets.putIfAbsent(pod, target);
        } else {
            deleting.remove(pod);
            targets.put(pod, target);
        }
        return id;
    }

    /** What the API does when a deployment is paused, resumed or cancelled. */
    public void intervene(UUID id, DeploymentInput input, Instant now) {
        Deployment moved = moved(Objects.requireNonNull(deployments.get(id)), input, now);
        deployments.put(id, moved);
        PodId pod = moved.pod();
        if (!moved.state().isRunning()) {
            VersionedPod stays = deleting.remove(pod) ? shown(pod) : Objects.requireNonNull(targets.get(pod));
            targets.put(pod, stays);
            exposed.put(pod, stays);
        }
        noticed.put(notices++, pod);
    }

    /** What the API does when somebody wants the launch delays of a pod lifted. */
    public void resetDelay(PodId pod) {
        if (!delayResets.contains(pod)) {
            delayResets.add(pod);
        }
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

    /** Any deployment, also one that has ended. */
    public Optional<Deployment> deployment(UUID id) {
        return Optional.ofNullable(deployments.get(id));
    }

    /** What was accepted last in the present life of the pod; a delete changes nothing in it. */
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
        VersionedPod goal = goal(target, running);
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

    private VersionedPod goal(VersionedPod target, Optional<Deployment> running) {
        boolean moving =
                running.filter(deployment -> deployment.kind() != Kind.DELETE).isPresent();
        return moving ? target : shown(target.id());
    }

    private VersionedPod shown(PodId pod) {
        return exposed(pod).or(() -> target(pod)).orElseThrow();
    }

    @Override
    public List<Submission> submitted() {
        return deployments.values().stream()
                .filter(deployment -> deployment.state() instanceof DeploymentState.Submitted)
                .map(deployment -> new Submission(
                        deployment,
                        goal(Objects.requireNonNull(targets.get(deployment.pod())), Optional.of(deployment))))
                .toList();
    }

    @Override
    public List<PodId> delayResets() {
        return List.copyOf(delayResets);
    }

    @Override
    public List<Notice> notices() {
        return noticed.entrySet().stream()
                .map(notice -> {
                    PodId pod = notice.getValue();
                    Optional<Deployment> running = running(pod);
                    return new Notice(notice.getKey(), pod, running, target(pod).map(target -> goal(target, running)));
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
        if (overtakes(changes)) {
            throw new OvertakenException("the API moved a deployment");
        }
        commits++;
        changes.deployments().forEach(deployment -> deployments.put(deployment.id(), deployment));
        changes.givenUp().forEach(this::undo);
        changes.notices().forEach(notice -> noticed.remove(notice.id()));
        changes.instances().forEach(instance -> instances.put(instance.id(), instance));
        changes.gone().forEach(instances::remove);
        terminations.addAll(changes.terminations());
        changes.framework().ifPresent(id -> framework = Optional.of(id));
        changes.exposures()
                .forEach(exposure -> exposed.put(exposure.pod(), definition(exposure.pod(), exposure.version())));
        changes.burials().forEach(burial -> {
            exposed.remove(burial.pod());
            targets.remove(burial.pod());
            deleting.remove(burial.pod());
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

    /** Whether the API moved a deployment of a pod whose instances these changes move, and they do not know. */
    private boolean overtakes(Changes changes) {
        Set<Long> known = changes.notices().stream().map(Notice::id).collect(Collectors.toSet());
        Set<PodId> moved = noticed.entrySet().stream()
                .filter(notice -> !known.contains(notice.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        return Stream.concat(
                        changes.instances().stream(), changes.gone().stream().flatMap(gone -> instance(gone).stream()))
                .map(Instance::pod)
                .anyMatch(moved::contains);
    }

    private void undo(GivingUp failed) {
        UUID by = nextId();
        undo(failed.deployment(), by, new GivenUp(failed.reason(), by), clock.instant());
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
