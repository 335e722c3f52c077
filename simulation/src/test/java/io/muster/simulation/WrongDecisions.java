package io.muster.simulation;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.engine.Decisions;
import io.muster.deploy.engine.Decisions.NextMoves;
import io.muster.deploy.model.Convergence;
import io.muster.deploy.model.Convergence.Moves;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceTransitions;
import io.muster.deploy.model.Target;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Bugs in what the engine decides. */
final class WrongDecisions {

    private WrongDecisions() {}

    static Parts of(NextMoves bug) {
        return of(new Decisions(bug, InstanceTransitions::decide));
    }

    private static Parts of(Decisions bug) {
        return new Parts() {
            @Override
            public Decisions decisions() {
                return bug;
            }
        };
    }

    static Parts withoutReload() {
        return new Parts() {
            @Override
            public boolean reloads() {
                return false;
            }
        };
    }

    /** Once one old instance may go, all may. */
    static Moves endAll(Target target, Collection<Instance> alive) {
        Moves right = Convergence.next(target, alive);
        if (right.end().isEmpty() || !(target instanceof Target.Running running)) {
            return right;
        }
        List<InstanceId> old = alive.stream()
                .filter(instance ->
                        instance.isWanted() && !instance.configHash().equals(running.configHash()))
                .map(Instance::id)
                .toList();
        return old.containsAll(right.end()) ? new Moves(right.start(), old, right.reached()) : right;
    }

    static Moves overlookEnding(Target target, Collection<Instance> alive) {
        return Convergence.next(
                target, alive.stream().filter(Instance::isWanted).toList());
    }

    static Moves startMore(Target target, Collection<Instance> alive) {
        Moves right = Convergence.next(target, alive);
        return right.start() > 0 ? new Moves(right.start() + 1, right.end(), right.reached()) : right;
    }

    static Moves reachedByNumber(Target target, Collection<Instance> alive) {
        Moves right = Convergence.next(target, alive);
        boolean complete = target instanceof Target.Running running
                && alive.size() == running.instances()
                && alive.stream().allMatch(instance -> instance.configHash().equals(running.configHash()));
        return new Moves(right.start(), right.end(), right.reached() || complete);
    }

    /** What is shown is what must run, though the deployment of it was cancelled. */
    static Moves neverSteady(Target target, Collection<Instance> alive) {
        return Convergence.next(target instanceof Target.Steady(Target.Running goal) ? goal : target, alive);
    }

    /** Of the instances those of the newest version count as current, though the target may be another by now. */
    static Moves newestIsCurrent(Target target, Collection<Instance> alive) {
        Optional<Instance> newest = alive.stream().max(Comparator.comparing(Instance::version));
        if (newest.isEmpty() || !(target instanceof Target.Running running)) {
            return Convergence.next(target, alive);
        }
        return Convergence.next(
                new Target.Running(
                        running.instances(),
                        newest.get().configHash(),
                        running.upgrade(),
                        running.killSelection(),
                        running.groupedBy()),
                alive);
    }
}
