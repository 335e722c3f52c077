package io.muster.pods.application;

import io.muster.history.Happening;
import io.muster.history.History;
import io.muster.history.NewAuditEntry;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Instructions;
import io.muster.pods.PodLockedException;
import io.muster.pods.Rollouts;
import io.muster.pods.Rollouts.Change;
import io.muster.pods.Rollouts.Holder;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.AcceptedEvents.What;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Validation;
import io.muster.pods.model.Violation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accepts changes of pods. Each is one transaction under the lock of the pod row: either the version, the deployment and
 * the audit are stored together, or nothing is.
 *
 * <p>The order of the checks, and so which refusal wins, is that of Marathon: the id is taken, the id is a group's, the
 * pod may not become what is asked for, a deployment holds the pod. All methods throw {@link PodLockedException} in the
 * last case, unless forced. Preconditions come first: who does not know the target should neither be told to correct nor
 * to force anything before he has looked at it.
 */
@Service
public class PodChanges {

    private final PodStore store;
    private final PodVersions versions;
    private final History history;
    private final Rollouts rollouts;
    private final AcceptedEvents events;

    PodChanges(PodStore store, PodVersions versions, History history, Rollouts rollouts, AcceptedEvents events) {
        this.store = store;
        this.versions = versions;
        this.history = history;
        this.rollouts = rollouts;
        this.events = events;
    }

    /** What was accepted, and the deployment that brings it out. */
    public record Accepted(VersionedPod pod, UUID deployment) {}

    /**
     * Begins a life of the pod. A pod that is being deleted is still there: with {@code force} its life goes on with the
     * new definition.
     *
     * @throws PodRefusal.AlreadyExists if the pod is there and not being deleted
     * @throws PodRefusal.NameOfGroup if a pod lies above or below this id
     */
    @Transactional
    public Accepted create(PodDefinition definition, Instructions instructions) {
        PodState pod = store.lockOrCreate(definition.id());
        if (!pod.present()) {
            return begin(pod, definition, What.CREATED, instructions);
        }
        Optional<Holder> holder = rollouts.holder(pod.id());
        if (!pod.deleting() || holder.isEmpty()) {
            throw new PodRefusal.AlreadyExists(pod.id());
        }
        if (!instructions.force()) {
            throw new PodLockedException(holder.get());
        }
        return change(pod, versions.get(pod.id(), pod.target()), definition, What.CREATED, instructions);
    }

    /**
     * Replaces the definition, or begins a life. A definition equal to the target makes no version, even while a
     * deployment runs; what is answered then is the version that is stored.
     *
     * @throws PodRefusal.PreconditionFailed if the target is not as demanded
     * @throws PodRefusal.NameOfGroup if the pod is not there, and one lies above or below this id
     * @throws PodRefusal.IllegalUpdate if the target may not become this
     */
    @Transactional
    public Accepted replace(PodDefinition definition, Preconditions demanded, Instructions instructions) {
        PodState pod = store.lockOrCreate(definition.id());
        check(demanded, pod);
        if (!pod.present()) {
            return begin(pod, definition, What.UPDATED, instructions);
        }
        VersionedPod target = versions.get(pod.id(), pod.target());
        if (!pod.deleting() && PodJson.same(target.definition(), definition)) {
            UUID nothing = rollouts.submit(new Change.Nothing(target), instructions);
            events.of(What.UPDATED, pod.id(), target.version(), nothing, instructions);
            return new Accepted(target, nothing);
        }
        return change(pod, target, definition, What.UPDATED, instructions);
    }

    /**
     * Replaces the definition by that of an earlier version, of this life or another, as a new version; or begins a life
     * with it. Where it says the same as the target nothing changes, and the audit says nothing.
     *
     * @throws io.muster.pods.PurgedVersionException if the definition was purged meanwhile
     * @throws PodRefusal.PreconditionFailed if the target is not as demanded
     * @throws PodRefusal.NameOfGroup if the pod is not there, and one lies above or below this id
     * @throws PodRefusal.IllegalUpdate if the target may not become this
     */
    @Transactional
    public Accepted rollBack(VersionedPod to, Preconditions demanded, Instructions instructions) {
        store.lock(to.id());
        // It was found before the lock was there.
        versions.named(to.id(), to.version());
        Accepted accepted = replace(to.definition(), demanded, instructions.exempted());
        boolean changes = rollouts.holder(to.id())
                .filter(holder -> holder.deployment().equals(accepted.deployment()))
                .isPresent();
        if (changes) {
            PodState pod = store.lockOrCreate(to.id());
            audit(
                    pod,
                    Happening.ROLLBACK_ACCEPTED,
                    Optional.of(to.version()),
                    accepted.deployment(),
                    instructions.who());
        }
        return accepted;
    }

