package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent.Drain;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Unavailability;

/** What outlives a master, and its successor reads: which agents there are, and what operators said of them. */
public final class Registry {
    private final Set<AgentID> admitted = new HashSet<>();
    private final Map<AgentID, Instant> unreachable = new LinkedHashMap<>();
    private final Set<AgentID> gone = new HashSet<>();
    private final Map<AgentID, Drain> draining = new HashMap<>();
    private final Map<AgentID, Unavailability> unavailable = new LinkedHashMap<>();

    void admit(AgentID agent) {
        admitted.add(agent);
        unreachable.remove(agent);
    }

    /** The agent left in good order, and will not be known when it is asked for. */
    void remove(AgentID agent) {
        admitted.remove(agent);
        unreachable.remove(agent);
        draining.remove(agent);
        unavailable.remove(agent);
    }

    void markUnreachable(AgentID agent, Instant since) {
        admitted.remove(agent);
        unreachable.put(agent, since);
    }

    void markGone(AgentID agent) {
        remove(agent);
        gone.add(agent);
    }

    Set<AgentID> admitted() {
        return Set.copyOf(admitted);
    }

    boolean isAdmitted(AgentID agent) {
        return admitted.contains(agent);
    }

    boolean isGone(AgentID agent) {
        return gone.contains(agent);
    }

    /** Since when the agent is unreachable; empty if it is not. */
    Optional<Instant> unreachableSince(AgentID agent) {
        return Optional.ofNullable(unreachable.get(agent));
    }

    void drain(AgentID agent, Drain how) {
        draining.put(agent, how);
    }

    void reactivate(AgentID agent) {
        draining.remove(agent);
    }

    Optional<Drain> draining(AgentID agent) {
        return Optional.ofNullable(draining.get(agent));
    }

    void plan(AgentID agent, Unavailability when) {
        unavailable.put(agent, when);
    }

    void unplan(AgentID agent) {
        unavailable.remove(agent);
    }

    Optional<Unavailability> unavailability(AgentID agent) {
        return Optional.ofNullable(unavailable.get(agent));
    }

    Set<AgentID> unavailable() {
        return Set.copyOf(unavailable.keySet());
    }
}
