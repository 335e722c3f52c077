package io.muster.deploy.engine;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.DeployEvent.UnknownInstanceEnded;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Orphan;
import io.muster.deploy.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The orphans, from the first word of them until Mesos says that they have ended. */
final class Quarantine {

    /** What comes when it is full is told again by each reconciliation, and finds room then. */
    static final int ROOM = 10_000;

    private final Optional<Duration> grace;
    private final Map<TaskId, Orphan> orphans = new HashMap<>();
    /** How many of them are of one instance. */
    private final Map<InstanceId, Integer> tasksOf = new HashMap<>();

    private final Timers<TaskId> ripe = new Timers<>();
    private final Kills<TaskId> kills;
    private int turnedAway;

    /** @param grace how long they are left alone; empty for ever */
    Quarantine(Optional<Duration> grace, Kills<TaskId> kills) {
        this.grace = grace;
        this.kills = kills;
    }

    /** Mesos speaks of a task that is not ours. */
    void reported(StatusReport report, Instant now, Changes changes) {
        Orphan known = orphans.get(report.task());
        Condition condition = Condition.of(
                report.state(), report.reason().orElse(""), report.message().orElse(""));
        if (!condition.isTerminal()) {
            keep(known == null ? Orphan.of(report, now) : known.seen(report, now), changes);
        } else if (known != null) {
            forget(report.task());
            changes.gone(report.task());
            report.task()
                    .instance()
                    .filter(ended -> !tasksOf.containsKey(ended))
                    .flatMap(ended -> ended.pod().map(pod -> new UnknownInstanceEnded(ended, pod, condition, now)))
                    .ifPresent(changes::tell);
        }
    }

    /** An instance is given up, for tasks that nobody can reach: those that may run are not wanted, even if they come back. */
    void forsake(Instance instance, Instant now, Changes changes) {
        @Nullable
        String agent = instance.agent() == null ? null : instance.agent().id();
        instance.tasks().stream()
                .filter(task -> task.condition().isActive())
                .forEach(task -> keep(new Orphan(task.id(), agent, state(task), now, now, now), changes));
    }

    private static TaskState state(Task task) {
        return switch (task.condition()) {
            case UNREACHABLE, UNREACHABLE_INACTIVE -> TaskState.UNREACHABLE;
            case RUNNING -> TaskState.RUNNING;
            case STARTING -> TaskState.STARTING;
            case KILLING -> TaskState.KILLING;
            case STAGING, PROVISIONED, SCHEDULED -> TaskState.STAGING;
            case ERROR, FAILED, GONE, DROPPED, UNKNOWN, FINISHED, KILLED ->
                throw new IllegalArgumentException(task.id() + " has ended");
        };
    }

    private void keep(Orphan orphan, Changes changes) {
        if (orphans.size() >= ROOM && !orphans.containsKey(orphan.task())) {
            turnedAway++;
        } else {
            put(orphan);
            changes.put(orphan);
        }
    }

    /** As it is stored. */
    void put(Orphan orphan) {
        Orphan before = orphans.put(orphan.task(), orphan);
        if (before == null) {
            orphan.task().instance().ifPresent(instance -> tasksOf.merge(instance, 1, Integer::sum));
        }
        boolean sameToKill = before != null
                && before.isReachable() == orphan.isReachable()
                && before.killAt(grace).equals(orphan.killAt(grace));
        if (!sameToKill) {
            kills.forget(orphan.task());
            ripe.set(orphan.task(), orphan.isReachable() ? orphan.killAt(grace) : Optional.empty());
        }
    }

    private void forget(TaskId task) {
        orphans.remove(task);
        task.instance()
                .ifPresent(instance -> tasksOf.computeIfPresent(instance, (_, left) -> left == 1 ? null : left - 1));
        ripe.set(task, Optional.empty());
        kills.forget(task);
    }

    /** Somebody asked for its end, and that is stored. */
    void unwanted(TaskId task, Instant asked) {
        Orphan known = orphans.get(task);
        if (known != null && known.killAsked() == null) {
            put(known.unwanted(asked));
        }
    }

    void timePassed(Instant now) {
        ripe.due(now).forEach(kills::want);
    }

    /** In this order, one for each. */
    List<KillOrder> kills(List<TaskId> due) {
        return due.stream()
                .map(task -> Objects.requireNonNull(orphans.get(task)))
                .map(orphan -> new KillOrder(orphan.task(), Optional.ofNullable(orphan.agent())))
                .toList();
    }

    /** Of those that may run, whose state must be asked for. */
    Stream<KnownTask> tasks() {
        return orphans.values().stream()
                .map(orphan -> new KnownTask(orphan.task(), Optional.ofNullable(orphan.agent())));
    }

    Optional<Orphan> find(TaskId task) {
        return Optional.ofNullable(orphans.get(task));
    }

    int size() {
        return orphans.size();
    }

    /** How many found no room so far. */
    int turnedAway() {
        return turnedAway;
    }

    Optional<Instant> nextMoment() {
        return ripe.next();
    }
}
