package io.muster.localmesos.master;

import java.time.Instant;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;

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

    /** The answer for a task nobody knows: an agent that is here would know it, any other might have. */
    static TaskStatus unknown(Framework framework, TaskID task, AgentID agent, boolean agentIsRegistered, Instant now) {
        TaskStatus.Builder status = master(task, now).setReason(TaskStatus.Reason.REASON_RECONCILIATION);
        if (!agent.getValue().isEmpty()) {
            status.setAgentId(agent);
        }
        return agentIsRegistered
                ? status.setState(orLost(framework, TaskState.TASK_GONE))
                        .setMessage("Reconciliation: Task is unknown to the agent")
                        .build()
                : status.setState(orLost(framework, TaskState.TASK_UNKNOWN))
                        .setMessage("Reconciliation: Task is unknown")
                        .build();
    }

    private static TaskState orLost(Framework framework, TaskState state) {
        return framework.has(Capability.Type.PARTITION_AWARE) ? state : TaskState.TASK_LOST;
    }

    private static TaskStatus.Builder master(TaskID task, Instant now) {
        return TaskStatus.newBuilder()
                .setTaskId(task)
                .setSource(TaskStatus.Source.SOURCE_MASTER)
                .setTimestamp(now.getEpochSecond() + now.getNano() / 1e9);
    }
}
