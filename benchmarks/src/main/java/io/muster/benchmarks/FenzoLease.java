package io.muster.benchmarks;

import com.netflix.fenzo.VirtualMachineLease;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.mesos.Protos;

/** What an agent of {@link MatchingTask} has, as Fenzo wants it. */
final class FenzoLease implements VirtualMachineLease {

    private final int agent;
    private final long offered = System.currentTimeMillis();
    private final Map<String, Protos.Attribute> attributes;

    FenzoLease(int agent) {
        this.agent = agent;
        // Fenzo asks maps for null.
        this.attributes = Collections.singletonMap(
                "rack",
                Protos.Attribute.newBuilder()
                        .setName("rack")
                        .setType(Protos.Value.Type.TEXT)
                        .setText(Protos.Value.Text.newBuilder().setValue(MatchingTask.rack(agent)))
                        .build());
    }

    @Override
    public String getId() {
        return "offer-" + agent;
    }

    @Override
    public long getOfferedTime() {
        return offered;
    }

    @Override
    public String hostname() {
        return MatchingTask.host(agent);
    }

    @Override
    public String getVMID() {
        return "vm-" + agent;
    }

    @Override
    public double cpuCores() {
        return MatchingTask.CPUS;
    }

    @Override
    public double memoryMB() {
        return MatchingTask.MEM;
    }

    @Override
    public double networkMbps() {
        return 10_000;
    }

    @Override
    public double diskMB() {
        return MatchingTask.DISK;
    }

    @Override
    public List<Range> portRanges() {
        return List.of(new Range(MatchingTask.FIRST_PORT, MatchingTask.LAST_PORT));
    }

    @Override
    public Protos.Offer getOffer() {
        return Protos.Offer.getDefaultInstance();
    }

    @Override
    public Map<String, Protos.Attribute> getAttributeMap() {
        return attributes;
    }

    @Override
    public Double getScalarValue(String name) {
        return 0.0;
    }

    @Override
    public Map<String, Double> getScalarValues() {
        return Collections.emptyMap();
    }
}
