package io.muster.deploy.model;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Convergence.Moves;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The instances of one pod, moved by {@link Convergence} and by what a test lets happen to them. */
final class RollingCluster {

    static final String OLD = "old";
    static final String NEW = "new";

    private final SequencedMap<InstanceId, Instance> alive = new LinkedHashMap<>();
    private final Target target;
    private int lastNumber;
    private int peak;
    private int low = Integer.MAX_VALUE;

    RollingCluster(Target target) {
        this.target = target;
    }

    /** Adds an instance with one health-checked container. */
    InstanceId add(String configHash, Goal goal, Condition condition, @Nullable Boolean healthy) {
        InstanceId id = Instances.id(++lastNumber);
        put(id, configHash, goal, condition, healthy);
        return id;
    }

    void addReady(String configHash, int count) {
        for (int i = 0; i < count; i++) {
            add(configHash, Goal.RUNNING, Condition.RUNNING, true);
        }
    }

    Moves ask() {
        return Convergence.next(target, alive.values());
    }

    /** Asks and does what is said, once. */
    Moves move() {
        measure();
        Moves moves = ask();
        moves.end().forEach(this::end);
        for (int i = 0; i < moves.start(); i++) {
            add(NEW, Goal.RUNNING, Condition.SCHEDULED, null);
        }
        measure();
        return moves;
    }

    void end(InstanceId id) {
        alive.computeIfPresent(id, (same, instance) -> instance.decommissioned(EndCause.SCALED_DOWN, instance.since()));
    }

    void becomes(InstanceId id, Condition condition, @Nullable Boolean healthy) {
        Instance before = Objects.requireNonNull(alive.get(id));
        put(id, before.configHash(), before.goal(), condition, healthy);
    }

    /** Mesos says that nothing of it runs any more. */
    void confirmGone(InstanceId id) {
        alive.remove(id);
    }

    List<Instance> alive() {
        return List.copyOf(alive.values());
    }

    List<InstanceId> aliveThat(Predicate<Instance> condition) {
        List<InstanceId> ids = new ArrayList<>();
        alive.values().stream().filter(condition).forEach(instance -> ids.add(instance.id()));
        return ids;
    }

    List<InstanceId> beingEnded() {
        return aliveThat(instance -> !instance.isWanted());
    }

    List<InstanceId> newButNotReady() {
        return aliveThat(
                instance -> instance.isWanted() && instance.configHash().equals(NEW) && !instance.isReady());
    }

    /** The most instances there were at any time. */
    int peak() {
        return peak;
    }

    /** The fewest wanted and ready instances there were at any time. */
    int low() {
        return low;
    }

    private void measure() {
        peak = Math.max(peak, alive.size());
        low = Math.min(
                low,
                aliveThat(instance -> instance.isWanted() && instance.isReady()).size());
    }

    private void put(InstanceId id, String configHash, Goal goal, Condition condition, @Nullable Boolean healthy) {
        Instant since = Instances.START.plusSeconds(alive.containsKey(id) ? number(id) : lastNumber);
        List<Task> tasks = condition == Condition.SCHEDULED
                ? List.of()
                : List.of(Instances.task(id, "a", condition, true, healthy, since));
        alive.put(id, Instances.of(id, configHash, goal, tasks, since));
    }

    private static int number(InstanceId id) {
        return Integer.parseInt(id.text().substring(id.text().lastIndexOf('-') + 1), 16);
    }
}
