package io.muster.localmesos.agent;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.AllocationInfo;
import org.apache.mesos.v1.Protos.Value;

/**
 * Amounts of what an agent has. Scalars are counted in thousandths, the precision of Mesos, so that sums are exact;
 * roles are not kept, since an agent here reserves nothing.
 *
 * @param thousandths by resource name; never negative, amounts of zero are left out
 * @param ports the port numbers held; never changed after construction
 */
public record Resources(Map<String, Long> thousandths, BitSet ports) {
    public static final Resources NONE = new Resources(Map.of(), new BitSet());

    private static final int PORTS = 65_536;

    public Resources {
        var kept = new TreeMap<String, Long>();
        thousandths.forEach((name, amount) -> {
            if (amount < 0) {
                throw new IllegalArgumentException("A negative amount of " + name);
            }
            if (amount > 0) {
                kept.put(name, amount);
            }
        });
        thousandths = Map.copyOf(kept);
        ports = (BitSet) ports.clone();
    }

    /** Scalars given in Mesos' units (cores, MiB) and ports from first to last, both included. */
    public static Resources of(double cpus, double mem, double disk, int firstPort, int lastPort) {
        var ports = new BitSet();
        ports.set(firstPort, lastPort + 1);
        return new Resources(Map.of("cpus", exact(cpus), "mem", exact(mem), "disk", exact(disk)), ports);
    }

    /**
     * The sum of the resources.
     *
     * @throws IllegalArgumentException with a text for the framework, if one is no amount that could be offered here
     */
    public static Resources of(List<Resource> resources) {
        var amounts = new LinkedHashMap<String, Long>();
        var ports = new BitSet();
        for (Resource resource : resources) {
            switch (resource.getType()) {
                case SCALAR -> {
                    double value = resource.getScalar().getValue();
                    if (!(value >= 0 && value < 1e12)) {
                        throw new IllegalArgumentException("Invalid scalar resource: " + resource.getName());
                    }
                    amounts.merge(resource.getName(), exact(value), Long::sum);
                }
                case RANGES -> {
                    for (Value.Range range : resource.getRanges().getRangeList()) {
                        if (range.getBegin() < 0 || range.getEnd() >= PORTS || range.getBegin() > range.getEnd()) {
                            throw new IllegalArgumentException("Invalid ranges resource: " + resource.getName());
                        }
                        if (ports.get((int) range.getBegin(), (int) range.getEnd() + 1)
                                        .cardinality()
                                > 0) {
                            throw new IllegalArgumentException("Invalid ranges resource: overlapping ports");
                        }
                        ports.set((int) range.getBegin(), (int) range.getEnd() + 1);
                    }
                }
                case SET, TEXT ->
                    throw new IllegalArgumentException("Unsupported type of resource: " + resource.getName());
            }
        }
        return new Resources(amounts, ports);
    }

    private static long exact(double value) {
        return Math.round(value * 1000);
    }

    /** The amount of a scalar in thousandths. */
    public long amount(String name) {
        return thousandths.getOrDefault(name, 0L);
    }

    public boolean isEmpty() {
        return thousandths.isEmpty() && ports.isEmpty();
    }

    public Resources plus(Resources other) {
        var sum = new TreeMap<>(thousandths);
        other.thousandths.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
        var all = (BitSet) ports.clone();
        all.or(other.ports);
        return new Resources(sum, all);
    }

    /** What is left without the other's; never below zero. */
    public Resources minus(Resources other) {
        var rest = new TreeMap<String, Long>();
        thousandths.forEach((name, amount) -> rest.put(name, Math.max(0, amount - other.amount(name))));
        return new Resources(rest, without(other.ports));
    }

    /** The same amounts without these ports. */
    public Resources withoutPorts(BitSet excluded) {
        return new Resources(thousandths, without(excluded));
    }

    private BitSet without(BitSet excluded) {
        var rest = (BitSet) ports.clone();
        rest.andNot(excluded);
        return rest;
    }

    public boolean contains(Resources other) {
        var foreign = (BitSet) other.ports.clone();
        foreign.andNot(ports);
        return foreign.isEmpty()
                && other.thousandths.entrySet().stream().allMatch(e -> amount(e.getKey()) >= e.getValue());
    }

    /** As an offer lists them, each allocated to a role. */
    public List<Resource> toProto(AllocationInfo allocation) {
        return toProto().stream()
                .map(resource ->
                        resource.toBuilder().setAllocationInfo(allocation).build())
                .toList();
    }

    /** As an offer lists them: ports first, then scalars by name. */
    public List<Resource> toProto() {
        var list = new ArrayList<Resource>();
        if (!ports.isEmpty()) {
            var ranges = Value.Ranges.newBuilder();
            for (int begin = ports.nextSetBit(0); begin >= 0; ) {
                int end = ports.nextClearBit(begin);
                ranges.addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end - 1L));
                begin = ports.nextSetBit(end);
            }
            list.add(resource("ports", Value.Type.RANGES).setRanges(ranges).build());
        }
        new TreeMap<>(thousandths)
                .forEach((name, amount) -> list.add(resource(name, Value.Type.SCALAR)
                        .setScalar(Value.Scalar.newBuilder().setValue(amount / 1000.0))
                        .build()));
        return list;
    }

    private static Resource.Builder resource(String name, Value.Type type) {
        return Resource.newBuilder().setName(name).setType(type);
    }

    /** As Mesos writes them in messages: {@code cpus:0.5; mem:64; ports:[31000-31001]}. */
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        for (Resource resource : toProto()) {
            if (resource.hasScalar()) {
                double value = resource.getScalar().getValue();
                parts.add(resource.getName() + ":" + (value == Math.rint(value) ? "" + (long) value : "" + value));
            } else {
                var ranges = new ArrayList<String>();
                resource.getRanges()
                        .getRangeList()
                        .forEach(range -> ranges.add(range.getBegin() + "-" + range.getEnd()));
                parts.add("ports:[" + String.join(", ", ranges) + "]");
            }
        }
        return String.join("; ", parts);
    }
}
