package io.muster.localmesos.master;

import io.muster.localmesos.loop.EventLoop;
import io.muster.localmesos.resources.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource.AllocationInfo;
import org.apache.mesos.v1.scheduler.Protos.Event;

/**
 * Offers what is free, each agent's to the roles and frameworks that want it, those with the smallest share first. At
 * each interval, and at once what an agent has new: cost follows the change.
 */
final class Allocator {
    /** Mesos offers nothing smaller: with less than both, nothing can run. */
    private static final long LEAST_CPUS = 10;

    private static final long LEAST_MEM = 32_000;

    private final MasterState state;
    private final EventLoop loop;
    private final Supplier<BitSet> busyPorts;
    private final Shares shares;
    /** Agents with something new; of no interest while all are to be looked at. */
    private final Set<AgentID> candidates = new LinkedHashSet<>();

    private boolean all;
    private boolean due;
    private boolean stopped;

    Allocator(MasterState state, Supplier<BitSet> busyPorts) {
        this.state = state;
        this.loop = state.loop();
        this.busyPorts = busyPorts;
        this.shares = new Shares(state);
    }

    void start(Duration interval) {
        loop.schedule(interval, () -> {
            if (!stopped) {
                allocate(state.agents().values());
                start(interval);
            }
        });
    }

    void stop() {
        stopped = true;
    }

    /** Allocates what all agents have, after what is being done now; many wishes in a row make one allocation. */
    void soon() {
        all = true;
        later();
    }

    /** The same for one agent. */
    void soon(AgentID agent) {
        candidates.add(agent);
        later();
    }

    private void later() {
        if (!due) {
            due = true;
            loop.execute(() -> {
                due = false;
                if (!stopped) {
                    allocate(all ? state.agents().values() : known(candidates));
                }
                all = false;
                candidates.clear();
            });
        }
    }

    private List<KnownAgent> known(Collection<AgentID> ids) {
        return ids.stream().map(state.agents()::get).filter(Objects::nonNull).toList();
    }

    private void allocate(Collection<KnownAgent> agents) {
        List<KnownAgent> offerable = agents.stream().filter(this::isOfferable).toList();
        if (offerable.isEmpty() || state.frameworks().values().stream().noneMatch(Framework::isConnected)) {
            return;
        }
        Instant now = loop.now();
        BitSet busy = busyPorts.get();
        Map<Framework, List<Offer>> made = new LinkedHashMap<>();
        for (KnownAgent agent : offerable) {
            Resources left = state.offers().free(agent.id()).withoutPorts(busy);
            for (Shares.Candidate candidate : shares.smallestFirst()) {
                Resources part = left.allocatableTo(candidate.role())
                        .writableIn(candidate.framework().layout());
                if (isEnough(part)
                        && mayUse(candidate.framework(), agent, part)
                        && candidate.framework().wants(agent.id(), candidate.role(), part, now)) {
                    made.computeIfAbsent(candidate.framework(), first -> new ArrayList<>())
                            .add(offer(candidate, agent, part));
                    shares.allocated(candidate);
                    left = left.minus(part);
                }
            }
        }
        made.forEach((framework, list) -> framework.send(Event.newBuilder()
                .setType(Event.Type.OFFERS)
                .setOffers(Event.Offers.newBuilder().addAllOffers(list))
                .build()));
    }

    private boolean isOfferable(KnownAgent agent) {
        return agent.isConnected()
                && state.registry().draining(agent.id()).isEmpty()
                && isEnough(state.offers().free(agent.id()));
    }

    private static boolean isEnough(Resources resources) {
        return resources.amount("cpus") >= LEAST_CPUS || resources.amount("mem") >= LEAST_MEM;
    }

    /** Agents with GPUs and agents of other regions are kept for those who say that they know what these are. */
    private boolean mayUse(Framework framework, KnownAgent agent, Resources part) {
        boolean gpus = agent.total().amount("gpus") > 0 || part.amount("gpus") > 0;
        if (gpus && !framework.has(Capability.Type.GPU_RESOURCES)) {
            return false;
        }
        Optional<DomainInfo> home = state.settings().domain();
        boolean remote = agent.info().hasDomain()
                && !agent.info()
                        .getDomain()
                        .getFaultDomain()
                        .getRegion()
                        .equals(home.map(domain -> domain.getFaultDomain().getRegion())
                                .orElse(null));
        return !remote || framework.has(Capability.Type.REGION_AWARE);
    }

    private Offer offer(Shares.Candidate candidate, KnownAgent agent, Resources part) {
        Framework framework = candidate.framework();
        OfferID id = OfferID.newBuilder().setValue(state.nextOfferId()).build();
        state.offers().offer(new Offers.Outstanding(id, framework.id(), agent.id(), candidate.role(), part));
        var offer = Offer.newBuilder()
                .setId(id)
                .setFrameworkId(framework.id())
                .setAgentId(agent.id())
                .setHostname(agent.info().getHostname())
                .addAllAttributes(agent.info().getAttributesList())
                .addAllExecutorIds(state.offers().executors(agent.id(), framework.id()))
                .setUrl(AgentUrls.of(agent.info()));
        if (agent.info().hasDomain()) {
            offer.setDomain(agent.info().getDomain());
        }
        state.registry().unavailability(agent.id()).ifPresent(offer::setUnavailability);
        if (!framework.has(Capability.Type.MULTI_ROLE)) {
            return offer.addAllResources(part.toProto(framework.layout())).build();
        }
        var allocation = AllocationInfo.newBuilder().setRole(candidate.role()).build();
        return offer.addAllResources(part.toProto(framework.layout(), allocation))
                .setAllocationInfo(allocation)
                .build();
    }
}
