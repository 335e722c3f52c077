package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent.Drain;
import org.apache.mesos.v1.Protos.AgentID;

/** Agents that an operator wants free of tasks: nothing is offered of them, and what runs there is ended. */
final class Draining {
    private final MasterState state;
    private final Membership membership;
    private final Allocator allocator;

    Draining(MasterState state, Membership membership, Allocator allocator) {
        this.state = state;
        this.membership = membership;
        this.allocator = allocator;
    }

    void drain(AgentID id, Drain how) {
        state.registry().drain(id, how);
        state.rescindOf(id);
        KnownAgent agent = state.agents().get(id);
        if (agent != null) {
            agent.link().toAgent(to -> to.drain(how));
        }
    }

    /** No executor is left on the agent: if it was to go for good, it goes now. */
    void drained(AgentID id) {
        if (state.registry().draining(id).filter(Drain::markGone).isPresent()) {
            membership.markGone(id);
        }
    }

    void reactivate(AgentID id) {
        state.registry().reactivate(id);
        KnownAgent agent = state.agents().get(id);
        if (agent != null) {
            agent.link().toAgent(to -> to.reactivate());
        }
        allocator.soon();
    }
}
