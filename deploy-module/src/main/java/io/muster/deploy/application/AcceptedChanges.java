package io.muster.deploy.application;

import io.muster.deploy.DeploymentSettings;
import io.muster.deploy.engine.EngineBell;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.DeploymentStopped;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput;
import io.muster.deploy.model.DeploymentInput.ForcedOver;
import io.muster.deploy.model.DeploymentInput.GivenUp;
import io.muster.deploy.model.DeploymentInput.RolledBackBy;
import io.muster.deploy.model.DeploymentPlan;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.DeploymentState.Submitted;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.deploy.model.FailurePolicy;
import io.muster.deploy.model.Forecast;
import io.muster.deploy.model.Origin;
import io.muster.deploy.model.PodStatus;
import io.muster.deploy.model.VersionMoves;
import io.muster.deploy.persistence.DeployEvents;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.Deployments.Stored;
import io.muster.deploy.persistence.InstanceRows;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.history.VersionState;
import io.muster.pods.Instructions;
import io.muster.pods.PodLockedException;
import io.muster.pods.Pods;
import io.muster.pods.Rollouts;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final PlannedInstances planned;
    private final DeployEvents events;
    private final EngineBell bell;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final DeploymentSettings settings;

    AcceptedChanges(
            Pods pods,
            Deployments deployments,
            InstanceRows instances,
            PlannedInstances planned,
            DeployEvents events,
            EngineBell bell,
            InstantSource clock,
            Supplier<UUID> ids,
            DeploymentSettings settings) {
        this.pods = pods;
        this.deployments = deployments;
        this.instances = instances;
        this.planned = planned;
        this.events = events;
        this.bell = bell;
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID submit(Change change, Instructions instructions) {
        Instant now = clock.instant();
        UUID id = ids.get();
        if (change instanceof Change.Nothing(VersionedPod target)) {
            Deployment nothing =
                    deployment(id, change, new Succeeded(now), now, origin(instructions, null), instructions);
            deployments.add(nothing, null);
            events.append(List.of(new DeploymentMoved(nothing, 0, Phase.SUCCEEDED, true, null, now)));
            return id;
        }
        Optional<Stored> holder = deployments.holdRunningOf(change.id());
        if (holder.isPresent() && !instructions.force()) {
            throw new PodLockedException(holder(holder.get().deployment(), now));
        }
        if (holder.isEmpty() && !instructions.exempt() && !(change instanceof Change.Delete)) {
            demandRoom();
        }
        PodStatus frozen = frozen(change, holder, now);
        UUID aside = holder.map(running -> endFor(running.deployment(), id, change, instructions, now))
                .orElse(null);
        deployments.add(
                deployment(id, change, new Submitted(), now, origin(instructions, aside), instructions), frozen);
        bell.ringAfterCommit();
        return id;
    }

    private Deployment deployment(
            UUID id, Change change, DeploymentState state, Instant now, Origin origin, Instructions instructions) {
        FailurePolicy usual = settings.policy();
        FailurePolicy policy = new FailurePolicy(
                instructions.onFailure().orElse(usual.onFailure()),
                instructions.timeout().orElse(usual.timeout()),
                instructions.maxFailures().isPresent()
                        ? Integer.valueOf(instructions.maxFailures().getAsInt())
                        : usual.maxFailures());
        return new Deployment(
                id, change.id(), kind(change), from(change), target(change), state, now, origin, policy, 0, null);
    }

    private static Origin origin(Instructions instructions, @Nullable UUID aside) {
        boolean undoes = instructions.undone().isPresent();
        return new Origin(
                instructions.who().orElse(null),
                instructions.reason().orElse(null),
                instructions.force(),
                undoes ? null : aside,
                undoes ? aside : null);
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Holder> holder(PodId id) {
        return deployments.runningOf(id).map(running -> holder(running, clock.instant()));
    }

    @Override
    @Transactional(readOnly = true)
    public List<Holder> holders(Collection<PodId> ids) {
        Instant now = clock.instant();
        return deployments.runningOf(ids).stream()
                .sorted(Comparator.comparing(Deployment::createdAt).thenComparing(Deployment::id))
                .map(running -> holder(running, now))
                .toList();
    }

    private static Holder holder(Deployment running, Instant now) {
        return new Holder(
                running.id(),
                Objects.requireNonNullElse(running.origin().bundle(), running.id()),
                Duration.between(running.createdAt(), now),
                Optional.ofNullable(running.origin().who()));
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
                .map(Stored::deployment)
                .orElseThrow(() -> new IllegalStateException("no deployment " + deployment));
        Optional<VersionedPod> target =
                Optional.ofNullable(submitted.target()).flatMap(version -> pods.version(submitted.pod(), version));
        int wanted = target.map(pod -> pod.definition().instances()).orElse(0);
        Map<String, Integer> wantedNow = instances.wantedByConfiguration(submitted.pod());
        int all = wantedNow.values().stream().mapToInt(Integer::intValue).sum();
        int current =
                target.map(pod -> wantedNow.getOrDefault(pod.configHash(), 0)).orElse(0);
        Forecast forecast = switch (submitted.kind()) {
            case NOTHING -> Forecast.nothing(all);
            case RESTART -> Forecast.of(0, all, wanted);
            case CREATE, UPDATE, SCALE, DELETE -> Forecast.of(current, all - current, wanted);
        };
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

    /** Ends the deployment that has the pod, in favour of another. Returns its id. */
    private UUID endFor(Deployment running, UUID by, Change change, Instructions instructions, Instant now) {
        record End(DeploymentInput input, Phase phase, VersionState version, String reason) {}
        End end = instructions
                .undone()
                .filter(undone -> undone.deployment().equals(running.id()))
                .map(undone -> undone.failure()
                        .map(failure -> new End(new GivenUp(failure, by), Phase.FAILED, VersionState.FAILED, failure))
                        .orElseGet(() -> new End(
                                new RolledBackBy(by),
                                Phase.ROLLED_BACK,
                                VersionState.ROLLED_BACK,
                                "rolled back by the deployment " + by)))
                .orElseGet(() -> new End(
                        new ForcedOver(by),
                        Phase.SUPERSEDED,
                        VersionState.SUPERSEDED,
                        "superseded by the forced deployment " + by));
        Deployment ended = DeploymentTransitions.apply(running, end.input(), now)
                .orElseThrow(() -> new IllegalStateException(running.id() + " holds a lock but does not run"));
        deployments.move(ended);
        boolean begun = running.hasBegun();
        List<DeployEvent> told = new ArrayList<>();
        told.add(new DeploymentMoved(ended, planned.of(running), end.phase(), begun, end.reason(), now));
        if (end.phase() == Phase.ROLLED_BACK) {
            told.add(new DeploymentStopped(ended, instructions.who().orElse(null), by, now));
        }
        told.addAll(VersionMoves.lost(ended, begun, end.version(), target(change), now));
        events.append(told);
        return running.id();
    }

    /** The status that queries show until the deployment has ended: that of before. */
    private PodStatus frozen(Change change, Optional<Stored> holder, Instant now) {
        return switch (change) {
            case Change.Delete _ -> new PodStatus(PodStatus.Value.TERMINAL, now);
            case Change.Update update -> ofExposed(update.exposed(), holder, now);
            case Change.Restart restart -> ofExposed(restart.exposed(), holder, now);
            case Change.Create _, Change.Nothing _ -> new PodStatus(PodStatus.Value.DEGRADED, now);
        };
    }

    private PodStatus ofExposed(Optional<VersionedPod> exposed, Optional<Stored> holder, Instant now) {
        if (exposed.isEmpty()) {
            return new PodStatus(PodStatus.Value.DEGRADED, now);
        }
        VersionedPod shown = exposed.get();
        return holder.map(Stored::frozen)
                .filter(before -> before.value() != PodStatus.Value.TERMINAL)
                .orElseGet(() -> PodStatus.settled(
                        shown.definition().instances(),
                        shown.configHash(),
                        instances.placedOf(List.of(shown.id())),
                        now));
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
            case Change.Restart _ -> Kind.RESTART;
            case Change.Delete _ -> Kind.DELETE;
            case Change.Nothing _ -> Kind.NOTHING;
        };
    }

    private static @Nullable Version target(Change change) {
        return switch (change) {
            case Change.Create(VersionedPod target) -> target.version();
            case Change.Update(var exposed, VersionedPod target) -> target.version();
            case Change.Restart(var exposed, VersionedPod target) -> target.version();
            case Change.Nothing(VersionedPod target) -> target.version();
            case Change.Delete _ -> null;
        };
    }

    private static @Nullable Version from(Change change) {
        return switch (change) {
            case Change.Update(Optional<VersionedPod> exposed, VersionedPod target) ->
                exposed.map(VersionedPod::version).orElse(null);
            case Change.Restart(Optional<VersionedPod> exposed, VersionedPod target) ->
                exposed.map(VersionedPod::version).orElse(null);
            case Change.Delete(VersionedPod last) -> last.version();
            case Change.Nothing(VersionedPod target) -> target.version();
            case Change.Create _ -> null;
        };
    }
}
