package io.muster.pods.application;

import io.muster.history.Happening;
import io.muster.history.History;
import io.muster.history.NewAuditEntry;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Instructions;
import io.muster.pods.Rollouts;
import io.muster.pods.Rollouts.Change;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.AcceptedEvents.What;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What becomes of a pod when its deployment does not end as it was meant to. For the floor above, which knows deployments;
 * all of it in its transaction, which locks the row of the pod first ({@link #hold}).
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class Interventions {

    private final PodStore store;
    private final PodVersions versions;
    private final History history;
    private final Rollouts rollouts;
    private final AcceptedEvents events;

    Interventions(PodStore store, PodVersions versions, History history, Rollouts rollouts, AcceptedEvents events) {
        this.store = store;
        this.versions = versions;
        this.history = history;
        this.rollouts = rollouts;
        this.events = events;
    }

    /** What was before a deployment. */
    public sealed interface Original {

        /** The content of this version, which comes back as a new one. */
        record Content(Version version) implements Original {}

        /** This version itself. */
        record Same(Version version) implements Original {}

        /** Nothing: the pod goes. */
        record Nothing() implements Original {}
    }

    /** What undoes a deployment: a version, and the deployment that brings it. */
    public record Undoing(Version version, UUID deployment) {}

    /** Locks the row of a pod until the transaction ends. Returns whether there is such a pod. */
    public boolean hold(PodId pod) {
        return store.lock(pod).filter(PodState::present).isPresent();
    }

    /** Locks the rows of these pods until the transaction ends; one statement. */
    public void hold(Collection<PodId> pods) {
        store.lock(pods);
    }

    /**
     * Deploys what was before.
     *
     * @param brought the version that is taken back; empty if there is none, as for a delete
     * @param instructions name the deployment that is undone
     */
    public Undoing undo(PodId id, Optional<Version> brought, Original original, Instructions instructions) {
        PodState pod = locked(id);
        Optional<VersionedPod> exposed = pod.exposed().map(version -> versions.get(id, version));
        Undoing undoing = switch (original) {
            case Original.Content(Version version) -> {
                VersionedPod target =
                        versions.append(versions.get(id, version).definition(), pod.life(), instructions.who());
                yield deploy(pod, exposed, target, instructions);
            }
            case Original.Same(Version version) -> deploy(pod, exposed, versions.get(id, version), instructions);
            case Original.Nothing() -> {
                VersionedPod last = exposed.orElseGet(() -> versions.get(id, pod.target()));
                UUID deployment = rollouts.submit(new Change.Delete(last), instructions);
                store.save(pod.beingDeleted(store.now()));
                yield new Undoing(last.version(), deployment);
            }
        };
        Instructions.Undone undone = instructions.undone().orElseThrow();
        boolean failed = undone.failure().isPresent();
        audit(
                pod,
                failed ? Happening.FAILED : Happening.ROLLED_BACK,
                brought,
                failed ? undone.deployment() : undoing.deployment(),
                instructions.who());
        switch (original) {
            case Original.Content _ -> {
                audit(
                        pod,
                        Happening.SUBMITTED,
                        Optional.of(undoing.version()),
                        undoing.deployment(),
                        instructions.who());
                events.ofNewVersion(What.UPDATED, id, undoing.version(), undoing.deployment(), instructions);
            }
            case Original.Same _ -> events.of(What.UPDATED, id, undoing.version(), undoing.deployment(), instructions);
            case Original.Nothing _ -> {
                audit(pod, Happening.DELETE_ACCEPTED, Optional.empty(), undoing.deployment(), instructions.who());
                events.of(What.DELETED, id, undoing.version(), undoing.deployment(), instructions);
            }
        }
        return undoing;
    }

    private Undoing deploy(
            PodState pod, Optional<VersionedPod> exposed, VersionedPod target, Instructions instructions) {
        store.save(pod.aimedAt(target.version()));
        UUID deployment = rollouts.submit(new Change.Update(exposed, target), instructions);
        return new Undoing(target.version(), deployment);
    }

    /**
     * A deployment was stopped where it was: what it had as its target is shown from here on. A pod that was being deleted
     * lives on as it was shown.
     */
    public void cancelled(PodId id, UUID deployment, Optional<String> who) {
        PodState pod = locked(id);
        Optional<Version> brought = pod.deleting() ? Optional.empty() : Optional.of(pod.target());
        audit(pod, Happening.CANCELLED, brought, deployment, who);
        settle(pod, pod.deleting() ? pod.exposed().orElse(pod.target()) : pod.target(), deployment);
    }

    /** A deployment was given up and nothing takes its place: what is shown is the target again. */
    public void failed(PodId id, UUID deployment) {
        PodState pod = locked(id);
        audit(pod, Happening.FAILED, Optional.of(pod.target()), deployment, Optional.empty());
        settle(pod, pod.exposed().orElse(pod.target()), deployment);
    }

    private void settle(PodState pod, Version version, UUID deployment) {
        store.save(pod.aimedAt(version).exposing(version));
        if (!pod.exposed().equals(Optional.of(version))) {
            audit(pod, Happening.EXPOSED, Optional.of(version), deployment, Optional.empty());
        }
    }

    /** A deployment was paused; nobody did if it ran into a limit. */
    public void paused(PodId id, UUID deployment, Optional<String> who) {
        audit(locked(id), Happening.PAUSED, Optional.empty(), deployment, who);
    }

    /** A paused deployment goes on. */
    public void resumed(PodId id, UUID deployment, Optional<String> who) {
        audit(locked(id), Happening.RESUMED, Optional.empty(), deployment, who);
    }

    private PodState locked(PodId id) {
        return store.lock(id)
                .filter(PodState::present)
                .orElseThrow(() -> new IllegalStateException("pod " + id + " has no life that could be changed"));
    }

    private void audit(PodState pod, Happening what, Optional<Version> version, UUID deployment, Optional<String> who) {
        history.append(new NewAuditEntry(pod.id(), pod.life(), what, version, Optional.of(deployment), who));
    }
}
