package io.muster.simulation;

import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Orphan;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import io.muster.simulation.Wishes.Wish;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What still differs from exactly the wanted state. */
final class Settled {

    private final Stage stage;
    private final Map<PodId, Wish> wishes;

    Settled(Stage stage) {
        this.stage = stage;
        this.wishes = stage.wishes.all();
    }

    /** Empty when nothing does. */
    List<String> differences() {
        List<String> found = new ArrayList<>();
        for (Deployment running : stage.journal.runningDeployments()) {
            found.add(running.kind() + " of " + running.pod() + " still runs");
        }
        for (Orphan orphan : stage.journal.orphans()) {
            found.add("an orphan: " + orphan.task() + " " + orphan.state());
        }
        if (!stage.journal.requestedKills(1).isEmpty()) {
            found.add("a kill request waits");
        }
        Map<PodId, VersionedPod> exposed = stage.journal.exposed();
        wishes.forEach((pod, wish) -> {
            VersionedPod target = wish.target();
            VersionedPod shown = exposed.get(pod);
            if (shown == null || !shown.version().equals(target.version())) {
                found.add(pod + " shows " + (shown == null ? "nothing" : shown.version()) + " instead of "
                        + target.version());
            }
            instances(pod, wish, found);
        });
        exposed.keySet().stream()
                .filter(pod -> !wishes.containsKey(pod))
                .forEach(pod -> found.add(pod + " is still there"));
        tasks(found);
        stage.watch.unacknowledged().forEach(update -> found.add("not acknowledged: " + update));
        return found;
    }

    private void instances(PodId pod, Wish wish, List<String> found) {
        List<Instance> instances = stage.journal.instances().stream()
                .filter(instance -> instance.pod().equals(pod))
                .toList();
        int wanted = wish.target().definition().instances();
        if (instances.size() != wanted) {
            found.add(pod + " has " + instances.size() + " instances instead of " + wanted);
        }
        for (Instance instance : instances) {
            boolean good = instance.isWanted()
                    && instance.isReady()
                    && (!wish.exact()
                            || instance.configHash().equals(wish.target().configHash()));
            if (!good) {
                found.add(instance.id() + " is " + (instance.isWanted() ? "" : "unwanted and ") + instance.condition()
                        + " of " + instance.version());
            }
        }
    }

    private void tasks(List<String> found) {
        Set<TaskId> known = new TreeSet<>();
        Set<PodId> pods = new HashSet<>(wishes.keySet());
        for (Instance instance : stage.journal.instances()) {
            instance.tasks().stream()
                    .filter(task -> !task.condition().isTerminal())
                    .forEach(task -> known.add(task.id()));
            if (!pods.contains(instance.pod())) {
                found.add(instance.id() + " belongs to no pod");
            }
        }
        for (String task : stage.running()) {
            if (!known.remove(new TaskId(task))) {
                found.add(task + " runs, and belongs to nobody");
            }
        }
        known.forEach(task -> found.add(task + " does not run"));
    }
}
