package io.muster.simulation;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore.Notice;
import io.muster.deploy.engine.EngineStore.Snapshot;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.Orphan;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods.Burial;
import io.muster.pods.Pods.Exposure;
import io.muster.pods.VersionedPod;
import io.muster.simulation.Knowledge.Known;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold of each commit of one leader: the journal before, what is stored, and the journal after. */
final class CommitRules {

    private final Stage stage;
    private final long epoch;
    private final Knowledge knowledge = new Knowledge();
    private final EventRules events;
    private Map<PodId, List<Instance>> before = Map.of();
    /** Whether the engine knows of it or not. */
    private final Map<PodId, Known> paused = new HashMap<>();

    private Map<PodId, Version> exposedBefore = Map.of();

    CommitRules(Stage stage, long epoch) {
        this.stage = stage;
        this.epoch = epoch;
        events = new EventRules(stage);
    }

    void loaded(Snapshot snapshot) {
        knowledge.loaded(snapshot);
    }

    void offered(List<Submission> submitted) {
        knowledge.offered(submitted);
    }

    void noticed(List<Notice> notices) {
        knowledge.noticed(notices);
    }

    void before(Changes changes) {
        events.before(changes);
        before = byPod(touched(changes));
        paused.clear();
        for (PodId pod : before.keySet()) {
            stage.journal
                    .running(pod)
                    .filter(running -> running.state() instanceof DeploymentState.Paused)
                    .ifPresent(running -> paused.put(
                            pod,
                            new Known(
                                    Optional.of(running),
                                    stage.journal.target(pod).orElseThrow())));
        }
        exposedBefore = new HashMap<>();
        stage.journal.exposed().forEach((pod, version) -> exposedBefore.put(pod, version.version()));
    }

    private Set<PodId> touched(Changes changes) {
        Set<PodId> pods = new HashSet<>();
        changes.instances().forEach(instance -> pods.add(instance.pod()));
        changes.gone().forEach(id -> stage.journal.instance(id).ifPresent(instance -> pods.add(instance.pod())));
        changes.deployments().forEach(deployment -> pods.add(deployment.pod()));
        return pods;
    }

    private Map<PodId, List<Instance>> byPod(Set<PodId> pods) {
        Map<PodId, List<Instance>> instances = new LinkedHashMap<>();
        pods.stream()
                .sorted()
                .forEach(pod -> instances.put(
                        pod,
                        stage.journal.instances().stream()
                                .filter(instance -> instance.pod().equals(pod))
                                .toList()));
        return instances;
    }

    void after(Changes changes) {
        if (epoch != stage.epoch) {
            throw new Violation("fence: leader " + epoch + " commits, though " + stage.epoch + " was elected");
        }
        stage.trace.note("commit " + shown(changes));
        Map<PodId, Known> knew = new HashMap<>();
        before.keySet().forEach(pod -> knowledge.of(pod).ifPresent(known -> knew.put(pod, known)));
        knowledge.committed(changes);
        oneDeployment();
        exposure(changes);
        restarts(changes);
        oneOwner(changes);
        events.after(changes);
        Set<InstanceId> asked =
                changes.kills().stream().map(KillRequest::instance).collect(Collectors.toSet());
        Map<PodId, List<Instance>> after = byPod(before.keySet());
        before.forEach((pod, were) -> {
            Optional<Known> was = Optional.ofNullable(knew.get(pod));
            boolean held = was.filter(Known::isHeld).isPresent();
            Optional.ofNullable(paused.get(pod))
                    // What the engine itself pauses is held from the next round on.
                    .or(() -> knowledge.of(pod).flatMap(now -> now.isHeld() && !held ? was : Optional.of(now)))
                    .ifPresent(known -> new Bounds(known, were, after.getOrDefault(pod, List.of()), asked).check(held));
        });
    }

    private void oneDeployment() {
        Set<PodId> locked = new HashSet<>();
        for (Deployment running : stage.journal.runningDeployments()) {
            if (!locked.add(running.pod())) {
                throw new Violation("two deployments of " + running.pod() + " run at the same time");
            }
        }
    }

