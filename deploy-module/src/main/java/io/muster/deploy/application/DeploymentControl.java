package io.muster.deploy.application;

import io.muster.deploy.engine.EngineBell;
import io.muster.deploy.model.DeployEvent;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.DeploymentStopped;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentInput;
import io.muster.deploy.model.DeploymentInput.CancelForced;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.ResumeAsked;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.deploy.model.VersionMoves;
import io.muster.deploy.persistence.DeployEvents;
import io.muster.deploy.persistence.Deployments;
import io.muster.deploy.persistence.NoticeRows;
import io.muster.deploy.persistence.Originals;
import io.muster.history.VersionState;
import io.muster.pods.ClientRequest;
import io.muster.pods.Instructions;
import io.muster.pods.Instructions.Undone;
import io.muster.pods.application.Interventions;
import io.muster.pods.application.Interventions.Undoing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What users do with deployments that run, on any replica: each is one transaction. The engine learns of a new deployment
 * as always, and of all else by a notice. None of it waits for room among the running deployments.
 */
@Service
public class DeploymentControl {

    private final Deployments deployments;
    private final Interventions interventions;
    private final NoticeRows notices;
    private final PlannedInstances planned;
    private final DeployEvents events;
    private final EngineBell bell;
    private final InstantSource clock;

    DeploymentControl(
            Deployments deployments,
            Interventions interventions,
            NoticeRows notices,
            PlannedInstances planned,
            DeployEvents events,
            EngineBell bell,
            InstantSource clock) {
        this.deployments = deployments;
        this.interventions = interventions;
        this.notices = notices;
        this.planned = planned;
        this.events = events;
        this.bell = bell;
        this.clock = clock;
    }

    /** Whether something was done. */
    public enum Outcome {
        DONE,
        /** There is no such deployment, or it has ended. */
        NOT_RUNNING,
        /** It does not fit the state that the deployment is in. */
        UNFIT
    }

    /**
     * Deploys what was before. Empty if there is no such deployment, or it has ended.
     *
     * @param request as which it came
     */
    @Transactional
    public Optional<Undoing> rollBack(UUID id, Optional<String> who, Optional<String> reason, ClientRequest request) {
        return hold(id).map(running -> interventions.undo(
                running.pod(),
                running.brought(),
                Originals.of(running),
                Instructions.undoing(new Undone(id, Optional.empty()), who, reason)
                        .askedBy(request)));
    }

    /** Stops it where it is: what there is of instances stays, and the target is shown from here on. */
    @Transactional
    public Outcome cancel(UUID id, Optional<String> who) {
        Optional<Deployment> running = hold(id);
        if (running.isEmpty()) {
            return Outcome.NOT_RUNNING;
        }
        Outcome outcome = move(running.get(), new CancelForced(), Phase.CANCELLED, "cancelled" + by(who), who);
        interventions.cancelled(running.get().pod(), id, who);
        return outcome;
    }

    @Transactional
    public Outcome pause(UUID id, Optional<String> who, Optional<String> reason) {
        Optional<Deployment> running = hold(id);
        if (running.isEmpty()) {
            return Outcome.NOT_RUNNING;
        }
        String why = reason.orElseGet(() -> "paused" + by(who));
        Outcome outcome = move(running.get(), new PauseAsked(why), Phase.PAUSED, why, who);
        if (outcome == Outcome.DONE) {
            interventions.paused(running.get().pod(), id, who);
        }
        return outcome;
    }

    /** Its limits count anew from here. */
    @Transactional
    public Outcome resume(UUID id, Optional<String> who) {
        Optional<Deployment> running = hold(id);
        if (running.isEmpty()) {
            return Outcome.NOT_RUNNING;
        }
        Outcome outcome = move(running.get(), new ResumeAsked(), Phase.RESUMED, null, who);
        if (outcome == Outcome.DONE) {
            interventions.resumed(running.get().pod(), id, who);
        }
        return outcome;
    }

    private static String by(Optional<String> who) {
        return who.map(name -> " by " + name).orElse("");
    }

    /** The pod first, then the deployment: the order in which all lock them. */
    private Optional<Deployment> hold(UUID id) {
        return deployments.podOf(id).filter(interventions::hold).flatMap(pod -> deployments.holdRunning(id));
    }

    private Outcome move(
            Deployment running, DeploymentInput input, Phase phase, @Nullable String reason, Optional<String> who) {
        Instant now = clock.instant();
        Optional<Deployment> moved = DeploymentTransitions.apply(running, input, now);
        if (moved.isEmpty()) {
            return Outcome.UNFIT;
        }
        deployments.move(moved.get());
        boolean begun = running.hasBegun();
        List<DeployEvent> told = new ArrayList<>();
        told.add(new DeploymentMoved(moved.get(), planned.of(running), phase, begun, reason, now));
        if (phase == Phase.CANCELLED) {
            told.add(new DeploymentStopped(moved.get(), who.orElse(null), null, now));
            told.addAll(VersionMoves.shown(moved.get(), begun, VersionState.CANCELLED, now));
        }
        events.append(told);
        notices.add(running.pod());
        bell.ringAfterCommit();
        return Outcome.DONE;
    }
}
