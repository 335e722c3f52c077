package io.muster.localmesos.agent;

import com.google.protobuf.ByteString;
import io.muster.localmesos.agent.Holdings.ExecutorKey;
import io.muster.localmesos.agent.Registration.KnownTask;
import io.muster.localmesos.agent.Registration.LivingExecutor;
import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.resources.Conversion;
import io.muster.localmesos.resources.Resources;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.ExecutorInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

/** One agent: its executors and the updates of their tasks. All on the loop; where containers run is the runner's. */
public final class Agent {
    private final Machine machine;
    private final EventLoop loop;
    private final AgentEvents master;
    private final AgentInfo info;
    private final StatusUpdates updates;
    private final Holdings holdings = new Holdings();
    private final Map<ExecutorKey, DefaultExecutor> executors = new LinkedHashMap<>();
    private final Map<ExecutorKey, List<TaskInfo>> starting = new HashMap<>();
    private final Set<ExecutorKey> abandoned = new HashSet<>();
    private Resources total;
    private Optional<Drain> drain = Optional.empty();

    /**
     * What an agent runs on.
     *
     * @param executorStart how long an executor takes from its launch to the delivery of its first group
     */
    public record Machine(EventLoop loop, ContainerRunner runner, Supplier<UUID> ids, Duration executorStart) {}

    /** How an agent is to become free of tasks: within which time at most, and whether it will not come back. */
    public record Drain(Optional<Duration> longestGrace, boolean markGone) {}

    /**
     * An agent without executors. What an earlier one of the same hostname had reserved is reserved again.
     *
     * @param info its id, its hostname and its attributes
     * @param total without reservations that frameworks made
     */
    public Agent(Machine machine, AgentEvents master, AgentInfo info, Resources total) {
        this.machine = machine;
        this.loop = machine.loop();
        this.master = master;
        this.info = info;
        Resources kept = machine.runner().reservedBefore(info.getHostname());
        this.total = total.minus(kept.unreserved()).plus(kept);
        this.updates = new StatusUpdates(loop, master::forward);
    }

    public AgentID id() {
        return info.getId();
    }

    public Registration registration() {
        return holdings.registration(info, total);
    }

    /** Makes or ends a reservation or a volume, which the master has checked. */
    public void apply(Conversion conversion) {
        total = total.minus(conversion.consumed()).plus(conversion.converted());
        machine.runner().reserved(info.getHostname(), total.dynamicallyReserved());
    }

    /** Starts a group, which the master has validated, in a new executor or in the one that lives already. */
    public void launchGroup(FrameworkInfo framework, String role, ExecutorInfo executor, List<TaskInfo> group) {
        var key = new ExecutorKey(framework.getId(), executor.getExecutorId());
        holdings.add(framework);
        group.forEach(task -> remember(key, role, task));
        DefaultExecutor living = executors.get(key);
        if (living != null) {
            living.launch(group);
            return;
        }
        holdings.add(
                new LivingExecutor(key.framework(), key.executor(), role, Resources.of(executor.getResourcesList())));
        executors.put(key, executor(framework, role, executor, key, () -> ended(key, 0)));
        starting.put(key, group);
        if (machine.executorStart().isZero()) {
            deliver(key);
        } else {
            loop.schedule(machine.executorStart(), () -> deliver(key));
        }
    }

    /** Starts a task that is its own executor. */
    public void launchCommand(FrameworkInfo framework, String role, TaskInfo task) {
        var executor = ExecutorInfo.newBuilder()
                .setExecutorId(ExecutorID.newBuilder().setValue(task.getTaskId().getValue()))
                .build();
        var key = new ExecutorKey(framework.getId(), executor.getExecutorId());
        holdings.add(framework);
        remember(key, role, task);
        holdings.add(new LivingExecutor(key.framework(), key.executor(), role, Resources.NONE));
        DefaultExecutor started = executor(framework, role, executor, key, () -> {
            forget(key);
            checkDrained();
        });
        executors.put(key, started);
        started.launch(List.of(task));
    }

    private DefaultExecutor executor(
            FrameworkInfo framework, String role, ExecutorInfo executor, ExecutorKey key, Runnable onEnd) {
        boolean reportsKilling = framework.getCapabilitiesList().stream()
                .anyMatch(c -> c.getType() == FrameworkInfo.Capability.Type.TASK_KILLING_STATE);
        return new DefaultExecutor(new DefaultExecutor.Context(
                loop,
                machine.runner(),
                machine.ids(),
                id(),
                info.getHostname(),
                executor,
                role,
                reportsKilling,
                status -> update(key, status),
                onEnd));
    }

    private void remember(ExecutorKey key, String role, TaskInfo task) {
        var staging = TaskStatus.newBuilder()
                .setTaskId(task.getTaskId())
                .setAgentId(id())
                .setExecutorId(key.executor())
                .setState(TaskState.TASK_STAGING)
                .build();
        holdings.add(new KnownTask(key.framework(), staging, role, Resources.of(task.getResourcesList())));
    }

    private void deliver(ExecutorKey key) {
        List<TaskInfo> group = starting.remove(key);
        DefaultExecutor executor = executors.get(key);
        if (group != null && executor != null) {
            executor.launch(group);
        }
    }

    private void update(ExecutorKey key, TaskStatus status) {
        holdings.reached(key.framework(), status);
        master.reached(key.framework(), status);
        if (!abandoned.contains(key)) {
            updates.add(key.framework(), status);
        }
    }

    private void ended(ExecutorKey key, int waitStatus) {
        forget(key);
        master.executorEnded(key.framework(), id(), key.executor(), waitStatus);
        checkDrained();
    }

