package io.muster.deploy.engine;

import io.muster.deploy.engine.Changes.Burial;
import io.muster.deploy.engine.Changes.Exposure;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.history.PodId;
import java.time.Instant;
import java.util.Optional;

/** How deployments go on in one round: from the one that is taken up to the one that is complete. */
final class DeploymentProgress {

    private final World world;
    private final Changes changes;
    private final Setbacks setbacks;
    private final Instant now;

    DeploymentProgress(World world, Changes changes, Setbacks setbacks, Instant now) {
        this.world = world;
        this.changes = changes;
        this.setbacks = setbacks;
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
        PodId id = submission.deployment().pod();
        PodState pod = world.pod(id).orElseGet(() -> {
            PodState created = new PodState(id, submission.target());
            world.add(created);
            return created;
        });
        pod.deploy(begun.get(), submission.target());
        pod.instances().stream().toList().forEach(world::put);
        if (begun.get().kind() != Kind.SCALE) {
            setbacks.forgiven(pod);
        }
        changes.put(begun.get());
        tell(pod, begun.get(), Phase.BEGAN);
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
        tell(pod, deployment, Phase.SUCCEEDED);
        if (deployment.kind() == Kind.DELETE) {
            changes.bury(new Burial(pod.id(), deployment.id()));
            setbacks.forgiven(pod);
            world.forget(pod.id());
        } else {
            changes.expose(new Exposure(pod.id(), pod.goal().version(), deployment.id()));
            pod.settle();
        }
    }

    private void tell(PodState pod, Deployment deployment, Phase phase) {
        int instances = pod.goal().definition().instances();
        changes.tell(new DeploymentMoved(deployment, instances, phase, null, now));
    }
}
