package io.muster.localmesos.resources;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.AllocationInfo;
import org.apache.mesos.v1.Protos.Value;

/**
 * Amounts of what an agent has, by pool. Scalars are counted in thousandths, the precision of Mesos, so that sums are
 * exact.
 *
 * @param thousandths of scalars; never negative, amounts of zero are left out
 * @param ranges the numbers held, of ports for instance; empty ones are left out; never changed after construction
 */
public record Resources(Map<Pool, Long> thousandths, Map<Pool, BitSet> ranges) {
    public static final Resources NONE = new Resources(Map.of(), Map.of());

    private static final int NUMBERS = 65_536;

    public Resources {
        var amounts = new TreeMap<Pool, Long>();
        thousandths.forEach((pool, amount) -> {
            if (amount < 0) {
                throw new IllegalArgumentException("A negative amount of " + pool.name());
            }
            if (amount > 0) {
                amounts.put(pool, amount);
            }
        });
        var numbers = new TreeMap<Pool, BitSet>();
        ranges.forEach((pool, held) -> {
            if (!held.isEmpty()) {
                numbers.put(pool, (BitSet) held.clone());
            }
        });
        thousandths = amounts;
        ranges = numbers;
    }

    /** Anybody's: scalars in Mesos' units (cores, MiB) and ports from first to last, both included. */
    public static Resources of(double cpus, double mem, double disk, int firstPort, int lastPort) {
        var ports = new BitSet();
        ports.set(firstPort, lastPort + 1);
        return new Resources(
                Map.of(
                        Pool.unreserved("cpus"), exact(cpus),
                        Pool.unreserved("mem"), exact(mem),
                        Pool.unreserved("disk"), exact(disk)),
                Map.of(Pool.unreserved("ports"), ports));
    }

    /**
     * The sum of the resources.
     *
     * @throws IllegalArgumentException with a text for the framework, if one is no amount that could be offered here
     */
    public static Resources of(List<Resource> resources) {
        var amounts = new TreeMap<Pool, Long>();
        var ranges = new TreeMap<Pool, BitSet>();
        for (Resource resource : resources) {
            Pool pool = Pool.of(resource);
            switch (resource.getType()) {
                case SCALAR -> {
                    double value = resource.getScalar().getValue();
                    if (!(value >= 0 && value < 1e12)) {
                        throw new IllegalArgumentException("Invalid scalar resource: " + resource.getName());
                    }
                    amounts.merge(pool, exact(value), Long::sum);
                }
                case RANGES -> addRanges(resource, ranges.computeIfAbsent(pool, absent -> new BitSet()));
                case SET, TEXT ->
                    throw new IllegalArgumentException("Unsupported type of resource: " + resource.getName());
            }
        }
        return new Resources(amounts, ranges);
    }

    private static void addRanges(Resource resource, BitSet held) {
        for (Value.Range range : resource.getRanges().getRangeList()) {
            if (range.getBegin() < 0 || range.getEnd() >= NUMBERS || range.getBegin() > range.getEnd()) {
                throw new IllegalArgumentException("Invalid ranges resource: " + resource.getName());
            }
            int begin = (int) range.getBegin();
            int next = (int) range.getEnd() + 1;
            if (!held.get(begin, next).isEmpty()) {
                throw new IllegalArgumentException("Invalid ranges resource: overlapping " + resource.getName());
            }
            held.set(begin, next);
        }
    }

    private static long exact(double value) {
        return Math.round(value * 1000);
    }