    /**
     * Begins to end the life of the pod, which stays visible until the last instance is gone.
     *
     * @return the id of the deployment that ends the instances
     * @throws PodRefusal.Unknown if the pod is not there
     * @throws PodRefusal.PreconditionFailed if its target is not as demanded
     */
    @Transactional
    public UUID delete(PodId id, Preconditions demanded, Instructions instructions) {
        PodState pod = store.lock(id).filter(PodState::present).orElseThrow(() -> new PodRefusal.Unknown(id));
        check(demanded, pod);
        VersionedPod last = versions.get(id, pod.exposed().orElse(pod.target()));
        UUID deployment = rollouts.submit(new Change.Delete(last), instructions);
        if (!pod.deleting()) {
            auditSuperseded(pod, deployment);
        }
        store.save(pod.beingDeleted(store.now()));
        audit(pod, Happening.DELETE_ACCEPTED, Optional.empty(), deployment, instructions.who());
        events.of(What.DELETED, id, last.version(), deployment, instructions);
        return deployment;
    }

    /**
     * Replaces the instances by others of the version that was accepted last. A pod that is being deleted lives on.
     *
     * @throws PodRefusal.Unknown if the pod is not there
     * @throws PodRefusal.PreconditionFailed if its target is not as demanded
     */
    @Transactional
    public Accepted restart(PodId id, Preconditions demanded, Instructions instructions) {
        PodState pod = store.lock(id).filter(PodState::present).orElseThrow(() -> new PodRefusal.Unknown(id));
        check(demanded, pod);
        VersionedPod target = versions.get(id, pod.target());
        Optional<VersionedPod> exposed = pod.exposed().map(version -> versions.get(id, version));
        UUID deployment = rollouts.submit(new Change.Restart(exposed, target), instructions);
        store.save(pod.aimedAt(target.version()));
        audit(pod, Happening.RESTART_ACCEPTED, Optional.of(target.version()), deployment, instructions.who());
        events.of(What.UPDATED, id, target.version(), deployment, instructions);
        return new Accepted(target, deployment);
    }

    private static void check(Preconditions demanded, PodState pod) {
        Optional<Version> target = pod.present() ? Optional.of(pod.target()) : Optional.empty();
        if (!demanded.hold(target)) {
            throw new PodRefusal.PreconditionFailed(pod.id(), target);
        }
    }

    private Accepted begin(PodState pod, PodDefinition definition, What what, Instructions instructions) {
        if (store.clashesWithGroup(pod.id())) {
            throw new PodRefusal.NameOfGroup();
        }
        VersionedPod target = versions.append(definition, pod.life() + 1, instructions.who());
        PodState born = pod.born(target.version());
        store.save(born);
        UUID deployment = rollouts.submit(new Change.Create(target), instructions);
        audit(born, Happening.CREATED, Optional.of(target.version()), deployment, instructions.who());
        audit(born, Happening.SUBMITTED, Optional.of(target.version()), deployment, instructions.who());
        events.ofNewVersion(what, pod.id(), target.version(), deployment, instructions);
        return new Accepted(target, deployment);
    }

    private Accepted change(
            PodState pod, VersionedPod before, PodDefinition definition, What what, Instructions instructions) {
        List<Violation> violations = Validation.checkUpdate(before.definition(), definition);
        if (!violations.isEmpty()) {
            throw new PodRefusal.IllegalUpdate(violations);
        }
        Optional<VersionedPod> exposed = pod.exposed().map(version -> versions.get(pod.id(), version));
        VersionedPod target = versions.append(definition, pod.life(), instructions.who());
        store.save(pod.aimedAt(target.version()));
        UUID deployment = rollouts.submit(new Change.Update(exposed, target), instructions);
        if (!pod.deleting()) {
            auditSuperseded(pod, deployment);
        }
        audit(pod, Happening.SUBMITTED, Optional.of(target.version()), deployment, instructions.who());
        events.ofNewVersion(what, pod.id(), target.version(), deployment, instructions);
        return new Accepted(target, deployment);
    }

    /** The earlier target, if it never got to be shown: a deployment that was forced aside was its only one. */
    private void auditSuperseded(PodState before, UUID deployment) {
        if (!before.exposed().equals(Optional.of(before.target()))) {
            audit(before, Happening.SUPERSEDED, Optional.of(before.target()), deployment, Optional.empty());
        }
    }

    private void audit(PodState pod, Happening what, Optional<Version> version, UUID deployment, Optional<String> who) {
        history.append(new NewAuditEntry(pod.id(), pod.life(), what, version, Optional.of(deployment), who));
    }
}
