package io.muster.deploy.explain;

import io.muster.deploy.explain.Cause.Kind;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Instance;
import io.muster.pods.model.Upgrade;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Instances that do not exist yet, since their deployment is paused or the update strategy holds them back. */
final class HeldBack {

    private HeldBack() {}

    static Optional<Cause> of(Situation situation) {
        int current = (int) situation.instances().stream()
                .filter(instance -> instance.isWanted()
                        && !instance.isInactive()
                        && instance.configHash().equals(situation.goal().configHash()))
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
        boolean others = situation.instances().stream().anyMatch(instance -> !isCurrent(instance, situation));
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

    private static boolean isCurrent(Instance instance, Situation situation) {
        return instance.configHash().equals(situation.goal().configHash());
    }
}
