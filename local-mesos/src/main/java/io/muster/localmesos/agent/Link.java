package io.muster.localmesos.agent;

import java.util.function.Consumer;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * The way between an agent and the master it is registered with. While it is cut, or while there is no master, messages
 * are lost in both directions, and neither side is told. On the loop.
 */
public final class Link implements AgentEvents {
    private @Nullable Agent agent;
    private @Nullable AgentEvents master;
    private boolean cut;

    /** Lays the agent's end; called once, before anything is sent. */
    public void attach(Agent end) {
        agent = end;
    }

    /** Leads to this master from now on, or to none. */
    public void leadTo(@Nullable AgentEvents newMaster) {
        master = newMaster;
    }

    /** Loses all messages from now on, or no longer. */
    public void setCut(boolean isCut) {
        cut = isCut;
    }

    public boolean isCut() {
        return cut;
    }

    /** A message from the master to the agent. */
    public void toAgent(Consumer<Agent> message) {
        Agent receiver = agent;
        if (!cut && receiver != null) {
            message.accept(receiver);
        }
    }

    private void toMaster(Consumer<AgentEvents> message) {
        AgentEvents receiver = master;
        if (!cut && receiver != null) {
            message.accept(receiver);
        }
    }

    @Override
    public void reached(FrameworkID framework, TaskStatus status) {
        toMaster(to -> to.reached(framework, status));
    }

    @Override
    public void forward(FrameworkID framework, TaskStatus status) {
        toMaster(to -> to.forward(framework, status));
    }

    @Override
    public void completed(FrameworkID framework, TaskID task) {
        toMaster(to -> to.completed(framework, task));
    }

    @Override
    public void executorEnded(FrameworkID framework, AgentID agentId, ExecutorID executor, int waitStatus) {
        toMaster(to -> to.executorEnded(framework, agentId, executor, waitStatus));
    }

    @Override
    public void drained(AgentID agentId) {
        toMaster(to -> to.drained(agentId));
    }
}
