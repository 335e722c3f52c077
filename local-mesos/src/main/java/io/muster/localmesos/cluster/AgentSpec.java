package io.muster.localmesos.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.apache.mesos.v1.Protos.DomainInfo.FaultDomain;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.ReservationInfo;
import org.apache.mesos.v1.Protos.Value;

/**
 * How an agent looks.
 *
 * @param resources scalars and ranges, statically reserved or not, in the layout with {@code reservations}
 * @param attributes of any kind
 * @param domain the region and zone in which it stands
 */
public record AgentSpec(
        String hostname, List<Resource> resources, List<Attribute> attributes, Optional<DomainInfo> domain) {
    public AgentSpec {
        resources = List.copyOf(resources);
        attributes = List.copyOf(attributes);
    }

    /** An agent with unreserved cpus in cores, memory and disk in MiB, and the ports 31000 to 32000. */
    public static AgentSpec of(String hostname, double cpus, double mem, double disk) {
        return new AgentSpec(hostname, List.of(), List.of(), Optional.empty())
                .with(scalar("cpus", cpus))
                .with(scalar("mem", mem))
                .with(scalar("disk", disk))
                .with(ports(31_000, 32_000));
    }

    public static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    /** Ports from first to last, both included. */
    public static Resource ports(int first, int last) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(first).setEnd(last)))
                .build();
    }

    /** The resource, statically reserved for a role. */
    public static Resource reserved(String role, Resource resource) {
        return resource.toBuilder()
                .addReservations(ReservationInfo.newBuilder()
                        .setType(ReservationInfo.Type.STATIC)
                        .setRole(role))
                .build();
    }

    /** The same with this resource, too. */
    public AgentSpec with(Resource resource) {
        return new AgentSpec(hostname, appended(resources, resource), attributes, domain);
    }

    /** The same without any resource of this name. */
    public AgentSpec without(String name) {
        return new AgentSpec(
                hostname,
                resources.stream()
                        .filter(resource -> !resource.getName().equals(name))
                        .toList(),
                attributes,
                domain);
    }

    /** The same with this attribute, too. */
    public AgentSpec with(Attribute attribute) {
        return new AgentSpec(hostname, resources, appended(attributes, attribute), domain);
    }

    /** The same with an attribute that is a text. */
    public AgentSpec withText(String name, String text) {
        return with(Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(text))
                .build());
    }

    /** The same with an attribute that is a number. */
    public AgentSpec withScalar(String name, double value) {
        return with(Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build());
    }

    /** The same with an attribute that is a range of numbers, both ends included. */
    public AgentSpec withRange(String name, long begin, long end) {
        return with(Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end)))
                .build());
    }

    /** The same with an attribute that is a set of texts. */
    public AgentSpec withSet(String name, String... items) {
        return with(Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.SET)
                .setSet(Value.Set.newBuilder().addAllItem(List.of(items)))
                .build());
    }

    /** The same in this region and zone. */
    public AgentSpec in(String region, String zone) {
        return new AgentSpec(hostname, resources, attributes, Optional.of(domain(region, zone)));
    }

    public static DomainInfo domain(String region, String zone) {
        return DomainInfo.newBuilder()
                .setFaultDomain(FaultDomain.newBuilder()
                        .setRegion(FaultDomain.RegionInfo.newBuilder().setName(region))
                        .setZone(FaultDomain.ZoneInfo.newBuilder().setName(zone)))
                .build();
    }

    private static <T> List<T> appended(List<T> list, T last) {
        var all = new ArrayList<T>(list);
        all.add(last);
        return all;
    }
}
