package io.muster.deploy.application;

import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.PodStatus;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.Deployments.Running;
import io.muster.deploy.persistence.FailureRows;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What ::status answers, from what is committed. */
@Service
public class PodStatuses {

    private final Pods pods;
    private final Deployments deployments;
    private final InstanceRows instances;
    private final FailureRows failures;
    private final InstantSource clock;

    PodStatuses(Pods pods, Deployments deployments, InstanceRows instances, FailureRows failures, InstantSource clock) {
        this.pods = pods;
        this.deployments = deployments;
        this.instances = instances;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * One pod with its status.
     *
     * @param spec the version that queries show
     * @param instances those that have a place, ordered by id, of every version
     * @param definitions each version that one of the instances was made from
     * @param lastFailure of the present life of the pod, also when the instance is gone: a pod that does not come up must
     *     say why
     * @param asOf when this was asked
     */
    public record View(
            VersionedPod spec,
            PodStatus status,
            List<Instance> instances,
            Map<Version, VersionedPod> definitions,
            Optional<Failure> lastFailure,
            Instant asOf) {}

    /** Which status to show while a deployment runs. */
    public enum Kind {
        /** That of the exposed version, as it was when the change was accepted. */
        EXPOSED,
        /** Computed from the instances, whatever runs. */
        LIVE
    }

    /** The status of one pod; empty if there is none with this id. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<View> of(PodId id, Kind kind) {
        return pods.find(id)
                .map(pod -> view(pod, deployments.runningOf(id), instances.ofPod(id), failures.of(id), kind));
    }

    /** The status of all pods, ordered by id. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<View> all(Kind kind) {
        Map<PodId, Running> running = deployments.running().stream()
                .collect(Collectors.toMap(found -> found.deployment().pod(), Function.identity()));
        Map<PodId, List<Instance>> alive = instances.all().stream().collect(Collectors.groupingBy(Instance::pod));
        Map<PodId, Failure> failed =
                failures.all().stream().collect(Collectors.toMap(Failure::pod, Function.identity()));
        return pods.list().stream()
                .map(pod -> view(
                        pod,
                        Optional.ofNullable(running.get(pod.id())),
                        alive.getOrDefault(pod.id(), List.of()),
                        Optional.ofNullable(failed.get(pod.id())),
                        kind))
                .toList();
    }

    private View view(Pod pod, Optional<Running> running, List<Instance> alive, Optional<Failure> failure, Kind kind) {
        Instant now = clock.instant();
        List<Instance> listed =
                alive.stream().filter(instance -> instance.agent() != null).toList();
        PodStatus live = PodStatus.live(pod.shown().definition().instances(), listed, now);
        PodStatus status = switch (kind) {
            case LIVE -> live;
            case EXPOSED -> running.map(Running::frozen).orElse(live);
        };
        return new View(pod.shown(), status, listed, definitions(pod, listed), failure, now);
    }

    private Map<Version, VersionedPod> definitions(Pod pod, List<Instance> listed) {
        return listed.stream()
                .map(Instance::version)
                .distinct()
                .map(version -> definition(pod, version))
                .collect(Collectors.toMap(VersionedPod::version, Function.identity()));
    }

    private VersionedPod definition(Pod pod, Version version) {
        if (version.equals(pod.shown().version())) {
            return pod.shown();
        }
        if (version.equals(pod.target().version())) {
            return pod.target();
        }
        return pods.version(pod.id(), version)
                .orElseThrow(() -> new IllegalStateException("version " + version + " of " + pod.id() + " is missing"));
    }
}