    /** The amount of a scalar in thousandths, of all pools together. */
    public long amount(String name) {
        return thousandths.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public boolean isEmpty() {
        return thousandths.isEmpty() && ranges.isEmpty();
    }

    public Resources plus(Resources other) {
        var sum = new TreeMap<Pool, Long>(thousandths);
        other.thousandths.forEach((pool, amount) -> sum.merge(pool, amount, Long::sum));
        var all = new TreeMap<Pool, BitSet>(ranges);
        other.ranges.forEach((pool, numbers) -> {
            var both = (BitSet) all.getOrDefault(pool, numbers).clone();
            both.or(numbers);
            all.put(pool, both);
        });
        return new Resources(sum, all);
    }

    /** What is left without the other's; never below zero. */
    public Resources minus(Resources other) {
        var rest = new TreeMap<Pool, Long>(thousandths);
        other.thousandths.forEach(
                (pool, amount) -> rest.computeIfPresent(pool, (same, had) -> Math.max(0, had - amount)));
        var left = new TreeMap<Pool, BitSet>(ranges);
        other.ranges.forEach((pool, numbers) -> left.computeIfPresent(pool, (same, had) -> without(had, numbers)));
        return new Resources(rest, left);
    }

    /** The same amounts without these ports. */
    public Resources withoutPorts(BitSet excluded) {
        var left = new TreeMap<Pool, BitSet>(ranges);
        left.replaceAll((pool, numbers) -> pool.name().equals("ports") ? without(numbers, excluded) : numbers);
        return new Resources(thousandths, left);
    }

    private static BitSet without(BitSet numbers, BitSet excluded) {
        var rest = (BitSet) numbers.clone();
        rest.andNot(excluded);
        return rest;
    }

    /** Whether all of the other is here, pool by pool; a volume is only ever taken whole. */
    public boolean contains(Resources other) {
        return other.thousandths.entrySet().stream().allMatch(wanted -> {
                    long here = thousandths.getOrDefault(wanted.getKey(), 0L);
                    return wanted.getKey().isVolume() ? here == wanted.getValue() : here >= wanted.getValue();
                })
                && other.ranges.entrySet().stream()
                        .allMatch(
                                wanted -> without(wanted.getValue(), ranges.getOrDefault(wanted.getKey(), new BitSet()))
                                        .isEmpty());
    }

    /** What frameworks have reserved, with the volumes made of it. */
    public Resources dynamicallyReserved() {
        return only(Pool::isDynamic);
    }

    /** What these were before frameworks reserved them. */
    public Resources unreserved() {
        return mapPools(Pool::withoutDynamicReservations);
    }

    /** What frameworks of a role may be offered. */
    public Resources allocatableTo(String role) {
        return only(pool -> pool.isAllocatableTo(role));
    }

    /** What can be written in a layout: a reservation within a reservation needs the refined one. */
    public Resources writableIn(Pool.Layout layout) {
        return switch (layout) {
            case REFINED -> this;
            case SINGLE_ROLE -> only(pool -> pool.reservations().size() <= 1);
        };
    }

    /** The same amounts in other pools; what comes together is added. */
    Resources mapPools(UnaryOperator<Pool> other) {
        var amounts = new TreeMap<Pool, Long>();
        thousandths.forEach((pool, amount) -> amounts.merge(other.apply(pool), amount, Long::sum));
        var numbers = new TreeMap<Pool, BitSet>();
        ranges.forEach((pool, held) -> numbers.computeIfAbsent(other.apply(pool), absent -> new BitSet())
                .or(held));
        return new Resources(amounts, numbers);
    }

    private Resources only(Predicate<Pool> kept) {
        var amounts = new TreeMap<Pool, Long>(thousandths);
        amounts.keySet().removeIf(kept.negate());
        var numbers = new TreeMap<Pool, BitSet>(ranges);
        numbers.keySet().removeIf(kept.negate());
        return new Resources(amounts, numbers);
    }

    /** As an offer lists them, each allocated to a role. */
    public List<Resource> toProto(Pool.Layout layout, AllocationInfo allocation) {
        return toProto(layout).stream()
                .map(resource ->
                        resource.toBuilder().setAllocationInfo(allocation).build())
                .toList();
    }

    /** As an offer lists them: ranges first, then scalars. */
    public List<Resource> toProto(Pool.Layout layout) {
        var list = new ArrayList<Resource>();
        ranges.forEach((pool, numbers) -> list.add(pool.toProto(layout)
                .setType(Value.Type.RANGES)
                .setRanges(ranges(numbers))
                .build()));
        thousandths.forEach((pool, amount) -> list.add(pool.toProto(layout)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount / 1000.0))
                .build()));
        return list;
    }

    private static Value.Ranges ranges(BitSet numbers) {
        var ranges = Value.Ranges.newBuilder();
        for (int begin = numbers.nextSetBit(0); begin >= 0; ) {
            int end = numbers.nextClearBit(begin);
            ranges.addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end - 1L));
            begin = numbers.nextSetBit(end);
        }
        return ranges.build();
    }

    /** As Mesos writes them in messages about a role: {@code cpus(allocated: web):0.5; mem(allocated: web):64}. */
    public String toString(String role) {
        return describe("(allocated: " + role + ")");
    }

    /** As Mesos writes them in messages: {@code ports:[31000-31001]; cpus:0.5; mem:64}. */
    @Override
    public String toString() {
        return describe("");
    }

    private String describe(String allocation) {
        var parts = new ArrayList<String>();
        ranges.forEach((pool, numbers) -> parts.add(pool.name() + allocation + pool.description() + ":"
                + ranges(numbers).getRangeList().stream()
                        .map(range -> range.getBegin() + "-" + range.getEnd())
                        .collect(Collectors.joining(", ", "[", "]"))));
        thousandths.forEach((pool, amount) ->
                parts.add(pool.name() + allocation + pool.description() + ":" + number(amount / 1000.0)));
        return String.join("; ", parts);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
