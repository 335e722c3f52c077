package io.muster.localmesos.master;

import java.time.Instant;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.TimeInfo;

/** The statuses a master makes up itself: none has a uuid, so none is acknowledged. Pure. */
final class Statuses {
    private Statuses() {}

    /** A task that was refused. */
    static TaskStatus error(TaskInfo task, TaskStatus.Reason reason, String message, Instant now) {
        return master(task.getTaskId(), now)
                .setAgentId(task.getAgentId())
                .setState(TaskState.TASK_ERROR)
                .setReason(reason)
                .setMessage(message)
                .build();
    }

    /** A task whose offers were not valid. */
    static TaskStatus dropped(Framework framework, TaskInfo task, String objection, Instant now) {
        return master(task.getTaskId(), now)
                .setAgentId(task.getAgentId())
                .setState(orLost(framework, TaskState.TASK_DROPPED))
                .setReason(TaskStatus.Reason.REASON_INVALID_OFFERS)
                .setMessage("Task launched with invalid offers: " + objection)
                .build();
    }

    /** A task whose agent was offered, and cannot be reached any more. */
    static TaskStatus agentDisconnected(Framework framework, TaskInfo task, Instant now) {
        return master(task.getTaskId(), now)
                .setAgentId(task.getAgentId())
                .setState(orLost(framework, TaskState.TASK_DROPPED))
                .setReason(TaskStatus.Reason.REASON_AGENT_DISCONNECTED)
                .setMessage("Task launched with invalid offers: Agent "
                        + task.getAgentId().getValue() + " disconnected")
                .build();
    }

    /** The answer for a task the framework has: its latest status without uuid and data. */
    static TaskStatus reconciled(TaskStatus latest, Instant now) {
        return latest.toBuilder()
                .mergeFrom(master(latest.getTaskId(), now)
                        .setState(latest.getState())
                        .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                        .setMessage("Reconciliation: Latest task state")
                        .build())
                .clearUuid()
                .clearData()
                .build();
    }

    /** The answer for a task nobody knows. */
    static TaskStatus.Builder unknown(Framework framework, TaskID task, TaskState state, String what, Instant now) {
        return master(task, now)
                .setReason(TaskStatus.Reason.REASON_RECONCILIATION)
                .setState(orLost(framework, state))
                .setMessage("Reconciliation: Task is " + what);
    }

    /** The end, or what may be the end, of a task whose agent the master has given up. */
    static TaskStatus.Builder agentLost(TaskStatus latest, TaskState state, String message, Instant now) {
        return master(latest.getTaskId(), now)
                .setAgentId(latest.getAgentId())
                .setExecutorId(latest.getExecutorId())
                .setState(state)
                .setMessage(message);
    }

    /** A task that lives after all: its agent has come back. */
    static TaskStatus returned(TaskStatus latest, Instant now) {
        return reconciled(latest, now).toBuilder()
                .setReason(TaskStatus.Reason.REASON_AGENT_REREGISTERED)
                .setMessage("Unreachable agent re-reregistered")
                .build();
    }

    static TimeInfo time(Instant instant) {
        return TimeInfo.newBuilder()
                .setNanoseconds(instant.getEpochSecond() * 1_000_000_000L + instant.getNano())
                .build();
    }

    /** What frameworks that know nothing of partitions are told instead. */
    static TaskState orLost(Framework framework, TaskState state) {
        return framework.has(Capability.Type.PARTITION_AWARE) ? state : TaskState.TASK_LOST;
    }

    private static TaskStatus.Builder master(TaskID task, Instant now) {
        return TaskStatus.newBuilder()
                .setTaskId(task)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setTimestamp(now.getEpochSecond() + now.getNano() / 1e9);
    }
}
