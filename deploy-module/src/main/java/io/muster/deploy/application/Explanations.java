package io.muster.deploy.application;

import io.muster.deploy.engine.EngineSettings;
import io.muster.deploy.explain.Explanation;
import io.muster.deploy.explain.Situation;
import io.muster.deploy.leadership.CurrentLeader;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.persistence.DelayRows;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.EngineReportRow;
import io.muster.deploy.persistence.FailureRows;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.deploy.persistence.LaunchAttemptRows;
import io.muster.history.PodId;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.VersionedPod;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Why a pod is as it is, as every replica sees it. */
@Service
public class Explanations {

    private static final int MOST_HOLDERS = 10;

    private final Pods pods;
    private final Deployments deployments;
    private final InstanceRows instances;
    private final DelayRows delays;
    private final LaunchAttemptRows attempts;
    private final FailureRows failures;
    private final EngineReportRow report;
    private final CurrentLeader leader;
    private final EngineSettings settings;
    private final InstantSource clock;

    Explanations(
            Pods pods,
            Deployments deployments,
            InstanceRows instances,
            DelayRows delays,
            LaunchAttemptRows attempts,
            FailureRows failures,
            EngineReportRow report,
            CurrentLeader leader,
            EngineSettings settings,
            InstantSource clock) {
        this.pods = pods;
        this.deployments = deployments;
        this.instances = instances;
        this.delays = delays;
        this.attempts = attempts;
        this.failures = failures;
        this.report = report;
        this.leader = leader;
        this.settings = settings;
        this.clock = clock;
    }

    /** Empty if there is no such pod. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<Explanation> of(PodId id) {
        return pods.find(id).map(this::explain);
    }

    private Explanation explain(Pod pod) {
        List<PodId> one = List.of(pod.id());
        Optional<Deployment> running = deployments.runningOf(pod.id());
        VersionedPod goal = running.filter(deployment -> deployment.kind() != Deployment.Kind.DELETE)
                        .isPresent()
                ? pod.target()
                : pod.shown();
        Map<String, LaunchAttempt> tried = attempts.of(one).getOrDefault(pod.id(), Map.of());
        Optional<EngineReport> leading = leader.exists() ? report.find() : Optional.empty();
        return Explanation.of(new Situation(
                goal,
                running,
                instances.ofPod(pod.id()),
                delays.of(one).getOrDefault(pod.id(), Map.of()),
                tried,
                failures.of(one).stream().findFirst(),
                leading,
                portHolders(tried),
                settings.patience(),
                clock.instant()));
    }

    private List<PodId> portHolders(Map<String, LaunchAttempt> tried) {
        List<Integer> missing = tried.values().stream()
                .flatMap(attempt -> attempt.last().shortfalls().stream())
                .flatMap(shortfall -> shortfall.ports().stream())
                .distinct()
                .toList();
        return missing.isEmpty() ? List.of() : instances.holdersOfPorts(missing, MOST_HOLDERS);
    }
}
