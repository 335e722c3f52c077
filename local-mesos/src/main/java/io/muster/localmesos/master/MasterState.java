package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.master.Offers.Outstanding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.scheduler.Protos.Event;

/** What one master knows, shared by those who act on it. On the loop. */
final class MasterState {
    private final Master.Settings settings;
    private final EventLoop loop;
    private final Registry registry;
    private final Offers offers = new Offers();
    private final Map<AgentID, KnownAgent> agents = new LinkedHashMap<>();
    private final Map<FrameworkID, Framework> frameworks = new LinkedHashMap<>();
    private long nextOffer;

    MasterState(Master.Settings settings, EventLoop loop, Registry registry) {
        this.settings = settings;
        this.loop = loop;
        this.registry = registry;
    }

    Master.Settings settings() {
        return settings;
    }

    EventLoop loop() {
        return loop;
    }

    Registry registry() {
        return registry;
    }

    Offers offers() {
        return offers;
    }

    Map<AgentID, KnownAgent> agents() {
        return agents;
    }

    Map<FrameworkID, Framework> frameworks() {
        return frameworks;
    }

    /** An agent that the master believes to reach. */
    Optional<KnownAgent> connected(AgentID id) {
        return Optional.ofNullable(agents.get(id)).filter(KnownAgent::isConnected);
    }

    /** The next number for an offer or an inverse offer, which share them. */
    String nextOfferId() {
        return settings.id() + "-O" + nextOffer++;
    }

    /** Takes back what was offered, and tells those it was offered to. */
    void rescind(Predicate<Outstanding> which) {
        List<Outstanding> rescinded =
                offers.outstanding().stream().filter(which).toList();
        for (Outstanding offer : rescinded) {
            offers.close(offer);
            Framework framework = frameworks.get(offer.framework());
            if (framework != null) {
                framework.send(Event.newBuilder()
                        .setType(Event.Type.RESCIND)
                        .setRescind(Event.Rescind.newBuilder().setOfferId(offer.id()))
                        .build());
            }
        }
    }

    void rescindOf(AgentID agent) {
        rescind(offer -> offer.agent().equals(agent));
    }
}