    private void exposure(Changes changes) {
        Map<PodId, VersionedPod> exposed = stage.journal.exposed();
        exposed.forEach((pod, shown) -> {
            Version was = exposedBefore.get(pod);
            if (shown.version().equals(was)) {
                return;
            }
            require(
                    endedWell(changes, pod, shown.version()),
                    pod,
                    "a version is exposed though its deployment goes on");
            require(stage.journal.running(pod).isEmpty(), pod, "a version is exposed while a deployment runs");
            Version highest = stage.exposed.put(pod, shown.version());
            require(highest == null || highest.compareTo(shown.version()) < 0, pod, "an older version is exposed");
            require(isComplete(shown), pod, "a version is exposed before all its instances are ready");
        });
        for (Exposure exposure : changes.exposures()) {
            require(exposed.containsKey(exposure.pod()), exposure.pod(), "an exposed version is not there");
        }
        for (Burial burial : changes.burials()) {
            require(instancesOf(burial.pod()).isEmpty(), burial.pod(), "is buried alive");
        }
    }

    private static boolean endedWell(Changes changes, PodId pod, Version version) {
        return changes.deployments().stream()
                .anyMatch(deployment -> deployment.pod().equals(pod)
                        && version.equals(deployment.target())
                        && deployment.state() instanceof DeploymentState.Succeeded);
    }

    /** An instance that has been unreachable too long waits beside the one that took its place. */
    private boolean isComplete(VersionedPod shown) {
        List<Instance> instances = instancesOf(shown.id()).stream()
                .filter(instance -> !instance.isInactive())
                .toList();
        return instances.size() == shown.definition().instances()
                && instances.stream()
                        .allMatch(instance -> instance.isWanted()
                                && instance.isReady()
                                && instance.configHash().equals(shown.configHash()));
    }

    private List<Instance> instancesOf(PodId pod) {
        return stage.journal.instances().stream()
                .filter(instance -> instance.pod().equals(pod))
                .toList();
    }

    private static void require(boolean holds, PodId pod, String what) {
        if (!holds) {
            throw new Violation("exposure of " + pod + ": " + what);
        }
    }

    /** A restart is complete when no instance is left that was decided on before it began. */
    private void restarts(Changes changes) {
        for (Deployment deployment : changes.deployments()) {
            if (deployment.kind() != Kind.RESTART) {
                continue;
            }
            if (deployment.state() instanceof DeploymentState.Rolling rolling) {
                stage.restarts.putIfAbsent(deployment.id(), rolling.startedAt());
            }
            Instant began = stage.restarts.get(deployment.id());
            if (deployment.state() instanceof DeploymentState.Succeeded
                    && began != null
                    && instancesOf(deployment.pod()).stream()
                            .anyMatch(instance -> instance.scheduledAt().isBefore(began))) {
                throw new Violation("restart of " + deployment.pod() + ": ends while older instances are there");
            }
        }
    }

    private void oneOwner(Changes changes) {
        for (Orphan orphan : changes.orphans()) {
            boolean owned = orphan.task().instance().flatMap(stage.journal::instance).stream()
                    .flatMap(instance -> instance.tasks().stream())
                    .anyMatch(task -> task.id().equals(orphan.task()));
            if (owned) {
                throw new Violation("one owner: " + orphan.task() + " is an orphan and belongs to an instance");
            }
        }
    }

    private static String shown(Changes changes) {
        StringBuilder text = new StringBuilder();
        changes.instances()
                .forEach(instance -> text.append(' ')
                        .append(instance.id())
                        .append('=')
                        .append(instance.isWanted() ? "" : "unwanted ")
                        .append(instance.condition())
                        .append(instance.isReady() ? "(ready)" : ""));
        changes.gone().forEach(id -> text.append(' ').append(id).append("=gone"));
        changes.deployments()
                .forEach(deployment -> text.append(' ')
                        .append(deployment.kind())
                        .append(' ')
                        .append(deployment.pod())
                        .append('=')
                        .append(deployment.state().getClass().getSimpleName()));
        changes.orphans().forEach(orphan -> text.append(" orphan ").append(orphan.task()));
        changes.endedOrphans().forEach(task -> text.append(" ended orphan ").append(task));
        changes.kills().forEach(request -> text.append(" taken up kill of ").append(request.instance()));
        return text.toString();
    }
}
