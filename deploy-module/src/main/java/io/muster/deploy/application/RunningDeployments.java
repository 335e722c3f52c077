package io.muster.deploy.application;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.persistence.Deployments;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** The deployments that run, with what their documents need to know of the pods. */
@Service
public class RunningDeployments {

    private final Deployments deployments;
    private final Pods pods;

    RunningDeployments(Deployments deployments, Pods pods) {
        this.deployments = deployments;
        this.pods = pods;
    }

    /**
     * One deployment.
     *
     * @param version of the target; for a delete, of what is deleted
     * @param instances how many the target wants
     */
    public record View(Deployment deployment, Version version, int instances) {}

    /** Oldest first. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<View> all() {
        List<Deployment> running = deployments.running().stream()
                .map(Deployments.Running::deployment)
                .toList();
        Map<PodId, Pod> known = pods.find(running.stream().map(Deployment::pod).toList()).stream()
                .collect(Collectors.toMap(Pod::id, Function.identity()));
        return running.stream()
                .flatMap(deployment -> Optional.ofNullable(known.get(deployment.pod())).stream()
                        .map(pod -> view(deployment, pod)))
                .toList();
    }

    private static View view(Deployment deployment, Pod pod) {
        Version target = deployment.target();
        return new View(
                deployment,
                target == null ? pod.shown().version() : target,
                pod.target().definition().instances());
    }
}
