package io.muster.mesos;

import java.time.Duration;
import java.time.Instant;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.DomainInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.ExecutorID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.AllocationInfo;
import org.apache.mesos.v1.Protos.TimeInfo;
import org.apache.mesos.v1.Protos.Unavailability;
import org.apache.mesos.v1.Protos.Value;
import org.jspecify.annotations.Nullable;

/** An offer as a test needs it, in the layout for frameworks without reservation refinement. */
public final class SampleOffer {

    private final Offer.Builder offer;

    private SampleOffer(String id, String agent) {
        offer = Offer.newBuilder()
                .setId(OfferID.newBuilder().setValue(id))
                .setFrameworkId(FrameworkID.newBuilder().setValue("f-1"))
                .setAgentId(AgentID.newBuilder().setValue(agent))
                .setHostname(agent + ".example");
    }

    private SampleOffer(Offer.Builder offer) {
        this.offer = offer;
    }

    public static SampleOffer of(String id, String agent) {
        return new SampleOffer(id, agent);
    }

    /** This one, and more. */
    public static SampleOffer with(Offer offer) {
        return new SampleOffer(offer.toBuilder());
    }

    /** With 4 cpus, 4 GiB of memory, 10 GiB of disk and the ports from 31000 to 32000. */
    public static Offer roomy(String id, String agent) {
        return of(id, agent)
                .has("cpus", 4)
                .has("mem", 4096)
                .has("disk", 10_240)
                .ports(31_000, 32_000)
                .build();
    }

    public SampleOffer has(String name, double amount) {
        return has(name, amount, "*");
    }

    public SampleOffer has(String name, double amount, String role) {
        return resource(scalar(name, amount, role));
    }

    public SampleOffer ports(long begin, long end) {
        return ports(begin, end, "*");
    }

    public SampleOffer ports(long begin, long end, String role) {
        return resource(portRange(begin, end, role));
    }

    public SampleOffer resource(Resource resource) {
        offer.addResources(resource);
        return this;
    }

    public SampleOffer domain(String region, String zone) {
        offer.setDomain(DomainInfo.newBuilder()
                .setFaultDomain(DomainInfo.FaultDomain.newBuilder()
                        .setRegion(
                                DomainInfo.FaultDomain.RegionInfo.newBuilder().setName(region))
                        .setZone(DomainInfo.FaultDomain.ZoneInfo.newBuilder().setName(zone))));
        return this;
    }

    /** With a maintenance window, which ends if it has a duration. */
    public SampleOffer unavailable(Instant start, @Nullable Duration duration) {
        Unavailability.Builder window = Unavailability.newBuilder()
                .setStart(TimeInfo.newBuilder()
                        .setNanoseconds(Duration.between(Instant.EPOCH, start).toNanos()));
        if (duration != null) {
            window.setDuration(DurationInfo.newBuilder().setNanoseconds(duration.toNanos()));
        }
        offer.setUnavailability(window);
        return this;
    }

    /** Executors of this framework that run on the agent. */
    public SampleOffer executors(String... ids) {
        for (String id : ids) {
            offer.addExecutorIds(ExecutorID.newBuilder().setValue(id));
        }
        return this;
    }

    /** To frameworks of several roles offers say for which role they are. */
    public SampleOffer allocatedTo(String role) {
        offer.setAllocationInfo(AllocationInfo.newBuilder().setRole(role));
        return this;
    }

    public SampleOffer host(String name) {
        offer.setHostname(name);
        return this;
    }

    /** A text attribute. */
    public SampleOffer attribute(String name, String text) {
        return attribute(Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(text))
                .build());
    }

    public SampleOffer attribute(Attribute attribute) {
        offer.addAttributes(attribute);
        return this;
    }

    public Offer build() {
        return offer.build();
    }

    @SuppressWarnings("deprecation") // the layout for frameworks without reservation refinement
    public static Resource scalar(String name, double amount, String role) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .setRole(role)
                .build();
    }

    @SuppressWarnings("deprecation") // as above
    public static Resource portRange(long begin, long end, String role) {
        return Resource.newBuilder()
                .setName("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end)))
                .setRole(role)
                .build();
    }
}
