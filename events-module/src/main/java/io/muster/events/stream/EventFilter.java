package io.muster.events.stream;

import java.util.Set;

/**
 * Which events a stream gets.
 *
 * @param names exactly these types; if there are none, those that Marathon sends
 * @param extended without names: all types
 */
record EventFilter(Set<String> names, boolean extended) {

    EventFilter {
        names = Set.copyOf(names);
    }

    boolean wants(String type) {
        return names.isEmpty() ? extended || EventTypes.isOfMarathon(type) : names.contains(type);
    }
}
