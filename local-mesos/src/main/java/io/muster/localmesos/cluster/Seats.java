package io.muster.localmesos.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places of masters, each with its port, and who of them leads. On the loop. */
public final class Seats {
    private static final int NOBODY = -1;

    private final List<Integer> ports = new ArrayList<>();
    private final Map<Integer, Integer> misled = new HashMap<>();
    private int leader = NOBODY;

    /** Adds a seat; the first is number 0. */
    public int add(int port) {
        ports.add(port);
        return ports.size() - 1;
    }

    int port(int seat) {
        return ports.get(seat);
    }

    void lead(int seat) {
        leader = seat;
    }

    void leaderless() {
        leader = NOBODY;
    }

    boolean hasLeader() {
        return leader != NOBODY;
    }

    int leader() {
        return leader;
    }

    /** Lets one seat send to another as if that were the leader, which may in turn send elsewhere. */
    public void misleadTo(int seat, int supposedLeader) {
        misled.put(seat, supposedLeader);
    }

    /** Where a seat sends those who ask; empty if it leads, or if nobody does. */
    Optional<String> leaderAsSeenFrom(int seat) {
        int seen = misled.getOrDefault(seat, leader);
        return seen == NOBODY || seen == seat ? Optional.empty() : Optional.of("127.0.0.1:" + ports.get(seen));
    }
}
