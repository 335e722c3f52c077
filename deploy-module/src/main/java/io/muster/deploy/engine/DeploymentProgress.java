package io.muster.deploy.engine;

import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.engine.Changes.GivingUp;
import io.muster.deploy.engine.EngineStore.Notice;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.DeployEvent.PodEnded;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.GivenUp;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Target;
import io.muster.deploy.model.VersionMoves;
import io.muster.history.PodId;
import io.muster.history.VersionState;
import io.muster.pods.Pods.Burial;
import io.muster.pods.Pods.Exposure;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How deployments go on in one round: from the one that is taken up to the one that is complete. */
final class DeploymentProgress {

    private final World world;
    private final Changes changes;
    private final Setbacks setbacks;
    private final Residents residents;
    private final Instant now;

    DeploymentProgress(World world, Changes changes, Setbacks setbacks, Residents residents, Instant now) {
        this.world = world;
        this.changes = changes;
        this.setbacks = setbacks;
        this.residents = residents;
        this.now = now;
    }

    /**
     * Takes a deployment up, in place of one it may have overtaken.
     *
     * @return whether it had not begun before
     */
    boolean takeUp(Submission submission) {
        Optional<Deployment> begun = DeploymentTransitions.apply(submission.deployment(), new Begun(), now);
        if (begun.isEmpty()) {
            return false;
        }
        PodState pod = pod(submission.deployment().pod(), submission.target());
        has(pod, begun.get(), submission.target());
        if (begun.get().kind() != Kind.SCALE) {
            setbacks.forgiven(pod);
        }
        changes.put(begun.get());
        tell(pod, begun.get(), Phase.BEGAN);
        VersionMoves.begun(begun.get(), now).forEach(changes::tell);
        return true;
    }

    /** Exactly the wanted instances are there and ready, which ends the deployment that runs, if one does. */
    void targetReached(PodState pod) {
        Optional<Deployment> ended =
                pod.running().flatMap(running -> DeploymentTransitions.apply(running, new TargetReached(), now));
        if (ended.isEmpty()) {
            return;
        }
        Deployment deployment = ended.get();
        changes.put(deployment);
        if (deployment.kind() == Kind.DELETE) {
            changes.tell(new PodEnded(pod.id(), now));
        }
        tell(pod, deployment, Phase.SUCCEEDED);
        if (deployment.kind() == Kind.DELETE) {
            VersionMoves.deleted(deployment, now).forEach(changes::tell);
            changes.bury(new Burial(pod.id(), deployment.id()));
            setbacks.forgiven(pod);
            residents.buried(pod.id());
            world.forget(pod.id());
        } else {
            VersionMoves.shown(deployment, true, VersionState.EXPOSED, now).forEach(changes::tell);
            changes.expose(new Exposure(pod.id(), pod.goal().version(), deployment.id()));
            pod.settle(pod.goal());
            world.watch(pod);
        }
    }

    /** The API cancelled, paused or resumed a deployment: the pod is as the notice says. */
    void noticed(Notice notice) {
        changes.takenUp(notice);
        if (notice.goal().isEmpty()) {
            return;
        }
        VersionedPod goal = notice.goal().get();
        PodState pod = pod(notice.pod(), goal);
        if (notice.running().isPresent()) {
            has(pod, notice.running().get(), goal);
        } else {
            pod.settle(goal);
            followGoal(pod);
        }
    }

    /** An instance ended by itself. It counts if the deployment is to bring such instances. */
    void ended(Instance instance, StatusReport report) {
        PodState pod = world.pod(instance.pod()).orElseThrow();
        boolean ofTarget = pod.target() instanceof Target.Running target && target.isMetBy(instance);
        if (ofTarget && isFailure(report) && !report.isOfDraining()) {
            pod.running().map(Deployment::failedOnceMore).ifPresent(failed -> {
                changes.put(failed);
                pod.deploy(failed, pod.goal());
                judge(pod, failed);
            });
        }
    }

    /** What Mesos or an agent is to blame for says nothing about the change. */
    private static boolean isFailure(StatusReport report) {
        return switch (report.state()) {
            case FAILED, ERROR, FINISHED, KILLED -> true;
            case STAGING, STARTING, RUNNING, KILLING, LOST, DROPPED, UNREACHABLE, GONE, GONE_BY_OPERATOR, UNKNOWN ->
                false;
        };
    }

    /** Deployments run into their time limits. */
    void timePassed() {
        for (PodId id : world.deadlines().due(now)) {
            world.pod(id).ifPresent(pod -> pod.running().ifPresent(running -> judge(pod, running)));
        }
    }

    private void judge(PodState pod, Deployment running) {
        running.exceeded(now).ifPresent(limit -> {
            switch (running.policy().onFailure()) {
                case CONTINUE -> {
                    Deployment warned = running.warned(limit);
                    changes.put(warned);
                    pod.deploy(warned, pod.goal());
                    tell(pod, warned, Phase.OVER_LIMIT, limit);
                }
                case PAUSE ->
                    DeploymentTransitions.apply(running, new PauseAsked(limit), now)
                            .ifPresent(paused -> {
                                changes.put(paused);
                                pod.deploy(paused, pod.goal());
                                tell(pod, paused, Phase.PAUSED, limit);
                            });
                case ROLLBACK -> {
                    // Until the deployment comes that undoes it, nothing more shall move for this one.
                    changes.giveUp(new GivingUp(running, limit));
                    DeploymentTransitions.apply(running, new GivenUp(limit, null), now)
                            .ifPresent(failed -> pod.deploy(failed, pod.goal()));
                }
            }
            world.watch(pod);
        });
    }

    private PodState pod(PodId id, VersionedPod goal) {
        return world.pod(id).orElseGet(() -> {
            PodState created = new PodState(id, goal);
            world.add(created);
            return created;
        });
    }

    private void has(PodState pod, Deployment deployment, VersionedPod goal) {
        pod.deploy(deployment, goal);
        followGoal(pod);
    }

    private void followGoal(PodState pod) {
        world.watch(pod);
        // When they must be looked at depends on the goal.
        pod.instances().stream().toList().forEach(world::put);
    }

    private void tell(PodState pod, Deployment deployment, Phase phase) {
        tell(pod, deployment, phase, null);
    }

    private void tell(PodState pod, Deployment deployment, Phase phase, @Nullable String reason) {
        int instances = pod.goal().definition().instances();
        changes.tell(new DeploymentMoved(deployment, instances, phase, true, reason, now));
    }
}
