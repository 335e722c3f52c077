package io.muster.simulation;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Task;
import io.muster.history.Version;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Upgrade;
import io.muster.simulation.Knowledge.Known;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The bounds of one pod over one commit (ADR 0006): what we start stays within the maximum, what we end leaves the
 * minimum. What fails, and what users kill, is not ours to answer for.
 *
 * @param killed what users asked the end of
 */
record Bounds(Known known, List<Instance> before, List<Instance> after, Set<InstanceId> killed) {

    /** @param held whether nothing was to move when the round began */
    void check(boolean held) {
        if (known.isDelete()) {
            return;
        }
        Map<InstanceId, Instance> were =
                before.stream().collect(Collectors.toMap(Instance::id, Function.identity(), (a, b) -> a));
        List<Instance> begun = after.stream()
                .filter(instance -> !were.containsKey(instance.id()))
                .toList();
        int started = begun.size();
        List<Instance> endedByUs = after.stream()
                .filter(instance -> !instance.isWanted() && instance.isReady() && !killed.contains(instance.id()))
                .filter(instance -> instance.tasks().stream().allMatch(Bounds::isWell))
                .filter(instance -> {
                    Instance was = were.get(instance.id());
                    return was != null && was.isWanted();
                })
                .toList();
        if (known.isHeld()) {
            require(endedByUs.isEmpty() && endedUnplaced() == 0, "pause", "instances ended");
            require(isInKind(begun), "pause", started + " started, and not in the place of others");
            return;
        }
        int wanted = goal().definition().instances();
        long present = after.stream().filter(instance -> !instance.isInactive()).count();
        long stillWanted = after.stream().filter(Bounds::counts).count();
        long ready = after.stream()
                .filter(instance -> instance.isWanted() && instance.isReady())
                .count();
        boolean replacing = !known.isSteady() && after.stream().anyMatch(instance -> !isCurrent(instance));
        require(
                known.isSteady() || endedByUs.isEmpty() || ready >= minimum(),
                "minimum",
                endedByUs.size() + " ready ones ended, " + ready + " left, at least " + minimum());
        if (!replacing) {
            require(started == 0 || stillWanted <= wanted, "capacity", started + " started");
            require(endedByUs.isEmpty() || stillWanted >= wanted, "minimum", endedByUs.size() + " ended");
            return;
        }
        long readyBefore = ready + endedByUs.size();
        // Where nothing was to move, what ended was replaced in kind.
        require(
                held || started == 0 || present <= Math.max(maximum(readyBefore), 0),
                "capacity",
                started + " started, " + present + " alive, at most " + maximum(readyBefore));
    }

    /** Whether no other one has to take its place. */
    private static boolean counts(Instance instance) {
        return instance.isWanted() && !instance.isInactive();
    }

    /** An instance of which one container has ended badly ends because of that. */
    private static boolean isWell(Task task) {
        return !task.condition().isTerminal() || task.condition() == Condition.FINISHED;
    }

    private boolean isCurrent(Instance instance) {
        return instance.configHash().equals(goal().configHash())
                && known.notBefore()
                        .filter(time -> instance.scheduledAt().isBefore(time))
                        .isEmpty();
    }

    /** Instances that waited for a place, and that no user wanted to end. */
    private long endedUnplaced() {
        Set<InstanceId> present = after.stream().map(Instance::id).collect(Collectors.toSet());
        return before.stream()
                .filter(was -> was.isWanted() && !was.hasPlace())
                .filter(was -> !present.contains(was.id()) && !killed.contains(was.id()))
                .count();
    }

    /** Whether each takes the place of one of the same version. */
    private boolean isInKind(List<Instance> begun) {
        Set<InstanceId> still =
                after.stream().filter(Bounds::counts).map(Instance::id).collect(Collectors.toSet());
        Set<InstanceId> cameBackAndEnded = after.stream()
                .filter(instance -> !instance.isWanted() && !instance.isInactive())
                .map(Instance::id)
                .collect(Collectors.toSet());
        Map<Version, Long> lost = before.stream()
                .filter(was -> was.isWanted() && !still.contains(was.id()))
                .filter(was -> !was.isInactive() || cameBackAndEnded.contains(was.id()))
                .collect(Collectors.groupingBy(Instance::version, Collectors.counting()));
        return begun.stream()
                .collect(Collectors.groupingBy(Instance::version, Collectors.counting()))
                .entrySet()
                .stream()
                .allMatch(of -> of.getValue() <= lost.getOrDefault(of.getKey(), 0L));
    }

    private VersionedPod goal() {
        return known.goal();
    }

    private int minimum() {
        return share(goal().definition().scheduling().upgrade().minimumHealthCapacity(), RoundingMode.CEILING);
    }

    private int maximum(long ready) {
        Upgrade upgrade = goal().definition().scheduling().upgrade();
        int most = share(BigDecimal.ONE.add(upgrade.maximumOverCapacity()), RoundingMode.FLOOR);
        return minimum() == most && ready >= most ? most + 1 : most;
    }

    private int share(BigDecimal part, RoundingMode rounding) {
        return BigDecimal.valueOf(goal().definition().instances())
                .multiply(part)
                .setScale(0, rounding)
                .intValueExact();
    }

    private void require(boolean holds, String bound, String what) {
        if (!holds) {
            throw new Violation(bound + " of " + goal().id() + ", which wants "
                    + goal().definition().instances() + " with "
                    + goal().definition().scheduling().upgrade() + ": " + what);
        }
    }
}
