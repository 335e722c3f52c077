package io.muster.localmesos.agent;

import com.google.protobuf.ByteString;
import io.muster.localmesos.loop.EventLoop;
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

/** One agent: its executors and the updates of their tasks. All on the loop; where containers run is the runner's. */
public final class Agent {
    private final EventLoop loop;
    private final ContainerRunner runner;
    private final Supplier<UUID> ids;
    private final AgentEvents master;
    private final AgentInfo info;
    private final AgentID id;
    private final Resources total;
    private final StatusUpdates updates;
    private final Map<Key, DefaultExecutor> executors = new LinkedHashMap<>();

    private final Set<Key> abandoned = new HashSet<>();

    private record Key(FrameworkID framework, ExecutorID executor) {}

    /**
     * An agent without executors.
     *
     * @param info its id, its hostname and its attributes
     */
    public Agent(
            EventLoop loop,
            ContainerRunner runner,
            Supplier<UUID> ids,
            AgentEvents master,
            AgentInfo info,
            Resources total) {
        this.loop = loop;
        this.runner = runner;
        this.ids = ids;
        this.master = master;
        this.info = info;
        this.id = info.getId();
        this.total = total;
        this.updates = new StatusUpdates(loop, master::forward);
    }

    public AgentID id() {
        return id;
    }

    public AgentInfo info() {
        return info;
    }

    public Resources total() {
        return total;
    }

    /** Whether such an executor lives here; a second group for it is refused, unlike in a real agent. */
    public boolean hasExecutor(FrameworkID framework, ExecutorID executor) {
        return executors.containsKey(new Key(framework, executor));
    }

    /** Starts the executor and its group, which the master has validated. */
    public void launchGroup(FrameworkInfo framework, String role, ExecutorInfo info, List<TaskInfo> group) {
        FrameworkID frameworkId = framework.getId();
        var key = new Key(frameworkId, info.getExecutorId());
        boolean reportsKilling = framework.getCapabilitiesList().stream()
                .anyMatch(c -> c.getType() == FrameworkInfo.Capability.Type.TASK_KILLING_STATE);
        var executor = new DefaultExecutor(new DefaultExecutor.Context(
                loop,
                runner,
                ids,
                id,
                info,
                role,
                reportsKilling,
                status -> {
                    master.reached(frameworkId, status);
                    if (!abandoned.contains(key)) {
                        updates.add(frameworkId, status);
                    }
                },
                () -> ended(key)));
        executors.put(key, executor);
        executor.launch(group);
    }

    private void ended(Key key) {
        executors.remove(key);
        abandoned.remove(key);
        master.executorEnded(key.framework(), id, key.executor());
    }

    public void kill(FrameworkID framework, TaskID task, Optional<KillPolicy> policy) {
        executors.forEach((key, executor) -> {
            if (key.framework().equals(framework)) {
                executor.kill(task, policy);
            }
        });
    }

    /** Ends one executor with all its tasks; an unknown one is ignored. */
    public void shutdown(FrameworkID framework, ExecutorID id) {
        DefaultExecutor executor = executors.get(new Key(framework, id));
        if (executor != null) {
            executor.shutdown();
        }
    }

    /** Ends all executors of a framework that is gone: nobody will acknowledge what they report. */
    public void remove(FrameworkID framework) {
        for (var entry : List.copyOf(executors.entrySet())) {
            if (entry.getKey().framework().equals(framework)) {
                abandoned.add(entry.getKey());
                entry.getValue().abandon();
            }
        }
        updates.drop(framework);
    }

    public void acknowledge(FrameworkID framework, TaskID task, ByteString uuid) {
        updates.acknowledge(framework, task, uuid).ifPresent(status -> {
            if (TaskStates.isTerminal(status.getState())) {
                master.completed(framework, task);
            }
            DefaultExecutor executor = executors.get(new Key(framework, status.getExecutorId()));
            if (executor != null) {
                executor.acknowledged(status);
            }
        });
    }

    /** Sends again what a framework that has subscribed anew may have missed. */
    public void resend(FrameworkID framework) {
        updates.resend(framework);
    }
}
