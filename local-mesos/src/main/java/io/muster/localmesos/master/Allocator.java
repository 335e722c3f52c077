package io.muster.localmesos.master;

import io.muster.localmesos.agent.Agent;
import io.muster.localmesos.agent.Resources;
import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.Address;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource.AllocationInfo;
import org.apache.mesos.v1.Protos.URL;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Offers what is free: each agent's to the first framework and role that wants it, in an order that turns by one each
 * time, so that all get their share of first looks. At each interval, and at once when there is something new.
 */
final class Allocator {
    /** Mesos offers nothing smaller: with less than both, nothing can run. */
    private static final long LEAST_CPUS = 10;

    private static final long LEAST_MEM = 32_000;

    private final String masterId;
    private final EventLoop loop;
    private final Offers offers;
    private final Map<FrameworkID, Framework> frameworks;
    private final Supplier<BitSet> busyPorts;
    private long nextOffer;
    private int turn;
    private boolean due;

    private record Candidate(Framework framework, String role) {}

    Allocator(
            String masterId,
            EventLoop loop,
            Offers offers,
            Map<FrameworkID, Framework> frameworks,
            Supplier<BitSet> busyPorts) {
        this.masterId = masterId;
        this.loop = loop;
        this.offers = offers;
        this.frameworks = frameworks;
        this.busyPorts = busyPorts;
    }

    void start(Duration interval) {
        loop.schedule(interval, () -> {
            allocate();
            start(interval);
        });
    }

    /** Allocates after what is being done now; many wishes in a row make one allocation. */
    void soon() {
        if (!due) {
            due = true;
            loop.execute(() -> {
                due = false;
                allocate();
            });
        }
    }

    private void allocate() {
        List<Candidate> candidates = candidates();
        List<Agent> offerable =
                offers.agents().stream().filter(agent -> isWorthIt(agent)).toList();
        if (candidates.isEmpty() || offerable.isEmpty()) {
            return;
        }
        Instant now = loop.now();
        BitSet busy = busyPorts.get();
        Map<Framework, List<Offer>> made = new LinkedHashMap<>();
        for (Agent agent : offerable) {
            Resources free = offers.free(agent.id()).withoutPorts(busy);
            candidates.stream()
                    .filter(candidate -> candidate.framework().wants(agent.id(), candidate.role(), free, now))
                    .findFirst()
                    .ifPresent(candidate -> made.computeIfAbsent(candidate.framework(), first -> new ArrayList<>())
                            .add(offer(candidate, agent, free)));
        }
        turn++;
        made.forEach((framework, list) -> framework.send(Event.newBuilder()
                .setType(Event.Type.OFFERS)
                .setOffers(Event.Offers.newBuilder().addAllOffers(list))
                .build()));
    }

    private boolean isWorthIt(Agent agent) {
        Resources free = offers.free(agent.id());
        return free.amount("cpus") >= LEAST_CPUS || free.amount("mem") >= LEAST_MEM;
    }

    private List<Candidate> candidates() {
        var candidates = new ArrayList<Candidate>();
        for (Framework framework : frameworks.values()) {
            if (framework.isConnected()) {
                Framework.roles(framework.info()).forEach(role -> candidates.add(new Candidate(framework, role)));
            }
        }
        Collections.rotate(candidates, turn);
        return candidates;
    }

    private Offer offer(Candidate candidate, Agent agent, Resources free) {
        Framework framework = candidate.framework();
        OfferID id =
                OfferID.newBuilder().setValue(masterId + "-O" + nextOffer++).build();
        offers.offer(new Offers.Outstanding(id, framework.id(), agent.id(), candidate.role(), free));
        var allocation = AllocationInfo.newBuilder().setRole(candidate.role()).build();
        boolean multiRole = framework.has(Capability.Type.MULTI_ROLE);
        var offer = Offer.newBuilder()
                .setId(id)
                .setFrameworkId(framework.id())
                .setAgentId(agent.id())
                .setHostname(agent.info().getHostname())
                .addAllAttributes(agent.info().getAttributesList())
                .setUrl(URL.newBuilder()
                        .setScheme("http")
                        .setAddress(Address.newBuilder()
                                .setHostname(agent.info().getHostname())
                                .setIp("127.0.0.1")
                                .setPort(5051))
                        .setPath("/slave(1)"));
        return multiRole
                ? offer.addAllResources(free.toProto(allocation))
                        .setAllocationInfo(allocation)
                        .build()
                : offer.addAllResources(free.toProto()).build();
    }
}
