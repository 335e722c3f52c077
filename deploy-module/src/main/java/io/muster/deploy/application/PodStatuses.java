package io.muster.deploy.application;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Failure;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.PodStatus;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.Deployments.Holder;
import io.muster.deploy.persistence.FailureRows;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.deploy.persistence.ReservationRows;
import io.muster.history.History.VersionKey;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Pods;
import io.muster.pods.Pods.Pod;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** What ::status answers, from what is committed. */
@Service
public class PodStatuses {

    private final Pods pods;
    private final Deployments deployments;
    private final InstanceRows instances;
    private final FailureRows failures;
    private final ReservationRows reservations;
    private final InstantSource clock;

    PodStatuses(
            Pods pods,
            Deployments deployments,
            InstanceRows instances,
            FailureRows failures,
            ReservationRows reservations,
            InstantSource clock) {
        this.pods = pods;
        this.deployments = deployments;
        this.instances = instances;
        this.failures = failures;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * One pod with its status.
     *
     * @param spec the version that queries show
     * @param instances those that have a place, ordered by id, of every version
     * @param definitions each version that one of the instances was made from
     * @param lastFailure of the present life of the pod, also when the instance is gone: a pod that does not come up must
     *     say why
     * @param asOf when this was asked
     * @param reservations by instance, the id of the one that its persistent volumes were made for
     */
    public record View(
            VersionedPod spec,
            PodStatus status,
            List<Instance> instances,
            Map<Version, VersionedPod> definitions,
            Optional<Failure> lastFailure,
            Instant asOf,
            Map<InstanceId, InstanceId> reservations) {

        /** Of a pod without persistent volumes. */
        public View(
                VersionedPod spec,
                PodStatus status,
                List<Instance> instances,
                Map<Version, VersionedPod> definitions,
                Optional<Failure> lastFailure,
                Instant asOf) {
            this(spec, status, instances, definitions, lastFailure, asOf, Map.of());
        }
    }

    /** Which status to show while a deployment runs. */
    public enum Kind {
        /** That of the exposed version, as it was when the change was accepted. */
        EXPOSED,
        /** Computed from the instances, whatever runs. */
        LIVE
    }

    /** The status of one pod; empty if there is none with this id. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<View> of(PodId id, Kind kind) {
        return views(pods.find(id).stream().toList(), kind).stream().findFirst();
    }

    /** The status of those of these pods that are there, ordered by id, as of one moment. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<View> of(Collection<PodId> ids, Kind kind) {
        return views(pods.find(ids), kind);
    }

    /**
     * The status of some of all pods, ordered by id. A page is as of one moment, the next one of a later moment.
     *
     * @param after begins behind this id; empty for the beginning
     * @param limit at most so many pods
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<View> page(Optional<PodId> after, int limit, Kind kind) {
        return views(pods.page(after, limit), kind);
    }

    /** As many queries for many pods as for one. */
    private List<View> views(List<Pod> found, Kind kind) {
        if (found.isEmpty()) {
            return List.of();
        }
        List<PodId> ids = found.stream().map(Pod::id).toList();
        Map<PodId, Holder> running =
                deployments.holdersOf(ids).stream().collect(toMap(Holder::pod, Function.identity()));
        Map<PodId, List<Instance>> listed = instances.placedOf(ids).stream().collect(groupingBy(Instance::pod));
        Map<PodId, Failure> failed = failures.of(ids).stream().collect(toMap(Failure::pod, Function.identity()));
        Map<VersionKey, VersionedPod> definitions = definitions(found, listed);
        boolean resident =
                found.stream().anyMatch(pod -> pod.shown().definition().isResident());
        Map<InstanceId, InstanceId> reserved = resident ? reservations.heldIn(ids) : Map.of();
        Instant now = clock.instant();
        return found.stream()
                .map(pod -> {
                    List<Instance> own = listed.getOrDefault(pod.id(), List.of());
                    return new View(
                            pod.shown(),
                            status(pod, Optional.ofNullable(running.get(pod.id())), own, kind, now),
                            own,
                            definitionsOf(own, definitions),
                            Optional.ofNullable(failed.get(pod.id())),
                            now,
                            reserved);
                })
                .toList();
    }

    private static PodStatus status(Pod pod, Optional<Holder> running, List<Instance> listed, Kind kind, Instant now) {
        PodStatus live = PodStatus.live(pod.shown().definition().instances(), listed, now);
        PodStatus settled = PodStatus.settled(
                pod.shown().definition().instances(), pod.shown().configHash(), listed, now);
        return switch (kind) {
            case EXPOSED ->
                running.isEmpty() ? settled : running.map(Holder::frozen).orElse(live);
            case LIVE ->
                running.filter(one -> one.kind() == Deployment.Kind.DELETE).isPresent()
                        ? new PodStatus(PodStatus.Value.TERMINAL, live.since())
                        : running.isEmpty() ? settled : live;
        };
    }

    /** The versions that these instances were made from; one query for those that are not at hand. */
    private Map<VersionKey, VersionedPod> definitions(List<Pod> found, Map<PodId, List<Instance>> listed) {
        Map<VersionKey, VersionedPod> known = new HashMap<>();
        for (Pod pod : found) {
            known.put(key(pod.shown()), pod.shown());
            known.put(key(pod.target()), pod.target());
        }
        Set<VersionKey> missing = new HashSet<>();
        for (List<Instance> ofOnePod : listed.values()) {
            for (Instance instance : ofOnePod) {
                VersionKey key = new VersionKey(instance.pod(), instance.version());
                if (!known.containsKey(key)) {
                    missing.add(key);
                }
            }
        }
        if (!missing.isEmpty()) {
            pods.versions(List.copyOf(missing)).forEach(version -> known.put(key(version), version));
        }
        return known;
    }

    private static VersionKey key(VersionedPod version) {
        return new VersionKey(version.id(), version.version());
    }

    private static Map<Version, VersionedPod> definitionsOf(
            List<Instance> listed, Map<VersionKey, VersionedPod> known) {
        Map<Version, VersionedPod> definitions = new HashMap<>();
        for (Instance instance : listed) {
            definitions.computeIfAbsent(instance.version(), version -> {
                VersionedPod definition = known.get(new VersionKey(instance.pod(), version));
                if (definition == null) {
                    throw new IllegalStateException("version " + version + " of " + instance.pod() + " is missing");
                }
                return definition;
            });
        }
        return definitions;
    }
}
