package io.muster.mesos.matching;

import java.util.BitSet;
import java.util.List;

/** The offers of agents that carry something, in the order in which they came into use. Shared by all searches of a round. */
final class InUse {

    private final List<OpenOffer> offers;
    private final int[] places;
    private final BitSet used;
    private int count;

    /**
     * Of offers of which none is used yet.
     *
     * @param offers those of one agent side by side
     */
    InUse(List<OpenOffer> offers) {
        this.offers = offers;
        this.places = new int[offers.size()];
        this.used = new BitSet(offers.size());
    }

    int count() {
        return count;
    }

    int at(int index) {
        return places[index];
    }

    boolean contains(int place) {
        return used.get(place);
    }

    /** Takes an offer in, and the others of its agent with it. */
    void use(int place) {
        if (used.get(place)) {
            return;
        }
        String agent = offers.get(place).agentId();
        int first = place;
        while (first > 0 && offers.get(first - 1).agentId().equals(agent)) {
            first--;
        }
        for (int i = first; i < offers.size() && offers.get(i).agentId().equals(agent); i++) {
            used.set(i);
            places[count++] = i;
        }
    }
}
