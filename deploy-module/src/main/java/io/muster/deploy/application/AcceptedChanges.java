package io.muster.deploy.application;

import io.muster.deploy.DeploymentSettings;
import io.muster.deploy.engine.EngineBell;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.deploy.model.Forecast;
import io.muster.deploy.model.PodStatus;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.Deployments.Running;
import io.muster.deploy.persistence.EventRows;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.PodLockedException;
import io.muster.pods.Pods;
import io.muster.pods.Rollouts;
import io.muster.pods.VersionedPod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Records a deployment for each accepted change, and wakes the engine once that is committed. */
@Service
class AcceptedChanges implements Rollouts {

    /** More than could be accepted at the same moment by all replicas: each needs a connection to the database. */
    private static final int NEAR = 500;

    private final Pods pods;
    private final Deployments deployments;
    private final InstanceRows instances;
    private final EventRows events;
    private final EngineBell bell;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final DeploymentSettings settings;

    AcceptedChanges(
            Pods pods,
            Deployments deployments,
            InstanceRows instances,
            EventRows events,
            EngineBell bell,
            InstantSource clock,
            Supplier<UUID> ids,
            DeploymentSettings settings) {
        this.pods = pods;
        this.deployments = deployments;
        this.instances = instances;
        this.events = events;
        this.bell = bell;
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID submit(Change change, boolean force) {
        Instant now = clock.instant();
        UUID id = ids.get();
        if (change instanceof Change.Nothing(VersionedPod target)) {
            deployments.add(
                    new Deployment(
                            id, target.id(), Kind.NOTHING, target.version(), new DeploymentState.Succeeded(now), now),
                    target.version(),
                    null);
            return id;
        }
        Optional<Running> holder = deployments.holdRunningOf(change.id());
        if (holder.isPresent() && !force) {
            throw new PodLockedException(List.of(holder.get().deployment().id()));
        }
        if (holder.isEmpty()) {
            demandRoom();
        }
        PodStatus frozen = frozen(change, holder, now);
        holder.ifPresent(running -> supersede(running.deployment(), id, now));
        deployments.add(
                new Deployment(id, change.id(), kind(change), target(change), new DeploymentState.Submitted(), now),
                from(change),
                frozen);
        bell.ringAfterCommit();
        return id;
    }

    @Override
    @Transactional(readOnly = true)
    public List<UUID> running(PodId id) {
        return deployments.idsOfRunning(id);
    }

    @Override
    @Transactional(readOnly = true)
    public boolean hasInstances(PodId id, Version version) {
        return instances.anyOf(id, version);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Plan plan(UUID deployment) {
        Deployment submitted = deployments
                .find(deployment)
                .orElseThrow(() -> new IllegalStateException("no deployment " + deployment));
        Optional<VersionedPod> target =
                Optional.ofNullable(submitted.target()).flatMap(version -> pods.version(submitted.pod(), version));
        int wanted = target.map(pod -> pod.definition().instances()).orElse(0);
        Map<String, Integer> wantedNow = instances.wantedByConfiguration(submitted.pod());
        int all = wantedNow.values().stream().mapToInt(Integer::intValue).sum();
        int current =
                target.map(pod -> wantedNow.getOrDefault(pod.configHash(), 0)).orElse(0);
        Forecast forecast =
                submitted.kind() == Kind.NOTHING ? Forecast.nothing(all) : Forecast.of(current, all - current, wanted);
        return new Plan(
                DeploymentPlan.steps(submitted.kind(), wanted).stream()
                        .map(DeploymentPlan.Action::wireName)
                        .toList(),
                forecast.kept(),
                forecast.replaced(),
                forecast.started(),
                forecast.ended());
    }

    /**
     * Refuses a deployment that would be one too many. Where the limit is near, those who count go one after the other
     * until their transactions end; further away from it nobody waits.
     */
    private void demandRoom() {
        int limit = settings.maxRunning();
        if (deployments.countRunning(limit) <= limit - NEAR) {
            return;
        }
        deployments.lockCounting();
        if (deployments.countRunning(limit) == limit) {
            throw new TooManyDeploymentsException(limit);
        }
    }

    private void supersede(Deployment overtaken, UUID by, Instant now) {
        Deployment superseded = DeploymentTransitions.apply(overtaken, new ForcedOver(by), now)
                .orElseThrow(() -> new IllegalStateException(overtaken.id() + " holds a lock but does not run"));
        deployments.move(superseded);
        events.append(List.of(new DeploymentMoved(
                superseded, 0, Phase.SUPERSEDED, "superseded by the forced deployment " + by, now)));
    }

    /** The status that queries show until the deployment has ended: that of before. */
    private PodStatus frozen(Change change, Optional<Running> holder, Instant now) {
        return switch (change) {
            case Change.Delete _ -> new PodStatus(PodStatus.Value.TERMINAL, now);
            case Change.Update(Optional<VersionedPod> exposed, VersionedPod target)
            when exposed.isPresent() ->
                holder.map(Running::frozen)
                        .filter(before -> before.value() != PodStatus.Value.TERMINAL)
                        .orElseGet(() -> PodStatus.live(
                                exposed.get().definition().instances(), instances.placedOf(List.of(target.id())), now));
            case Change.Create _, Change.Update _, Change.Nothing _ -> new PodStatus(PodStatus.Value.DEGRADED, now);
        };
    }

    private static Kind kind(Change change) {
        return switch (change) {
            case Change.Create _ -> Kind.CREATE;
            case Change.Update(Optional<VersionedPod> exposed, VersionedPod target) ->
                exposed.map(VersionedPod::configHash)
                                .filter(target.configHash()::equals)
                                .isPresent()
                        ? Kind.SCALE
                        : Kind.UPDATE;
            case Change.Delete _ -> Kind.DELETE;
            case Change.Nothing _ -> Kind.NOTHING;
        };
    }

    private static @Nullable Version target(Change change) {
        return switch (change) {
            case Change.Create(VersionedPod target) -> target.version();
            case Change.Update(var exposed, VersionedPod target) -> target.version();
            case Change.Nothing(VersionedPod target) -> target.version();
            case Change.Delete _ -> null;
        };
    }

    private static @Nullable Version from(Change change) {
        return switch (change) {
            case Change.Update(Optional<VersionedPod> exposed, VersionedPod target) ->
                exposed.map(VersionedPod::version).orElse(null);
            case Change.Delete(VersionedPod last) -> last.version();
            case Change.Create _, Change.Nothing _ -> null;
        };
    }
}
