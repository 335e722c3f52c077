package io.muster.localmesos.master;

import io.muster.localmesos.resources.Conversion;
import io.muster.localmesos.resources.Resources;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.OfferID;

/** Who has which resources: tasks and executors, outstanding offers, or nobody. On the loop. */
final class Offers {
    private final Map<AgentID, Resources> free = new HashMap<>();
    private final Map<Holder, Held> held = new LinkedHashMap<>();
    /** Those among the holders that are executors; oldest first. */
    private final Map<AgentID, Set<Holder>> executors = new HashMap<>();

    private final Map<OfferID, Outstanding> outstanding = new LinkedHashMap<>();

    /** Resources of an agent that one framework may use for one of its roles until it answers. */
    record Outstanding(OfferID id, FrameworkID framework, AgentID agent, String role, Resources resources) {}

    /** A task or an executor, by its id. */
    record Holder(FrameworkID framework, Kind kind, String id) {
        enum Kind {
            TASK,
            EXECUTOR
        }
    }

    /** What a holder has of an agent, and for which role. */
    record Held(AgentID agent, String role, Resources resources) {}

    /** An agent of which nobody has anything. */
    void add(AgentID agent, Resources total) {
        free.put(agent, total);
    }

    /** Forgets the agent and all that anybody has of it; its outstanding offers must be closed before. */
    void remove(AgentID agent) {
        free.remove(agent);
        executors.remove(agent);
        held.values().removeIf(one -> one.agent().equals(agent));
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

    /** All that nobody has answered; oldest first. */
    List<Outstanding> outstanding() {
        return List.copyOf(outstanding.values());
    }

    /** Ends an offer: what it held is free. */
    void close(Outstanding offer) {
        if (outstanding.remove(offer.id()) != null) {
            giveBack(offer.agent(), offer.resources());
        }
    }

    /** Ends all offers of a framework. */
    void closeAll(FrameworkID framework) {
        for (Outstanding offer : outstanding()) {
            if (offer.framework().equals(framework)) {
                close(offer);
            }
        }
    }

    /** Takes what must be free for a holder that has nothing yet. */
    void hold(Holder holder, AgentID agent, String role, Resources resources) {
        held.put(holder, new Held(agent, role, resources));
        if (holder.kind() == Holder.Kind.EXECUTOR) {
            executors.computeIfAbsent(agent, first -> new LinkedHashSet<>()).add(holder);
        }
        take(agent, resources);
    }

    /** Gives back what the holder had; false if it had nothing (any more). */
    boolean release(Holder holder) {
        Held had = held.remove(holder);
        if (had == null) {
            return false;
        }
        executors.computeIfPresent(
                had.agent(), (agent, there) -> there.remove(holder) && there.isEmpty() ? null : there);
        giveBack(had.agent(), had.resources());
        return true;
    }

    /** What tasks and executors have, of all agents. */
    Map<Holder, Held> held() {
        return Map.copyOf(held);
    }

    /** The executors that a framework has on an agent; oldest first. */
    List<ExecutorID> executors(AgentID agent, FrameworkID framework) {
        return executors.getOrDefault(agent, Set.of()).stream()
                .filter(holder -> holder.framework().equals(framework))
                .map(holder -> ExecutorID.newBuilder().setValue(holder.id()).build())
                .toList();
    }

    /** Makes something else of free resources. */
    void convert(AgentID agent, Conversion conversion) {
        take(agent, conversion.consumed());
        giveBack(agent, conversion.converted());
    }

    private void take(AgentID agent, Resources resources) {
        free.computeIfPresent(agent, (id, left) -> left.minus(resources));
    }

    private void giveBack(AgentID agent, Resources resources) {
        free.computeIfPresent(agent, (id, left) -> left.plus(resources));
    }
}
