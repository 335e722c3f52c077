package io.muster.mesos.matching;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.DomainInfo.FaultDomain;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.jspecify.annotations.Nullable;

/** An offer with what is left of it. Changes while instances are placed on it. */
final class OpenOffer {

    private final Offer offer;
    private final Map<Scalar, List<Stock>> scalars = new EnumMap<>(Scalar.class);
    private final List<PortStock> ports = new ArrayList<>();
    private final Set<String> roles;
    private int instances;
    private @Nullable Agent agent;
    private @Nullable Available available;

    OpenOffer(Offer offer) {
        this.offer = offer;
        List<Resource> plain = offer.getResourcesList().stream()
                .filter(OfferedResource::isPlain)
                .toList();
        this.roles =
                Set.copyOf(plain.stream().map(OfferedResource::role).distinct().toList());
        for (Resource resource : plain) {
            if (resource.getName().equals("ports")) {
                ports.add(new PortStock(resource));
            } else {
                Scalar.named(resource.getName())
                        .ifPresent(scalar -> scalars.computeIfAbsent(scalar, _ -> new ArrayList<>())
                                .add(new Stock(resource)));
            }
        }
    }

    String id() {
        return offer.getId().getValue();
    }

    Agent agent() {
        Agent known = agent;
        if (known == null) {
            FaultDomain domain = offer.getDomain().getFaultDomain();
            known = new Agent(
                    offer.getAgentId().getValue(),
                    offer.getHostname(),
                    region().orElse(null),
                    domain.hasZone() ? domain.getZone().getName() : null,
                    attributes());
            agent = known;
        }
        return known;
    }

    Optional<String> region() {
        FaultDomain domain = offer.getDomain().getFaultDomain();
        return domain.hasRegion() ? Optional.of(domain.getRegion().getName()) : Optional.empty();
    }

    /** Of several with one name the first counts. */
    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        for (Attribute attribute : offer.getAttributesList()) {
            attributes.putIfAbsent(attribute.getName(), AttributeText.of(attribute));
        }
        return attributes;
    }

    /** How many instances were placed on it. */
    int instances() {
        return instances;
    }

    /** Whether it has anything for the roles at all. */
    boolean isFor(Demand demand) {
        return available(demand.roles()).anything();
    }

    /** The first amount that it lacks. */
    Optional<Refusal> shortage(Demand demand) {
        Demand.Amounts amounts = available(demand.roles()).amounts();
        for (Scalar scalar : Scalar.ALL) {
            if (amounts.of(scalar) < demand.total().of(scalar)) {
                return Optional.of(scalar.refusal());
            }
        }
        return Optional.empty();
    }

    Optional<PortChoice> choosePorts(Demand demand, RandomGenerator random) {
        if (demand.hostPorts().isEmpty()) {
            return Optional.of(new PortChoice(List.of(), Map.of()));
        }
        List<PortStock> usable =
                ports.stream().filter(stock -> stock.isFor(demand.roles())).toList();
        return PortChoice.choose(demand.hostPorts(), usable, random);
    }

    /** Uses up what one instance asks for, after it was not refused. */
    Allocation take(Demand demand, PortChoice choice) {
        List<Resource> executor = new ArrayList<>(take(demand.executor(), demand.roles()));
        Map<String, List<Resource>> containers = new LinkedHashMap<>();
        demand.containers().forEach((name, amounts) -> containers.put(name, take(amounts, demand.roles())));
        choice.sources().forEach((stock, chosen) -> executor.add(stock.take(chosen)));
        instances++;
        available = null;
        return new Allocation(executor, containers);
    }

    /** All takers share one view of what is left, so that none is promised what another has already. */
    private List<Resource> take(Demand.Amounts amounts, Set<String> allowed) {
        List<Resource> taken = new ArrayList<>();
        for (Scalar scalar : Scalar.ALL) {
            long missing = amounts.of(scalar);
            for (Stock stock : scalars.getOrDefault(scalar, List.of())) {
                long amount = Math.min(missing, stock.leftFor(allowed));
                if (amount > 0) {
                    taken.add(stock.take(amount));
                    missing -= amount;
                }
            }
        }
        return List.copyOf(taken);
    }

    /** Most pods accept the same roles, so the answer is kept until something is taken. */
    private Available available(Set<String> allowed) {
        Available known = available;
        if (known == null || !known.roles().equals(allowed)) {
            known = new Available(
                    allowed,
                    roles.stream().anyMatch(allowed::contains),
                    new Demand.Amounts(
                            left(Scalar.CPUS, allowed),
                            left(Scalar.MEM, allowed),
                            left(Scalar.DISK, allowed),
                            left(Scalar.GPUS, allowed)));
            available = known;
        }
        return known;
    }

    private long left(Scalar scalar, Set<String> allowed) {
        long left = 0;
        for (Stock stock : scalars.getOrDefault(scalar, List.of())) {
            left += stock.leftFor(allowed);
        }
        return left;
    }

    /** What these roles may use. */
    private record Available(Set<String> roles, boolean anything, Demand.Amounts amounts) {}
}
