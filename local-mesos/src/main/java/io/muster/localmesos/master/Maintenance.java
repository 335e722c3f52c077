package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Filters;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.InverseOffer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Agents that will not be available for a while: offers say so, and frameworks that have something there are asked, by
 * inverse offers, again and again, whether they will have left. What they answer is remembered and changes nothing.
 */
final class Maintenance {
    private final MasterState state;
    private final EventLoop loop;
    private final Allocator allocator;
    private final Map<OfferID, Key> outstanding = new LinkedHashMap<>();
    private final Map<Key, Instant> answeredUntil = new HashMap<>();
    private final Map<Key, Boolean> answers = new HashMap<>();

    private record Key(FrameworkID framework, AgentID agent) {}

    Maintenance(MasterState state, Allocator allocator) {
        this.state = state;
        this.loop = state.loop();
        this.allocator = allocator;
    }

    /** Plans when an agent will be unavailable; without a time it is available again. */
    void plan(AgentID agent, Optional<Unavailability> when) {
        when.ifPresentOrElse(
                time -> state.registry().plan(agent, time),
                () -> state.registry().unplan(agent));
        for (var entry : List.copyOf(outstanding.entrySet())) {
            if (entry.getValue().agent().equals(agent)) {
                rescind(entry.getKey(), entry.getValue());
            }
        }
        answeredUntil.keySet().removeIf(key -> key.agent().equals(agent));
        answers.keySet().removeIf(key -> key.agent().equals(agent));
        state.rescindOf(agent);
        allocator.soon();
        loop.execute(this::ask);
    }

    private void rescind(OfferID id, Key key) {
        outstanding.remove(id);
        Framework framework = state.frameworks().get(key.framework());
        if (framework != null) {
            framework.send(Event.newBuilder()
                    .setType(Event.Type.RESCIND_INVERSE_OFFER)
                    .setRescindInverseOffer(
                            Event.RescindInverseOffer.newBuilder().setInverseOfferId(id))
                    .build());
        }
    }

    /** Sends the inverse offers that are due; called at every allocation. */
    void ask() {
        for (AgentID id : state.registry().unavailable()) {
            KnownAgent agent = state.agents().get(id);
            Optional<Unavailability> when = state.registry().unavailability(id);
            if (agent != null && agent.isConnected() && when.isPresent()) {
                state.frameworks().values().stream()
                        .filter(framework -> framework.isConnected() && hasSomethingOn(framework, id))
                        .forEach(framework -> ask(framework, agent, when.get()));
            }
        }
    }

    private boolean hasSomethingOn(Framework framework, AgentID agent) {
        return state.offers().held().entrySet().stream()
                .anyMatch(entry -> entry.getKey().framework().equals(framework.id())
                        && entry.getValue().agent().equals(agent));
    }

    private void ask(Framework framework, KnownAgent agent, Unavailability when) {
        var key = new Key(framework.id(), agent.id());
        boolean answered = answeredUntil.containsKey(key) && loop.now().isBefore(answeredUntil.get(key));
        if (answered || outstanding.containsValue(key)) {
            return;
        }
        var id = OfferID.newBuilder().setValue(state.nextOfferId()).build();
        outstanding.put(id, key);
        framework.send(Event.newBuilder()
                .setType(Event.Type.INVERSE_OFFERS)
                .setInverseOffers(Event.InverseOffers.newBuilder()
                        .addInverseOffers(InverseOffer.newBuilder()
                                .setId(id)
                                .setUrl(AgentUrls.of(agent.info()))
                                .setFrameworkId(framework.id())
                                .setAgentId(agent.id())
                                .setUnavailability(when)))
                .build());
    }

    /** Takes a framework's answer; it is asked again when the filter's time is over. */
    void answer(Framework framework, List<OfferID> ids, boolean accepted, Filters filters) {
        for (OfferID id : ids) {
            Key key = outstanding.get(id);
            if (key != null && key.framework().equals(framework.id())) {
                outstanding.remove(id);
                answers.put(key, accepted);
                answeredUntil.put(key, loop.now().plus(Acceptance.refusal(filters)));
            }
        }
    }

    /** Forgets what a framework was asked: it begins a new subscription, or is gone. */
    void forget(FrameworkID framework) {
        outstanding.values().removeIf(key -> key.framework().equals(framework));
        answeredUntil.keySet().removeIf(key -> key.framework().equals(framework));
    }

    /** What a framework said last of leaving an agent; empty if it has not said anything. */
    Optional<Boolean> answer(FrameworkID framework, AgentID agent) {
        return Optional.ofNullable(answers.get(new Key(framework, agent)));
    }
}
