package io.muster.mesos.matching;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;

/** What is left of one ports resource of an offer. Changes while it is used up. */
final class PortStock {

    private static final int HIGHEST_PORT = 65_535;

    /** Makes one share after the other, all like what was offered but for the ranges. */
    private final Resource.Builder share;

    private final String role;

    /** First and last port of each free range, ascending and disjoint. Arrays, since they are walked for each choice. */
    private int[] begins;

    private int[] ends;
    private int ranges;
    private int count;

    PortStock(Resource offered) {
        this.share = offered.toBuilder();
        this.role = OfferedResource.role(offered);
        this.begins = new int[offered.getRanges().getRangeCount()];
        this.ends = new int[begins.length];
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
        int begin = Math.max(rangeBegin, ranges == 0 ? 1 : ends[ranges - 1] + 1);
        int end = Math.min(rangeEnd, HIGHEST_PORT);
        if (begin <= end) {
            begins[ranges] = begin;
            ends[ranges] = end;
            ranges++;
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
        return range(port) >= 0;
    }

    /** The index of the range with this port; negative when there is none. */
    private int range(int port) {
        int found = Arrays.binarySearch(begins, 0, ranges, port);
        int last = found >= 0 ? found : -found - 2;
        return last >= 0 && port <= ends[last] ? last : -1;
    }

    /** The free port at a place from 0 to {@link #count} − 1, in ascending order. */
    int at(int place) {
        int before = place;
        for (int i = 0; i < ranges; i++) {
            int size = ends[i] - begins[i] + 1;
            if (before < size) {
                return begins[i] + before;
            }
            before -= size;
        }
        throw new IndexOutOfBoundsException(place);
    }

    /** Uses up ports that it contains; never none. */
    Resource take(Collection<Integer> ports) {
        ports.forEach(this::remove);
        Value.Ranges.Builder taken = Value.Ranges.newBuilder();
        long begin = -1;
        long end = -1;
        for (int port : new TreeSet<>(ports)) {
            if (port != end + 1) {
                add(taken, begin, end);
                begin = port;
            }
            end = port;
        }
        add(taken, begin, end);
        return share.setRanges(taken).build();
    }

    private static void add(Value.Ranges.Builder taken, long begin, long end) {
        if (begin >= 0) {
            taken.addRange(Value.Range.newBuilder().setBegin(begin).setEnd(end));
        }
    }

    private void remove(int port) {
        int at = range(port);
        if (at < 0) {
            throw new IllegalArgumentException("port " + port + " is not free");
        }
        if (begins[at] == ends[at]) {
            move(at + 1, at);
            ranges--;
        } else if (port == begins[at]) {
            begins[at]++;
        } else if (port == ends[at]) {
            ends[at]--;
        } else {
            makeRoom();
            move(at, at + 1);
            ranges++;
            ends[at] = port - 1;
            begins[at + 1] = port + 1;
        }
        count--;
    }

    private void makeRoom() {
        if (ranges == begins.length) {
            begins = Arrays.copyOf(begins, ranges * 2);
            ends = Arrays.copyOf(ends, ranges * 2);
        }
    }

    /** The ranges from one index on to another. */
    private void move(int from, int to) {
        System.arraycopy(begins, from, begins, to, ranges - from);
        System.arraycopy(ends, from, ends, to, ranges - from);
    }
}
