package io.muster.deploy.engine;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentState.Cancelled;
import io.muster.deploy.model.DeploymentState.Failed;
import io.muster.deploy.model.DeploymentState.Paused;
import io.muster.deploy.model.DeploymentState.RolledBack;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentState.Superseded;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Target;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Backoff;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pod as the engine holds it in memory: what its instances shall come to, and what they are. */
final class PodState {

    private final PodId id;
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Map<String, LaunchDelay> delays = new HashMap<>();
    private final Map<Version, VersionedPod> definitions = new HashMap<>();
    private @Nullable Deployment running;
    private VersionedPod goal;
    /** What follows from these two. */
    private Target target;

    /**
     * A pod without instances.
     *
     * @param goal what a running deployment deploys, else what is exposed; for a delete, what was there last
     */
    PodState(PodId id, VersionedPod goal) {
        this.id = id;
        this.goal = goal;
        this.target = target(null, goal);
        definitions.put(goal.version(), goal);
    }

    PodId id() {
        return id;
    }

    VersionedPod goal() {
        return goal;
    }

    Optional<Deployment> running() {
        return Optional.ofNullable(running);
    }

    Target target() {
        return target;
    }

    private static Target target(@Nullable Deployment deployment, VersionedPod goal) {
        if (deployment == null) {
            return new Target.Steady(Target.of(goal));
        }
        return switch (deployment.state()) {
            case Rolling rolling ->
                switch (deployment.kind()) {
                    case DELETE -> new Target.Nothing();
                    case RESTART -> Target.of(goal).replacingAllBefore(rolling.startedAt());
                    case CREATE, UPDATE, SCALE, NOTHING -> Target.of(goal);
                };
            case Submitted _, Paused _, Succeeded _, Superseded _, RolledBack _, Cancelled _, Failed _ ->
                new Target.Held();
        };
    }

    /** The same, where it matters for how long instances have been ready. */
    Target target(Instant now) {
        return target instanceof Target.Running wanted ? wanted.asOf(now) : target;
    }

    /** When time alone makes this instance count as ready for the deployment that runs; empty where time has no say. */
    Optional<Instant> servedFrom(Instance instance) {
        return target() instanceof Target.Running running ? running.servedFrom(instance) : Optional.empty();
    }

    /**
     * The time of which a new instance is said to be. Where age counts, none that begins now is too old, even if the clock
     * of the leader that took the deployment up was ahead of this one.
     */
    Instant schedulingTime(Instant now) {
        return target() instanceof Target.Running running
                        && running.notBefore() != null
                        && running.notBefore().isAfter(now)
                ? running.notBefore()
                : now;
    }

    boolean isBeingDeleted() {
        return target() instanceof Target.Nothing;
    }

    /** Whether nothing moves for the deployment that has the pod. */
    boolean isHeld() {
        return target() instanceof Target.Held;
    }

    Collection<Instance> instances() {
        return instances.values();
    }

    /**
     * Instances of a configuration, in no order; during a restart none of those that it replaces, which are of another make
     * than their successors though of the same configuration.
     */
    List<Instance> alike(String configHash) {
        Predicate<Instance> alike = target() instanceof Target.Running running
                        && running.configHash().equals(configHash)
                ? running::isMetBy
                : instance -> instance.configHash().equals(configHash);
        return instances.values().stream().filter(alike).toList();
    }

    Map<String, LaunchDelay> delays() {
        return delays;
    }

    /** By what rules failures of this configuration are forgiven: its own, or those of the goal if nothing runs it any more. */
    Backoff backoff(String configHash) {
        return Stream.concat(Stream.of(goal), definitions.values().stream())
                .filter(version -> version.configHash().equals(configHash))
                .findFirst()
                .orElse(goal)
                .definition()
                .scheduling()
                .backoff();
    }

    /** When the first of its launch delays is forgiven; empty if there is none. */
    Optional<Instant> forgivenAt() {
        return delays.entrySet().stream()
                .map(delay -> delay.getValue().forgivenAt(backoff(delay.getKey())))
                .min(Instant::compareTo);
    }

    /** The definition an instance was made from. */
    VersionedPod definition(Version version) {
        VersionedPod definition = definitions.get(version);
        if (definition == null) {
            throw new IllegalStateException("no definition of " + id + " at " + version + " is loaded");
        }
        return definition;
    }

    void learn(VersionedPod definition) {
        definitions.put(definition.version(), definition);
    }

    /** From now on this deployment decides, and this is what it deploys; a delete keeps what was there. */
    void deploy(Deployment deployment, VersionedPod deployed) {
        running = deployment;
        goal = deployed;
        target = target(running, goal);
        learn(goal);
    }

    /** No deployment has the pod any more; definitions that nothing runs any more are let go. */
    void settle(VersionedPod shown) {
        running = null;
        goal = shown;
        target = target(running, goal);
        learn(shown);
        definitions
                .keySet()
                .removeIf(version -> !version.equals(goal.version())
                        && instances.values().stream()
                                .noneMatch(instance -> instance.version().equals(version)));
    }

    void put(Instance instance) {
        instances.put(instance.id(), instance);
    }

    void remove(InstanceId instance) {
        instances.remove(instance);
    }
}
