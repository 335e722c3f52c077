package io.muster.mesos.matching;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/** What is left of one ports resource of an offer. Changes while it is used up. */
final class PortStock {

    private static final int HIGHEST_PORT = 65_535;

    private final Resource offered;
    private final String role;
    /** First port to last port of each free range; disjoint. */
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    private int count;

    PortStock(Resource offered) {
        this.offered = offered;
        this.role = OfferedResource.role(offered);
        offered.getRanges().getRangeList().stream()
                .filter(PortStock::isRange)
                .sorted(Comparator.comparing(Value.Range::getBegin, Long::compareUnsigned))
                .forEach(range -> add(atMostHighest(range.getBegin()), atMostHighest(range.getEnd())));
    }

    /** Whether it goes upwards; the numbers have no sign. */
    static boolean isRange(Value.Range range) {
        return Long.compareUnsigned(range.getBegin(), range.getEnd()) <= 0;
    }

    private static int atMostHighest(long port) {
        return Long.compareUnsigned(port, HIGHEST_PORT + 1L) < 0 ? (int) port : HIGHEST_PORT + 1;
    }

    /** What is left of a range beside port 0 and the ranges before it, none of which begins later. */
    private void add(int rangeBegin, int rangeEnd) {
        int begin = Math.max(rangeBegin, free.isEmpty() ? 1 : free.lastEntry().getValue() + 1);
        int end = Math.min(rangeEnd, HIGHEST_PORT);
        if (begin <= end) {
            free.put(begin, end);
            count += end - begin + 1;
        }
    }

    boolean isFor(Set<String> roles) {
        return roles.contains(role);
    }

    int count() {
        return count;
    }

    boolean contains(int port) {
        Map.Entry<Integer, Integer> range = free.floorEntry(port);
        return range != null && port <= range.getValue();
    }

    /** The free port at a place from 0 to {@link #count} − 1, in ascending order. */
    int at(int place) {
        int before = place;
        for (Map.Entry<Integer, Integer> range : free.entrySet()) {
            int size = range.getValue() - range.getKey() + 1;
            if (before < size) {
                return range.getKey() + before;
            }
            before -= size;
        }
        throw new IndexOutOfBoundsException(place);
    }

    /** Uses up ports that it contains; never none. */
    Resource take(Collection<Integer> ports) {
        ports.forEach(this::remove);
        Value.Ranges.Builder ranges = Value.Ranges.newBuilder();
        long begin = -1;
        long end = -1;
        for (int port : new TreeSet<>(ports)) {
            if (port != end + 1) {
                add(ranges, begin, end);
                begin = port;
            }
            end = port;
        }
        add(ranges, begin, end);
        return offered.toBuilder().setRanges(ranges).build();
    }

    private static void add(Value.Ranges.Builder ranges, long begin, long end) {
        if (begin >= 0) {
            ranges.addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end));
        }
    }

    private void remove(int port) {
        Map.Entry<Integer, Integer> range = free.floorEntry(port);
        if (range == null || port > range.getValue()) {
            throw new IllegalArgumentException("port " + port + " is not free");
        }
        free.remove(range.getKey());
        if (range.getKey() < port) {
            free.put(range.getKey(), port - 1);
        }
        if (port < range.getValue()) {
            free.put(port + 1, range.getValue());
        }
        count--;
    }
}
