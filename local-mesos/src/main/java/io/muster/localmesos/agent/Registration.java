package io.muster.localmesos.agent;

import io.muster.localmesos.resources.Resources;
import java.util.List;
import org.apache.mesos.v1.Protos.AgentInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.TaskStatus;

/**
 * What an agent tells a master when it registers, the first time or again: all that a new master needs to know of it.
 *
 * @param total with reservations and volumes
 * @param frameworks all that have something here
 */
public record Registration(
        AgentInfo info,
        Resources total,
        List<FrameworkInfo> frameworks,
        List<LivingExecutor> executors,
        List<KnownTask> tasks) {

    /** An executor that lives; one of a command task has no resources of its own. */
    public record LivingExecutor(FrameworkID framework, ExecutorID executor, String role, Resources resources) {}

    /**
     * A task that has not ended, or whose end was not acknowledged.
     *
     * @param latest its state now, though the framework may not have been told yet
     */
    public record KnownTask(FrameworkID framework, TaskStatus latest, String role, Resources resources) {}
}
