package io.muster.localmesos.agent;

import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;

/** What an agent tells its master; called on the loop. */
public interface AgentEvents {
    /** A task is in this state now, though earlier updates of it may still wait for their acknowledgement. */
    void reached(FrameworkID framework, TaskStatus status);

    /** An update to be passed to the framework; it comes again until it is acknowledged. */
    void forward(FrameworkID framework, TaskStatus status);

    /** The last update of a task is acknowledged; the agent has forgotten it. */
    void completed(FrameworkID framework, TaskID task);

    /** An executor ended and its containers with it; the status is that of waitpid, 0 for a clean end. */
    void executorEnded(FrameworkID framework, AgentID agent, ExecutorID executor, int waitStatus);

    /** An agent that is being drained has no executor any more. */
    void drained(AgentID agent);
}
