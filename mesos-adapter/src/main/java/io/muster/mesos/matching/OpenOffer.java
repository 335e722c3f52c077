package io.muster.mesos.matching;

import io.muster.deploy.cluster.Agent;
import io.muster.pods.model.Volume;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Disks disks;
    private final Set<String> roles;
    private final @Nullable MaintenanceWindow maintenance;
    private final @Nullable String region;
    private int instances;
    private @Nullable Agent agent;
    private @Nullable Available available;

    OpenOffer(Offer offer) {
        this(
                offer,
                offer.getResourcesList().stream()
                        .filter(resource ->
                                OfferedResource.isPlain(resource) && OfferedResource.isAllocatedWith(offer, resource))
                        .toList(),
                Disks.of(offer.getResourcesList().stream()
                        .filter(resource -> OfferedResource.isAllocatedWith(offer, resource))
                        .toList()));
    }

    /** @param plain those that may be used, without disks of their own */
    OpenOffer(Offer offer, List<Resource> plain, Disks disks) {
        this.offer = offer;
        this.disks = disks;
        this.roles =
                Set.copyOf(plain.stream().map(OfferedResource::role).distinct().toList());
        for (Resource resource : plain) {
            if (resource.getName().equals("ports")) {
                ports.add(new PortStock(resource));
            } else {
                Scalar.named(resource.getName())
                        .ifPresent(scalar -> scalars.computeIfAbsent(scalar, _ -> new ArrayList<>())
                                .add(new Stock(scalar, resource)));
            }
        }
        FaultDomain domain = offer.getDomain().getFaultDomain();
        this.region = domain.hasRegion() ? domain.getRegion().getName() : null;
        this.maintenance = offer.hasUnavailability() ? MaintenanceWindow.of(offer.getUnavailability()) : null;
    }

    String id() {
        return offer.getId().getValue();
    }

    /** As it came. */
    Offer source() {
        return offer;
    }

    String agentId() {
        return offer.getAgentId().getValue();
    }

    Agent agent() {
        Agent known = agent;
        if (known == null) {
            FaultDomain domain = offer.getDomain().getFaultDomain();
            known = new Agent(
                    offer.getAgentId().getValue(),
                    offer.getHostname(),
                    region,
                    domain.hasZone() ? domain.getZone().getName() : null,
                    attributes());
            agent = known;
        }
        return known;
    }

    Optional<String> region() {
        return Optional.ofNullable(region);
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

    /** How many executors of this framework run on its agent. */
    int executors() {
        return offer.getExecutorIdsCount();
    }

    /** Null where none is planned. */
    @Nullable
    MaintenanceWindow maintenance() {
        return maintenance;
    }

    /** For which it has something. */
    Set<String> roles() {
        return roles;
    }

    /** Whether it has anything for the roles at all. */
    boolean isFor(Set<String> accepted) {
        return available(accepted).anything();
    }

    /** What is left for these roles. */
    Demand.Amounts left(Set<String> accepted) {
        return available(accepted).amounts();
    }

    /** What is left of one amount, for whomever; in thousandths. */
    long left(Scalar scalar) {
        long left = 0;
        for (Stock stock : scalars.getOrDefault(scalar, List.of())) {
            left += stock.left();
        }
        return left;
    }

    /** The most of one amount that is left in one piece for these roles; in thousandths. */
    long largest(Scalar scalar, Set<String> allowed) {
        return scalars.getOrDefault(scalar, List.of()).stream()
                .mapToLong(stock -> stock.leftFor(allowed))
                .max()
                .orElse(0);
    }

    /** Ports that are left for these roles. */
    List<PortStock> portsFor(Set<String> accepted) {
        List<PortStock> usable = new ArrayList<>(ports.size());
        for (PortStock stock : ports) {
            if (stock.isFor(accepted)) {
                usable.add(stock);
            }
        }
        return usable;
    }

    /** Uses up what one instance asks for, after it was not refused. */
    Allocation take(Demand demand, PortChoice choice) {
        Map<String, Resource> volumes = new LinkedHashMap<>();
        demand.volumes()
                .forEach((name, size) -> volumes.put(
                        name, takeWhole(Scalar.DISK, size, demand.whole().roles())));
        volumes.putAll(disks.take(demand.whole().disks()));
        List<Resource> executor =
                new ArrayList<>(take(demand.executor(), demand.whole().roles()));
        Map<String, List<Resource>> containers = new LinkedHashMap<>();
        demand.containers()
                .forEach((name, amounts) ->
                        containers.put(name, take(amounts, demand.whole().roles())));
        choice.sources().forEach((stock, chosen) -> executor.add(stock.take(chosen)));
        instances++;
        available = null;
        return new Allocation(executor, containers, volumes);
    }

    /** The first of these volumes that there is no disk for. */
    Optional<Volume.Persistent> withoutDisk(List<Volume.Persistent> volumes) {
        return disks.missing(volumes);
    }

    /** A volume comes from one resource; Mesos offers what is alike as one. */
    private Resource takeWhole(Scalar scalar, long amount, Set<String> allowed) {
        return scalars.getOrDefault(scalar, List.of()).stream()
                .max(Comparator.comparingLong(stock -> stock.leftFor(allowed)))
                .orElseThrow()
                .take(amount);
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
