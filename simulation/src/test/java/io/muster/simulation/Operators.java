package io.muster.simulation;

import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.DeploymentInput.CancelForced;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.ResumeAsked;
import io.muster.deploy.model.DeploymentState;
import java.util.List;

/** What users do to deployments that run, as the API does it to the journal. */
final class Operators {

    private final Stage stage;
    private final Wishes wishes;
    private final Runnable bell;

    Operators(Stage stage, Wishes wishes, Runnable bell) {
        this.stage = stage;
        this.wishes = wishes;
        this.bell = bell;
    }

    /** Somebody does something to a deployment that runs, if one does. */
    void intervene() {
        List<Deployment> running = stage.journal.runningDeployments();
        if (running.isEmpty()) {
            return;
        }
        Deployment deployment = stage.dice.oneOf(running);
        if (deployment.state() instanceof DeploymentState.Paused && stage.dice.oneIn(2)) {
            resume(deployment);
            return;
        }
        switch (stage.dice.between(1, 6)) {
            case 1 -> cancel(deployment);
            case 2, 3 -> undo(deployment);
            default -> {
                if (!(deployment.state() instanceof DeploymentState.Paused)) {
                    pause(deployment);
                }
            }
        }
    }

    private void pause(Deployment deployment) {
        did(Action.PAUSE, deployment);
        stage.journal.intervene(deployment.id(), new PauseAsked("a user wants it"), stage.now());
        bell.run();
    }

    private void resume(Deployment deployment) {
        did(Action.RESUME, deployment);
        stage.journal.intervene(deployment.id(), new ResumeAsked(), stage.now());
        bell.run();
    }

    private void cancel(Deployment deployment) {
        did(Action.CANCEL, deployment);
        stage.journal.intervene(deployment.id(), new CancelForced(), stage.now());
        wishes.cancelled(deployment);
        stage.journal.exposed(deployment.pod()).ifPresent(shown -> stage.exposed.put(shown.id(), shown.version()));
        bell.run();
    }

    private void undo(Deployment deployment) {
        did(Action.UNDO, deployment);
        stage.journal.undo(deployment.id(), stage.now());
        wishes.undone(deployment);
        bell.run();
    }

    private void did(Action action, Deployment deployment) {
        stage.coverage.count(action);
        stage.trace.note("user " + action + " " + deployment.kind() + " of " + deployment.pod());
    }

    /** Whoever paused something is done with looking; whatever pauses by itself goes on, too. */
    void resumeAll() {
        List<Deployment> paused = stage.journal.runningDeployments().stream()
                .filter(deployment -> deployment.state() instanceof DeploymentState.Paused)
                .toList();
        paused.forEach(this::resume);
    }
}
