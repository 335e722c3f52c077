package io.muster.deploy.model;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.InstanceInput.Patience;
import io.muster.deploy.model.InstanceInput.Placed;
import io.muster.deploy.model.InstanceInput.PlacedContainer;
import io.muster.deploy.model.InstanceInput.Reported;
import io.muster.deploy.model.InstanceInput.TimePassed;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Instances of one pod in any condition, and what can happen to them. */
final class Instances {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final PodId POD = PodId.of("/shop/cart");
    static final Version VERSION = new Version(START);
    static final Agent AGENT = new Agent("agent-1", "host-1.test", null, null);
    static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(300));
    static final UnreachableStrategy AT_ONCE = new UnreachableStrategy.Enabled(0, 0);
    static final UnreachableStrategy NEVER = new UnreachableStrategy.Disabled();

    private Instances() {}

    static InstanceId id(int number) {
        return InstanceId.of(POD, new UUID(0, number));
    }

    static Instance scheduled(int number, String configHash) {
        return Instance.scheduled(id(number), POD, VERSION, configHash, START);
    }

    /** An instance with one task for each condition, in containers {@code a}, {@code b} …; none has a health check. */
    static Instance withTasks(Goal goal, Condition... conditions) {
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < conditions.length; i++) {
            tasks.add(task(id(1), "abcdef".substring(i, i + 1), conditions[i], false, null));
        }
        return of(id(1), "hash", goal, tasks, START);
    }

    static Instance of(InstanceId id, String configHash, Goal goal, List<Task> tasks, Instant since) {
        Instance scheduled = Instance.scheduled(id, POD, VERSION, configHash, since);
        Instance placed = tasks.isEmpty()
                ? scheduled
                : scheduled.placed(AGENT, List.of(31000), tasks, since).withTasks(tasks, since);
        return goal == Goal.RUNNING ? placed : placed.decommissioned(EndCause.SCALED_DOWN, since);
    }

    static Task task(
            InstanceId id, String container, Condition condition, boolean healthChecked, @Nullable Boolean healthy) {
        return task(id, container, condition, healthChecked, healthy, START);
    }

    static Task task(
            InstanceId id,
            String container,
            Condition condition,
            boolean healthChecked,
            @Nullable Boolean healthy,
            Instant since) {
        return new Task(
                id.task(container),
                container,
                condition,
                healthChecked,
                healthy,
                since,
                condition == Condition.RUNNING ? since : null,
                List.of());
    }

    static TaskId taskId(String container) {
        return id(1).task(container);
    }

    static KillOrder kill(String container) {
        return new KillOrder(taskId(container), Optional.of(AGENT.id()));
    }

    static Placed placed(String... containers) {
        return new Placed(
                AGENT,
                List.of(31000),
                List.of(containers).stream()
                        .map(name -> new PlacedContainer(name, false))
                        .toList());
    }

    static Reported reported(String container, TaskState state) {
        return reported(container, state, null);
    }

    static Reported reported(String container, TaskState state, @Nullable Boolean healthy) {
        return new Reported(report(container, state, healthy));
    }

    static StatusReport report(String container, TaskState state, @Nullable Boolean healthy) {
        return new StatusReport(
                taskId(container),
                Optional.of(AGENT.id()),
                state,
                Optional.ofNullable(healthy),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                START,
                Optional.empty());
    }

    static TimePassed timePassed(UnreachableStrategy unreachable) {
        return new TimePassed(unreachable, PATIENCE);
    }
}
