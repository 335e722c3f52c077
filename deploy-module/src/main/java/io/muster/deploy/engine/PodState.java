package io.muster.deploy.engine;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Target;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One pod as the engine holds it in memory: what its instances shall come to, and what they are. */
final class PodState {

    private final PodId id;
    private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
    private final Map<String, LaunchDelay> delays = new HashMap<>();
    private final Map<Version, VersionedPod> definitions = new HashMap<>();
    private @Nullable Deployment running;
    private VersionedPod goal;

    /**
     * A pod without instances.
     *
     * @param goal what a running deployment deploys, else what is exposed; for a delete, what was there last
     */
    PodState(PodId id, VersionedPod goal) {
        this.id = id;
        this.goal = goal;
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

    boolean isBeingDeleted() {
        return running != null && running.kind() == Deployment.Kind.DELETE;
    }

    Target target() {
        return isBeingDeleted() ? new Target.Nothing() : Target.of(goal);
    }

    Collection<Instance> instances() {
        return instances.values();
    }

    Map<String, LaunchDelay> delays() {
        return delays;
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
    void deploy(Deployment deployment, VersionedPod target) {
        running = deployment;
        goal = target;
        learn(target);
    }

    /** The deployment has ended; definitions that nothing runs any more are let go. */
    void settle() {
        running = null;
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
