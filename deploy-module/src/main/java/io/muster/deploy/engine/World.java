package io.muster.deploy.engine;

import static java.util.stream.Collectors.toSet;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.deploy.model.InstanceTimes;
import io.muster.deploy.model.InstanceTransitions;
import io.muster.history.PodId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine knows, in memory: what is stored, plus the changes of the round that is being decided. If that
 * round cannot be committed, the whole world is thrown away and loaded anew. Used by the engine thread only.
 */
final class World {

    private final Patience patience;
    private final Map<PodId, PodState> pods = new HashMap<>();
    private final Map<InstanceId, Instance> instances = new HashMap<>();
    private final Waiting waiting = new Waiting();
    private final Timers<InstanceId> checks = new Timers<>();
    private final Timers<PodId> launches = new Timers<>();
    private final Timers<PodId> deadlines = new Timers<>();
    private final Timers<PodId> amnesties = new Timers<>();
    private final Timers<InstanceId> ripening = new Timers<>();
    private final Kills<InstanceId> kills;
    private final Kills<TaskId> orphanKills;
    private final Quarantine quarantine;
    private final Reservations reservations;
    private @Nullable FrameworkId framework;

    World(EngineSettings settings, Optional<FrameworkId> framework) {
        this.patience = settings.patience();
        this.framework = framework.orElse(null);
        this.kills = new Kills<>(settings.killsAtOnce(), patience.killRetry());
        this.orphanKills = new Kills<>(settings.killsAtOnce(), patience.killRetry());
        this.quarantine = new Quarantine(settings.orphanGrace(), orphanKills);
        this.reservations = new Reservations(settings.reservationTimeout(), settings.orphanGrace());
    }

    Optional<FrameworkId> framework() {
        return Optional.ofNullable(framework);
    }

    void knownAs(FrameworkId id) {
        framework = id;
    }

    Optional<PodState> pod(PodId id) {
        return Optional.ofNullable(pods.get(id));
    }

    Collection<PodState> pods() {
        return pods.values();
    }

    void add(PodState pod) {
        pods.put(pod.id(), pod);
    }

    void forget(PodId pod) {
        pods.remove(pod);
        launches.set(pod, Optional.empty());
        deadlines.set(pod, Optional.empty());
        amnesties.set(pod, Optional.empty());
    }

    /** Takes note of how long the deployment may go on that has this pod now. */
    void watch(PodState pod) {
        deadlines.set(pod.id(), pod.running().flatMap(Deployment::deadline));
    }

    /** When deployments run into their time limits. */
    Timers<PodId> deadlines() {
        return deadlines;
    }

    Optional<Instance> instance(InstanceId id) {
        return Optional.ofNullable(instances.get(id));
    }

    Collection<Instance> instances() {
        return instances.values();
    }

    /** Instances that wait for a place, those that have waited longest first. */
    Stream<Instance> waiting() {
        return waiting.stream().map(id -> Objects.requireNonNull(instances.get(id)));
    }

    /** Of these configurations the last instance that waited does no longer. Told once. */
    Set<Configuration> placed() {
        return waiting.takeEnded().stream()
                .filter(configuration -> !waiting.any(configuration))
                .collect(toSet());
    }

    void put(Instance instance) {
        PodState pod = Objects.requireNonNull(pods.get(instance.pod()));
        pod.put(instance);
        instances.put(instance.id(), instance);
        waiting.put(instance);
        if (!instance.isWanted() && !InstanceTransitions.killOrders(instance).isEmpty()) {
            kills.want(instance.id());
        } else {
            kills.forget(instance.id());
        }
        checks.set(
                instance.id(),
                InstanceTimes.nextCheck(
                        instance,
                        pod.goal().definition().scheduling().unreachableStrategy(),
                        keepsStorage(instance),
                        patience));
        ripening.set(instance.id(), pod.servedFrom(instance));
    }

    /** Whether something is reserved for it that nobody has given up. */
    boolean keepsStorage(Instance instance) {
        return reservations.heldBy(instance.id()).isPresent()
                && !Objects.requireNonNull(pods.get(instance.pod())).isBeingDeleted();
    }

    void remove(Instance instance) {
        pod(instance.pod()).ifPresent(pod -> pod.remove(instance.id()));
        instances.remove(instance.id());
        waiting.remove(instance);
        kills.forget(instance.id());
        checks.set(instance.id(), Optional.empty());
        ripening.set(instance.id(), Optional.empty());
    }

    /** When instances and launches must be looked at. */
    Timers<InstanceId> checks() {
        return checks;
    }

    Timers<PodId> launches() {
        return launches;
    }

    /** Takes note of when launch delays of this pod are forgiven. */
    void watchDelays(PodState pod) {
        amnesties.set(pod.id(), pod.forgivenAt());
    }

    /** When launch delays are forgiven. */
    Timers<PodId> amnesties() {
        return amnesties;
    }

    /** When instances have been ready for as long as the deployment of their pod asks. */
    Timers<InstanceId> ripening() {
        return ripening;
    }

    /** Instances that are not wanted and have not ended. */
    Kills<InstanceId> kills() {
        return kills;
    }

    /** Orphans whose grace is over. */
    Kills<TaskId> orphanKills() {
        return orphanKills;
    }

    Quarantine quarantine() {
        return quarantine;
    }

    Reservations reservations() {
        return reservations;
    }

    /** The next moment at which time alone changes something, other than a kill that is due. */
    Optional<Instant> nextMoment() {
        return Stream.of(
                        checks.next(),
                        launches.next(),
                        deadlines.next(),
                        amnesties.next(),
                        ripening.next(),
                        quarantine.nextMoment(),
                        reservations.nextMoment())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}
