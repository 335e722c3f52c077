package io.muster.deploy.explain;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchDelay;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an explanation is drawn from, as of one moment.
 *
 * @param goal what the running deployment deploys, else what is exposed
 * @param running the deployment that runs
 * @param instances all that are not gone, also those that wait
 * @param delays by configuration hash
 * @param attempts by configuration hash
 * @param leader what the leader says of itself; empty while nobody leads
 * @param portHolders pods that hold a host port which no offer has; ascending
 */
public record Situation(
        VersionedPod goal,
        Optional<Deployment> running,
        List<Instance> instances,
        Map<String, LaunchDelay> delays,
        Map<String, LaunchAttempt> attempts,
        Optional<Failure> lastFailure,
        Optional<EngineReport> leader,
        List<PodId> portHolders,
        Patience patience,
        Instant now) {

    public Situation {
        instances = List.copyOf(instances);
        delays = Map.copyOf(delays);
        attempts = Map.copyOf(attempts);
        portHolders = List.copyOf(portHolders);
    }

    boolean isBeingDeleted() {
        return running.filter(deployment -> deployment.kind() == Deployment.Kind.DELETE)
                .isPresent();
    }

    /** How many instances are wanted; none of a pod that is being deleted. */
    public int wanted() {
        return isBeingDeleted() ? 0 : goal.definition().instances();
    }
}
