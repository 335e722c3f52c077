package io.muster.deploy.model;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.history.PodId;
import io.muster.history.Version;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One life of a pod on one agent. Goal and condition are separate axes: what is wanted, and what is.
 *
 * @param version the version it was made from
 * @param configHash of that version; instances with the hash of the target need no replacement
 * @param since when the condition or the aggregated health changed last
 * @param healthy aggregated over its tasks; absent while unknown or unchecked
 * @param scheduledAt when it was decided on
 * @param placedAt when it got its agent; absent while it waits for one, as are agent, ports and tasks
 * @param activeSince the earliest start of its tasks
 * @param hostPorts one for each endpoint with a host port, in declaration order
 * @param killSentAt when its end was ordered; absent while its goal is to run
 * @param tasks one for each container, in declaration order
 * @param endCause why its goal is not to run any more; absent while it is
 * @param readySince since when it has been ready without a break; absent while it is not
 */
public record Instance(
        InstanceId id,
        PodId pod,
        Version version,
        String configHash,
        Goal goal,
        Condition condition,
        Instant since,
        @Nullable Boolean healthy,
        Instant scheduledAt,
        @Nullable Instant placedAt,
        @Nullable Instant activeSince,
        @Nullable Agent agent,
        List<Integer> hostPorts,
        @Nullable Instant killSentAt,
        List<Task> tasks,
        @Nullable EndCause endCause,
        @Nullable Instant readySince) {

    /** One that is wanted. */
    public Instance(
            InstanceId id,
            PodId pod,
            Version version,
            String configHash,
            Goal goal,
            Condition condition,
            Instant since,
            @Nullable Boolean healthy,
            Instant scheduledAt,
            @Nullable Instant placedAt,
            @Nullable Instant activeSince,
            @Nullable Agent agent,
            List<Integer> hostPorts,
            @Nullable Instant killSentAt,
            List<Task> tasks) {
        this(
                id,
                pod,
                version,
                configHash,
                goal,
                condition,
                since,
                healthy,
                scheduledAt,
                placedAt,
                activeSince,
                agent,
                hostPorts,
                killSentAt,
                tasks,
                null,
                null);
    }

    public Instance {
        hostPorts = List.copyOf(hostPorts);
        tasks = List.copyOf(tasks);
    }

    /** A new instance that waits for its place. */
    public static Instance scheduled(InstanceId id, PodId pod, Version version, String configHash, Instant now) {
        return new Instance(
                id,
                pod,
                version,
                configHash,
                Goal.RUNNING,
                Condition.SCHEDULED,
                now,
                null,
                now,
                null,
                null,
                null,
                List.of(),
                null,
                List.of());
    }

    public boolean isWanted() {
        return goal == Goal.RUNNING;
    }

    /** Whether it was given an agent; clients hear of it from then on. */
    public boolean hasPlace() {
        return agent != null;
    }

    /** Running, and every task with a health check that still runs has been found healthy. */
    public boolean isReady() {
        return isReady(condition, tasks);
    }

    private static boolean isReady(Condition condition, List<Task> tasks) {
        if (condition != Condition.RUNNING) {
            return false;
        }
        for (Task task : tasks) {
            if (task.healthChecked() && task.condition() == Condition.RUNNING && !task.isHealthy()) {
                return false;
            }
        }
        return true;
    }

    /** Whether another one takes its place although it may still run. It is not counted unless it comes back. */
    public boolean isInactive() {
        return condition == Condition.UNREACHABLE_INACTIVE;
    }

    /** Not wanted any more. */
    Instance decommissioned(EndCause cause, Instant killSent) {
        return new Instance(
                id,
                pod,
                version,
                configHash,
                Goal.DECOMMISSIONED,
                condition,
                since,
                healthy,
                scheduledAt,
                placedAt,
                activeSince,
                agent,
                hostPorts,
                killSent,
                tasks,
                cause,
                readySince);
    }

    Instance placed(Agent on, List<Integer> ports, List<Task> launched, Instant now) {
        return new Instance(
                id,
                pod,
                version,
                configHash,
                goal,
                Condition.PROVISIONED,
                now,
                null,
                scheduledAt,
                now,
                null,
                on,
                ports,
                killSentAt,
                launched,
                endCause,
                null);
    }

    /**
     * With these tasks, and what follows from them. {@code since} moves only if condition or health changes; that one which
     * is unreachable becomes inactive is no such change.
     */
    Instance withTasks(List<Task> changed, Instant now) {
        Condition folded =
                Condition.ofInstance(changed.stream().map(Task::condition).toList());
        Boolean health = health(changed);
        boolean stillUnreachable = folded.isUnreachable() && condition.isUnreachable();
        boolean same = (folded == condition || stillUnreachable) && Objects.equals(health, healthy);
        Instant ready = null;
        if (isReady(folded, changed)) {
            ready = isReady() ? Objects.requireNonNullElse(readySince, since) : now;
        }
        Instant started = changed.stream()
                .flatMap(task -> Stream.ofNullable(task.startedAt()))
                .min(Instant::compareTo)
                .orElse(null);
        return new Instance(
                id,
                pod,
                version,
                configHash,
                goal,
                folded,
                same ? since : now,
                health,
                scheduledAt,
                placedAt,
                started,
                agent,
                hostPorts,
                killSentAt,
                changed,
                endCause,
                ready);
    }

    private static @Nullable Boolean health(List<Task> tasks) {
        List<Task> running = tasks.stream()
                .filter(task -> task.condition() == Condition.RUNNING)
                .toList();
        if (running.stream().anyMatch(Task::isUnhealthy)) {
            return false;
        }
        boolean undecided = tasks.stream()
                .anyMatch(task -> task.condition() != Condition.RUNNING && task.condition() != Condition.FINISHED);
        return (!undecided && running.stream().anyMatch(Task::isHealthy)) ? true : null;
    }
}
