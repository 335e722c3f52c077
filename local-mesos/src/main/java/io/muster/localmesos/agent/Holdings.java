package io.muster.localmesos.agent;

import io.muster.localmesos.agent.Registration.KnownTask;
import io.muster.localmesos.agent.Registration.LivingExecutor;
import io.muster.localmesos.resources.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;

/** What an agent would tell a master that knows nothing: its frameworks, executors and tasks. */
final class Holdings {
    private final Map<FrameworkID, FrameworkInfo> frameworks = new LinkedHashMap<>();
    private final Map<ExecutorKey, LivingExecutor> executors = new LinkedHashMap<>();
    private final Map<TaskKey, KnownTask> tasks = new LinkedHashMap<>();

    record ExecutorKey(FrameworkID framework, ExecutorID executor) {}

    private record TaskKey(FrameworkID framework, TaskID task) {}

    void add(FrameworkInfo framework) {
        frameworks.put(framework.getId(), framework);
    }

    void add(LivingExecutor executor) {
        executors.put(new ExecutorKey(executor.framework(), executor.executor()), executor);
    }

    void add(KnownTask task) {
        tasks.put(new TaskKey(task.framework(), task.latest().getTaskId()), task);
    }

    /** A task has come to a new state. */
    void reached(FrameworkID framework, TaskStatus status) {
        tasks.computeIfPresent(
                new TaskKey(framework, status.getTaskId()),
                (key, task) -> new KnownTask(framework, status, task.role(), task.resources()));
    }

    Optional<KnownTask> task(FrameworkID framework, TaskID task) {
        return Optional.ofNullable(tasks.get(new TaskKey(framework, task)));
    }

    /** The tasks of one executor that have not ended. */
    List<KnownTask> livingTasks(ExecutorKey executor) {
        return tasks.values().stream()
                .filter(task -> task.framework().equals(executor.framework())
                        && task.latest().getExecutorId().equals(executor.executor())
                        && !TaskStates.isTerminal(task.latest().getState()))
                .toList();
    }

    void forget(FrameworkID framework, TaskID task) {
        tasks.remove(new TaskKey(framework, task));
    }

    void forget(ExecutorKey executor) {
        executors.remove(executor);
    }

    void forget(FrameworkID framework) {
        frameworks.remove(framework);
        tasks.keySet().removeIf(key -> key.framework().equals(framework));
    }

    Registration registration(AgentInfo info, Resources total) {
        return new Registration(
                info,
                total,
                List.copyOf(frameworks.values()),
                List.copyOf(executors.values()),
                List.copyOf(tasks.values()));
    }
}
