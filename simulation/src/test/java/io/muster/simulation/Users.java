package io.muster.simulation;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.FailurePolicy;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.Orphan;
import io.muster.history.PodId;
import io.muster.pods.OnFailure;
import io.muster.pods.VersionedPod;
import io.muster.simulation.Definitions.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What users do, as the API accepts or refuses it: all of it in the journal, and nothing anywhere else. */
final class Users {

    private final Stage stage;
    private final Runnable bell;
    private final List<PodId> names = new ArrayList<>();
    /** By configuration: each number has one of its own. */
    private final Map<String, Shape> shapes = new HashMap<>();

    private final Operators operators;
    private final Set<PodId> lived = new LinkedHashSet<>();
    private int changes;

    Users(Stage stage, Runnable bell) {
        this.stage = stage;
        this.bell = bell;
        this.operators = new Operators(stage, stage.wishes, bell);
        int pods = stage.dice.between(1, 4);
        for (int i = 1; i <= pods; i++) {
            names.add(PodId.of("/p" + i));
        }
    }

    /** One of them does something. */
    void act() {
        PodId pod = stage.dice.oneOf(names);
        if (stage.journal.target(pod).isEmpty()) {
            create(pod);
            return;
        }
        int choice = stage.dice.between(1, 130);
        if (choice <= 45) {
            change(pod, choice);
        } else if (choice <= 55) {
            delete(pod);
        } else if (choice <= 60) {
            repeat(pod);
        } else if (choice <= 90) {
            kill(pod, choice > 80);
        } else if (choice <= 95) {
            killOrphan();
        } else if (choice <= 105) {
            restart(pod);
        } else if (choice <= 108) {
            resetDelay(pod);
        } else {
            operators.intervene();
        }
    }

    private void create(PodId pod) {
        stage.coverage.count(lived.add(pod) ? Action.CREATE : Action.RECREATE);
        Shape shape = Definitions.any(pod, ++changes, stage.dice);
        submit(Kind.CREATE, shape);
    }

    private void change(PodId pod, int choice) {
        if (!mayChange(pod)) {
            return;
        }
        Shape before = shape(stage.journal.target(pod).orElseThrow());
        Shape after;
        if (choice <= 20) {
            stage.coverage.count(Action.UPDATE);
            after = Definitions.any(pod, ++changes, stage.dice).scaled(before.instances());
        } else if (choice <= 35) {
            stage.coverage.count(Action.SCALE);
            after = before.scaled((before.instances() + stage.dice.between(1, 4)) % 7);
        } else {
            stage.coverage.count(Action.UPDATE_AND_SCALE);
            after = Definitions.any(pod, ++changes, stage.dice);
        }
        submit(null, after);
    }

    /** Whether the pod is free, or the user is one who forces. */
    private boolean mayChange(PodId pod) {
        Optional<Deployment> running = stage.journal.running(pod);
        if (running.isEmpty()) {
            return true;
        }
        boolean force = stage.dice.oneIn(2);
        stage.coverage.count(force ? Action.FORCED : Action.REFUSED);
        return force;
    }

    /** Accepts this; the kind is absent for a change, since it follows from what is exposed. */
    private void submit(@Nullable Kind kind, Shape shape) {
        VersionedPod target = shape.at(stage.journal.nextVersion(shape.id(), stage.now()));
        Kind actual = kind != null ? kind : stage.journal.changeTo(target);
        stage.trace.note("user " + actual + " " + shape.id() + " to " + shape.instances() + " of #" + shape.number());
        shapes.put(target.configHash(), shape);
        submit(actual, target);
    }

    private void submit(Kind kind, VersionedPod target) {
        Optional<VersionedPod> original = stage.wishes.original(kind, target);
        UUID deployment = stage.journal.submit(kind, target, policy(), stage.now());
        stage.wishes.accepted(deployment, kind, target, original);
        bell.run();
    }

    private FailurePolicy policy() {
        if (!stage.dice.oneIn(3)) {
            return FailurePolicy.NONE;
        }
        stage.coverage.count(Action.LIMITED);
        return new FailurePolicy(
                stage.dice.oneOf(OnFailure.values()),
                stage.dice.oneIn(2) ? Duration.ofSeconds(stage.dice.between(5, 300)) : null,
                stage.dice.oneIn(2) ? Integer.valueOf(stage.dice.between(0, 2)) : null);
    }

    private Shape shape(VersionedPod pod) {
        return Objects.requireNonNull(shapes.get(pod.configHash()))
                .scaled(pod.definition().instances());
    }

    private void restart(PodId pod) {
        if (mayChange(pod)) {
            stage.coverage.count(Action.RESTART);
            stage.trace.note("user RESTART " + pod);
            submit(Kind.RESTART, stage.journal.target(pod).orElseThrow());
        }
    }

    private void resetDelay(PodId pod) {
        stage.coverage.count(Action.RESET_DELAY);
        stage.trace.note("user resets the delay of " + pod);
        stage.journal.resetDelay(pod);
        bell.run();
    }

    private void delete(PodId pod) {
        if (mayChange(pod)) {
            stage.coverage.count(Action.DELETE);
            stage.trace.note("user DELETE " + pod);
            VersionedPod last = stage.journal
                    .exposed(pod)
                    .or(() -> stage.journal.target(pod))
                    .orElseThrow();
            submit(Kind.DELETE, last);
        }
    }

    /** The same definition again changes nothing, and is accepted even while a deployment runs. */
    private void repeat(PodId pod) {
        stage.coverage.count(Action.NOTHING);
        stage.trace.note("user repeats " + pod);
        bell.run();
    }

    private void kill(PodId pod, boolean many) {
        List<Instance> victims = stage.journal.instances().stream()
                .filter(instance -> instance.pod().equals(pod) && instance.isWanted())
                .toList();
        if (victims.isEmpty()) {
            return;
        }
        stage.coverage.count(many ? Action.KILL_MANY : Action.KILL);
        List<Instance> chosen = many
                ? victims.stream().filter(one -> stage.dice.oneIn(2)).toList()
                : List.of(stage.dice.oneOf(victims));
        for (Instance victim : chosen) {
            stage.trace.note("user kills " + victim.id());
            stage.journal.ask(new KillRequest(pod, victim.id(), stage.dice.oneIn(4), stage.now(), "ada"));
        }
        bell.run();
    }

    private void killOrphan() {
        List<TaskId> orphans =
                stage.journal.orphans().stream().map(Orphan::task).toList();
        if (!orphans.isEmpty()) {
            stage.coverage.count(Action.KILL_ORPHAN);
            stage.journal.ask(stage.dice.oneOf(orphans), stage.now());
            bell.run();
        }
    }

    /** Nothing waits for a user any more. */
    void waitForNothing() {
        operators.resumeAll();
    }
}
