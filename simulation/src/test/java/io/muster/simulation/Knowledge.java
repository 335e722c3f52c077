package io.muster.simulation;

import io.muster.deploy.engine.Changes;
import io.muster.deploy.engine.EngineStore.Notice;
import io.muster.deploy.engine.EngineStore.Snapshot;
import io.muster.deploy.engine.EngineStore.StoredPod;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the engine of one leader must know of pods: what it was told, and what it told itself. */
final class Knowledge {

    private final Map<PodId, Known> pods = new HashMap<>();
    private final Map<UUID, Submission> offered = new HashMap<>();
    private final Map<Long, Notice> noticed = new HashMap<>();

    /** One pod: the deployment that has it, and what that deploys; without one, what is exposed. */
    record Known(Optional<Deployment> running, VersionedPod goal) {

        private Optional<DeploymentState.Rolling> rolling() {
            return running.map(Deployment::state)
                    .filter(DeploymentState.Rolling.class::isInstance)
                    .map(DeploymentState.Rolling.class::cast);
        }

        /** Whether nothing may be moved. */
        boolean isHeld() {
            return running.isPresent() && rolling().isEmpty();
        }

        /** Whether it shall stay as it is, but for the number of instances. */
        boolean isSteady() {
            return running.isEmpty();
        }

        boolean isDelete() {
            return !isHeld()
                    && running.filter(deployment -> deployment.kind() == Kind.DELETE)
                            .isPresent();
        }

        /** Older instances are replaced; empty if age does not matter. */
        Optional<Instant> notBefore() {
            return running.filter(deployment -> deployment.kind() == Kind.RESTART)
                    .flatMap(restart -> rolling())
                    .map(DeploymentState.Rolling::startedAt);
        }
    }

    void loaded(Snapshot snapshot) {
        pods.clear();
        for (StoredPod pod : snapshot.pods()) {
            pods.put(pod.goal().id(), new Known(pod.running(), pod.goal()));
        }
    }

    void offered(List<Submission> submitted) {
        submitted.forEach(one -> offered.put(one.deployment().id(), one));
    }

    void noticed(List<Notice> notices) {
        notices.forEach(notice -> noticed.put(notice.id(), notice));
    }

    Optional<Known> of(PodId pod) {
        return Optional.ofNullable(pods.get(pod));
    }

    /** In the order in which a round looks at them: notices, submissions, and what becomes of deployments. */
    void committed(Changes changes) {
        for (Notice told : changes.notices()) {
            Notice notice = noticed.getOrDefault(told.id(), told);
            notice.goal().ifPresent(goal -> pods.put(notice.pod(), new Known(notice.running(), goal)));
        }
        Set<UUID> givenUp = changes.givenUp().stream()
                .map(failed -> failed.deployment().id())
                .collect(Collectors.toCollection(HashSet::new));
        for (Deployment deployment : changes.deployments()) {
            PodId pod = deployment.pod();
            Optional<VersionedPod> goal = Optional.ofNullable(offered.get(deployment.id()))
                    .map(Submission::target)
                    .or(() -> of(pod).map(Known::goal));
            if (goal.isEmpty()) {
                continue;
            }
            if (deployment.state().isRunning()) {
                pods.put(
                        pod,
                        new Known(
                                Optional.of(givenUp.contains(deployment.id()) ? failed(deployment) : deployment),
                                goal.get()));
            } else if (deployment.kind() == Kind.DELETE) {
                pods.remove(pod);
            } else {
                pods.put(pod, new Known(Optional.empty(), goal.get()));
            }
        }
    }

    /** Until the deployment comes that undoes it, nothing moves. */
    private static Deployment failed(Deployment deployment) {
        return new Deployment(
                deployment.id(),
                deployment.pod(),
                deployment.kind(),
                deployment.target(),
                new DeploymentState.Failed("given up", null, deployment.createdAt()),
                deployment.createdAt());
    }
}
