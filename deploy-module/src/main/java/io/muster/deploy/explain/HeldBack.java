package io.muster.deploy.explain;

import io.muster.deploy.explain.Cause.Kind;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Target;
import io.muster.pods.model.Upgrade;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Instances that do not exist yet, since their deployment is paused or the update strategy holds them back. */
final class HeldBack {

    private HeldBack() {}

    static Optional<Cause> of(Situation situation) {
        Target.Running target = target(situation);
        int current = (int) situation.instances().stream()
                .filter(instance -> instance.isWanted() && !instance.isInactive() && target.isMetBy(instance))
                .count();
        int missing = situation.wanted() - current;
        if (missing > 0 && situation.running().isPresent()) {
            Deployment running = situation.running().get();
            if (running.state() instanceof DeploymentState.Paused(var startedAt, Instant since, String reason)) {
                return Optional.of(Cause.of(
                        Kind.PAUSED,
                        missing,
                        "the deployment has been paused for %s: %s; POST /v2/deployments/%s::resume lets it go on"
                                .formatted(
                                        Explanation.age(Duration.between(since, situation.now())),
                                        reason,
                                        running.id())));
            }
        }
        boolean others = !situation.instances().stream().allMatch(target::isMetBy);
        if (missing <= 0 || situation.running().isEmpty() || !others) {
            return Optional.empty();
        }
        Upgrade upgrade = situation.goal().definition().scheduling().upgrade();
        String message =
                "%s not started before older ones have ended: minimumHealthCapacity is %s, maximumOverCapacity %s"
                        .formatted(
                                Explanation.count(missing, "instance is", "instances are"),
                                upgrade.minimumHealthCapacity().toPlainString(),
                                upgrade.maximumOverCapacity().toPlainString());
        return Optional.of(Cause.of(Kind.HELD_BACK, missing, message));
    }

    /** A restart replaces instances for their age. */
    private static Target.Running target(Situation situation) {
        Target.Running target = Target.of(situation.goal());
        return situation
                .running()
                .filter(running -> running.kind() == Deployment.Kind.RESTART)
                .map(Deployment::state)
                .map(state -> state instanceof DeploymentState.Rolling(Instant began, var since)
                        ? target.replacingAllBefore(began)
                        : target)
                .orElse(target);
    }
}
