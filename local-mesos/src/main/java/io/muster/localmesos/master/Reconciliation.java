package io.muster.localmesos.master;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.scheduler.Protos.Call;

/** What the master answers to those who ask for tasks. On the loop. */
final class Reconciliation {
    private final MasterState state;

    Reconciliation(MasterState state) {
        this.state = state;
    }

    /** Answers for each task that is asked for; for all that are known if none is. */
    void reconcile(Framework framework, List<Call.Reconcile.Task> tasks) {
        Instant now = state.loop().now();
        if (tasks.isEmpty()) {
            framework.tasks().forEach(status -> framework.send(Statuses.reconciled(status, now)));
        }
        for (Call.Reconcile.Task task : tasks) {
            Optional<TaskStatus> known = framework.task(task.getTaskId());
            if (known.isPresent()) {
                framework.send(Statuses.reconciled(known.get(), now));
            } else {
                answerUnknown(framework, task.getTaskId(), task.getAgentId());
            }
        }
    }

    /**
     * Answers for a task nobody knows, by what is known of its agent. One that this master expects to come back may yet
     * tell of the task: nothing is answered for it, nor, while any such is expected, for a task without an agent.
     */
    void answerUnknown(Framework framework, TaskID task, AgentID agent) {
        Instant now = state.loop().now();
        Registry registry = state.registry();
        boolean named = !agent.getValue().isEmpty();
        boolean registered = state.agents().containsKey(agent);
        boolean expected = named
                ? registry.isAdmitted(agent) && !registered
                : !state.agents().keySet().containsAll(registry.admitted());
        if (expected) {
            return;
        }
        TaskStatus.Builder answer;
        if (registered) {
            answer = Statuses.unknown(framework, task, TaskState.TASK_GONE, "unknown to the agent", now);
        } else if (registry.unreachableSince(agent).isPresent()) {
            answer = Statuses.unknown(framework, task, TaskState.TASK_UNREACHABLE, "unreachable", now)
                    .setUnreachableTime(
                            Statuses.time(registry.unreachableSince(agent).get()));
        } else if (registry.isGone(agent)) {
            answer = Statuses.unknown(framework, task, TaskState.TASK_GONE_BY_OPERATOR, "gone", now);
        } else {
            answer = Statuses.unknown(framework, task, TaskState.TASK_UNKNOWN, "unknown", now);
        }
        framework.send(named ? answer.setAgentId(agent).build() : answer.build());
    }
}
