package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.Resources;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.OfferID;

/** Who has which resources: tasks and executors, outstanding offers, or nobody. On the loop. */
final class Offers {
    private final Map<AgentID, Agent> agents = new LinkedHashMap<>();
    private final Map<AgentID, Resources> free = new HashMap<>();
    private final Map<Holder, Held> held = new HashMap<>();
    private final Map<OfferID, Outstanding> outstanding = new LinkedHashMap<>();

    /** Resources that one framework may use until it answers; the agent's only offer. */
    record Outstanding(OfferID id, FrameworkID framework, AgentID agent, String role, Resources resources) {}

    /** A task or an executor, by its id. */
    record Holder(FrameworkID framework, Kind kind, String id) {
        enum Kind {
            TASK,
            EXECUTOR
        }
    }

    private record Held(AgentID agent, Resources resources) {}

    void add(Agent agent) {
        agents.put(agent.id(), agent);
        free.put(agent.id(), agent.total());
    }

    Optional<Agent> agent(AgentID id) {
        return Optional.ofNullable(agents.get(id));
    }

    List<Agent> agents() {
        return List.copyOf(agents.values());
    }

    /** What neither runs nor is offered on the agent. */
    Resources free(AgentID agent) {
        return free.getOrDefault(agent, Resources.NONE);
    }

    void offer(Outstanding offer) {
        outstanding.put(offer.id(), offer);
        take(offer.agent(), offer.resources());
    }

    /** An offer that is still valid for the framework. */
    Optional<Outstanding> find(OfferID id, FrameworkID framework) {
        return Optional.ofNullable(outstanding.get(id))
                .filter(offer -> offer.framework().equals(framework));
    }

    /** Ends an offer: what it held is free. */
    void close(Outstanding offer) {
        if (outstanding.remove(offer.id()) != null) {
            giveBack(offer.agent(), offer.resources());
        }
    }

    /** Ends all offers of a framework. */
    void closeAll(FrameworkID framework) {
        for (Outstanding offer : List.copyOf(outstanding.values())) {
            if (offer.framework().equals(framework)) {
                close(offer);
            }
        }
    }

    /** Takes what must be free for a holder that has nothing yet. */
    void hold(Holder holder, AgentID agent, Resources resources) {
        held.put(holder, new Held(agent, resources));
        take(agent, resources);
    }

    /** Gives back what the holder had; false if it had nothing (any more). */
    boolean release(Holder holder) {
        Held had = held.remove(holder);
        if (had == null) {
            return false;
        }
        giveBack(had.agent(), had.resources());
        return true;
    }

    private void take(AgentID agent, Resources resources) {
        free.computeIfPresent(agent, (id, left) -> left.minus(resources));
    }

    private void giveBack(AgentID agent, Resources resources) {
        free.computeIfPresent(agent, (id, left) -> left.plus(resources));
    }
}