    private void forget(ExecutorKey key) {
        executors.remove(key);
        abandoned.remove(key);
        holdings.forget(key);
    }

    public void kill(FrameworkID framework, TaskID task, Optional<KillPolicy> policy) {
        for (var entry : List.copyOf(starting.entrySet())) {
            boolean holdsIt = entry.getKey().framework().equals(framework)
                    && entry.getValue().stream().anyMatch(one -> one.getTaskId().equals(task));
            if (holdsIt) {
                cancelStart(entry.getKey());
                return;
            }
        }
        List.copyOf(executors.entrySet()).forEach(entry -> {
            if (entry.getKey().framework().equals(framework)) {
                entry.getValue().kill(task, policy);
            }
        });
    }

    /** A group whose executor has not started is given up as a whole. */
    private void cancelStart(ExecutorKey key) {
        starting.remove(key);
        String message = "A task within the task group was killed before delivery to the executor";
        reportAll(
                key,
                TaskState.TASK_KILLED,
                TaskStatus.newBuilder()
                        .setReason(TaskStatus.Reason.REASON_TASK_KILLED_DURING_LAUNCH)
                        .setMessage(message));
        ended(key, 0);
    }

    /**
     * An executor dies and all that ran in it.
     *
     * @param waitStatus as waitpid has it: 9 if it was killed, 256 if it exited with 1
     * @param details reason, message and limitation of what is reported of its tasks
     */
    public void executorDied(FrameworkID framework, ExecutorID executor, int waitStatus, TaskStatus.Builder details) {
        var key = new ExecutorKey(framework, executor);
        DefaultExecutor dead = executors.get(key);
        if (dead == null) {
            return;
        }
        starting.remove(key);
        dead.die();
        ended(key, waitStatus);
        reportAll(key, TaskState.TASK_FAILED, details);
    }

    private void reportAll(ExecutorKey key, TaskState state, TaskStatus.Builder details) {
        for (KnownTask task : holdings.livingTasks(key)) {
            update(
                    key,
                    ownStatus(task.latest().getTaskId(), state, details)
                            .setExecutorId(key.executor())
                            .build());
        }
    }

    private TaskStatus.Builder ownStatus(TaskID task, TaskState state, TaskStatus.Builder details) {
        return details.clone()
                .setTaskId(task)
                .setAgentId(id())
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_AGENT)
                .setTimestamp(Child.seconds(loop.now()))
                .setUuid(Child.bytes(machine.ids().get()));
    }

    /** The master has a task that never came here, or was forgotten: it is lost. */
    public void reconcile(FrameworkInfo framework, TaskID task) {
        if (holdings.task(framework.getId(), task).isPresent()) {
            return;
        }
        boolean partitionAware = framework.getCapabilitiesList().stream()
                .anyMatch(c -> c.getType() == FrameworkInfo.Capability.Type.PARTITION_AWARE);
        var details = TaskStatus.newBuilder()
                .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                .setMessage("Reconciliation: task unknown to the agent");
        TaskState state = partitionAware ? TaskState.TASK_DROPPED : TaskState.TASK_LOST;
        TaskStatus status = ownStatus(task, state, details).build();
        holdings.add(framework);
        holdings.add(new KnownTask(framework.getId(), status, "*", Resources.NONE));
        master.reached(framework.getId(), status);
        updates.add(framework.getId(), status);
    }

    /** Ends one executor with all its tasks; an unknown one is ignored. */
    public void shutdown(FrameworkID framework, ExecutorID executor) {
        var key = new ExecutorKey(framework, executor);
        if (starting.containsKey(key)) {
            cancelStart(key);
        } else if (executors.containsKey(key)) {
            executors.get(key).shutdown();
        }
    }

    /** Ends all executors of a framework that is gone: nobody will acknowledge what they report. */
    public void remove(FrameworkID framework) {
        abandon(framework);
        updates.drop(framework);
        holdings.forget(framework);
    }

    private void abandon(FrameworkID framework) {
        for (var entry : List.copyOf(executors.entrySet())) {
            if (entry.getKey().framework().equals(framework)) {
                abandoned.add(entry.getKey());
                shutdown(framework, entry.getKey().executor());
            }
        }
    }

    /** The cluster does not want this agent any more: everything ends, and nobody hears of it. */
    public void retire() {
        registration().frameworks().forEach(framework -> remove(framework.getId()));
    }

    /** Ends every task; the master hears when the last executor has gone. */
    public void drain(Drain how) {
        drain = Optional.of(how);
        for (var entry : List.copyOf(executors.entrySet())) {
            if (starting.containsKey(entry.getKey())) {
                cancelStart(entry.getKey());
            } else {
                entry.getValue().drain(how.longestGrace(), how.markGone());
            }
        }
        checkDrained();
    }

    /** Takes tasks again. */
    public void reactivate() {
        drain = Optional.empty();
    }

    private void checkDrained() {
        if (drain.isPresent() && executors.isEmpty()) {
            master.drained(id());
        }
    }

    public void acknowledge(FrameworkID framework, TaskID task, ByteString uuid) {
        updates.acknowledge(framework, task, uuid).ifPresent(status -> {
            if (TaskStates.isTerminal(status.getState())) {
                holdings.forget(framework, task);
                master.completed(framework, task);
            }
        });
    }

    /** Sends again what a framework that has subscribed anew may have missed. */
    public void resend(FrameworkID framework) {
        updates.resend(framework);
    }

    /** Sends again what a master that this agent has registered with anew may have missed. */
    public void resendAll() {
        updates.resendAll();
    }
}
