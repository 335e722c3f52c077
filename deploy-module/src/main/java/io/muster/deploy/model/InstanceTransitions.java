package io.muster.deploy.model;

import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.model.InstanceInput.Decommissioned;
import io.muster.deploy.model.InstanceInput.Placed;
import io.muster.deploy.model.InstanceInput.Reported;
import io.muster.deploy.model.InstanceInput.TimePassed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The instance state machine. An instance that fails is not revived: another one with another id takes its place. */
public final class InstanceTransitions {

    private InstanceTransitions() {}

    /** What one input means for one instance. Pure: same arguments, same decision. */
    public static InstanceDecision decide(Instance current, InstanceInput input, Instant now) {
        return switch (input) {
            case Placed placed -> onPlaced(current, placed, now);
            case Reported(StatusReport report) -> onReported(current, report, now);
            case Decommissioned(EndCause cause) -> onDecommissioned(current, cause, now);
            case TimePassed passed -> onTimePassed(current, passed, now);
        };
    }

    private static InstanceDecision onPlaced(Instance current, Placed placed, Instant now) {
        if (current.condition() != Condition.SCHEDULED || !current.isWanted()) {
            return InstanceDecision.refused(current);
        }
        List<Task> tasks = placed.containers().stream()
                .map(container -> new Task(
                        current.id().task(container.name()),
                        container.name(),
                        Condition.PROVISIONED,
                        container.healthChecked(),
                        null,
                        now,
                        null,
                        List.of()))
                .toList();
        return InstanceDecision.changed(current.placed(placed.agent(), placed.hostPorts(), tasks, now), List.of());
    }

    private static InstanceDecision onReported(Instance current, StatusReport report, Instant now) {
        Condition reported = Condition.of(
                report.state(), report.reason().orElse(""), report.message().orElse(""));
        Optional<Task> known = current.tasks().stream()
                .filter(task -> task.id().equals(report.task()))
                .findFirst();
        if (known.isEmpty()) {
            List<KillOrder> kill =
                    reported.isActive() ? List.of(new KillOrder(report.task(), report.agentId())) : List.of();
            return InstanceDecision.unchanged(current, kill);
        }
        Task before = known.get();
        if (before.condition().isTerminal() || isStale(before, reported)) {
            return InstanceDecision.unchanged(current, List.of());
        }
        Task after = after(before, reported, report, now);
        if (after.equals(before)) {
            return InstanceDecision.unchanged(current, List.of());
        }
        List<Task> tasks = current.tasks().stream()
                .map(task -> task.id().equals(before.id()) ? after : task)
                .toList();
        return settle(current.withTasks(tasks, now), report, now);
    }

    /**
     * A master that answers from memory may lag behind the agent, and an agent repeats old updates until they are
     * acknowledged. Neither takes a running task back, which would count as overdue after the time for a launch, nor one
     * that is being killed, of which only the end can follow.
     */
    private static boolean isStale(Task before, Condition reported) {
        return switch (before.condition()) {
            case RUNNING -> reported == Condition.STAGING || reported == Condition.STARTING;
            case KILLING ->
                reported == Condition.STAGING || reported == Condition.STARTING || reported == Condition.RUNNING;
            case ERROR,
                    FAILED,
                    GONE,
                    DROPPED,
                    UNREACHABLE_INACTIVE,
                    UNREACHABLE,
                    STARTING,
                    STAGING,
                    UNKNOWN,
                    PROVISIONED,
                    SCHEDULED,
                    FINISHED,
                    KILLED -> false;
        };
    }

    private static Task after(Task before, Condition reported, StatusReport report, Instant now) {
        boolean starts = reported == Condition.RUNNING && before.startedAt() == null;
        boolean stays = before.condition().isUnreachable() && reported == Condition.UNREACHABLE;
        return new Task(
                before.id(),
                before.container(),
                stays ? before.condition() : reported,
                before.healthChecked(),
                report.healthy().orElse(before.healthy()),
                before.stagedAt(),
                starts ? now : before.startedAt(),
                report.addresses().isEmpty() ? before.addresses() : report.addresses(),
                reported.isTerminal() ? end(report, now) : null);
    }

    private static TaskEnd end(StatusReport report, Instant now) {
        return new TaskEnd(report.reason().orElse(null), report.message().orElse(null), now);
    }

    /** Draws the consequences of changed tasks: all ended, some ended badly, or going on. */
    private static InstanceDecision settle(Instance instance, StatusReport report, Instant now) {
        boolean allEnded =
                instance.tasks().stream().allMatch(task -> task.condition().isTerminal());
        if (allEnded) {
            EndCause cause = Objects.requireNonNullElseGet(instance.endCause(), () -> EndCause.ofReport(report));
            return InstanceDecision.gone(Termination.of(instance, cause, now), List.of());
        }
        boolean oneFailed = instance.tasks().stream()
                .anyMatch(task -> task.condition().isTerminal() && task.condition() != Condition.FINISHED);
        if (oneFailed && instance.isWanted()) {
            return end(instance, EndCause.ofReport(report), now);
        }
        return InstanceDecision.changed(instance, List.of());
    }

    private static InstanceDecision onDecommissioned(Instance current, EndCause cause, Instant now) {
        if (!current.isWanted()) {
            return InstanceDecision.unchanged(current, List.of());
        }
        if (current.condition() == Condition.SCHEDULED) {
            return InstanceDecision.vanished();
        }
        return end(current, cause, now);
    }

    private static InstanceDecision end(Instance instance, EndCause cause, Instant now) {
        return InstanceDecision.changed(instance.decommissioned(cause, now), killOrders(instance));
    }

    private static InstanceDecision onTimePassed(Instance current, TimePassed passed, Instant now) {
        if (isDue(InstanceTimes.expunge(current, passed.unreachable(), passed.keepsStorage()), now)) {
            EndCause cause = Objects.requireNonNullElse(current.endCause(), EndCause.LOST);
            return InstanceDecision.gone(Termination.of(current, cause, now), killOrders(current));
        }
        if (isDue(InstanceTimes.launchOverdue(current, passed.patience()), now)) {
            return end(current, EndCause.OVERDUE, now);
        }
        if (isDue(InstanceTimes.inactive(current, passed.unreachable(), passed.keepsStorage()), now)) {
            List<Task> tasks = current.tasks().stream()
                    .map(task -> task.condition() == Condition.UNREACHABLE ? task.inactive() : task)
                    .toList();
            return InstanceDecision.changed(current.withTasks(tasks, now), List.of());
        }
        return InstanceDecision.unchanged(current, List.of());
    }

    private static boolean isDue(Optional<Instant> moment, Instant now) {
        return moment.isPresent() && !moment.get().isAfter(now);
    }

    /**
     * One kill for each task that may still run, so that the grace period of each is kept (the default executor gives
     * siblings 3 s). None for those that cannot be reached.
     */
    public static List<KillOrder> killOrders(Instance instance) {
        List<KillOrder> orders = new ArrayList<>();
        Optional<String> agent = Optional.ofNullable(instance.agent())
                .map(a -> Objects.requireNonNull(a).id());
        for (Task task : instance.tasks()) {
            if (task.condition().isActive() && !task.condition().isUnreachable()) {
                orders.add(new KillOrder(task.id(), agent));
            }
        }
        return orders;
    }
}
