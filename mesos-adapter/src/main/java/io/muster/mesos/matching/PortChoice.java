package io.muster.mesos.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The host ports found for one instance, still free.
 *
 * @param ports in the order they were asked for
 * @param sources which stock each comes from; no stock without ports
 */
record PortChoice(List<Integer> ports, Map<PortStock, List<Integer>> sources) {

    /**
     * Finds ports. Fixed ones are taken as they are. The others follow one another from a random start on, over all
     * stocks with wrap-around, and pass the fixed ones by (Marathon: {@code PortsMatcher}).
     *
     * @param wanted 0 for any port
     * @param stocks that the instance may use
     * @return empty if the ports are not there
     */
    static Optional<PortChoice> choose(List<Integer> wanted, List<PortStock> stocks, RandomGenerator random) {
        int available = 0;
        for (PortStock stock : stocks) {
            available += stock.count();
        }
        if (available < wanted.size()) {
            return Optional.empty();
        }
        Set<Integer> fixed = Set.copyOf(wanted);
        List<Integer> ports = new ArrayList<>();
        Map<PortStock, List<Integer>> sources = new LinkedHashMap<>();
        int place = wanted.contains(0) ? random.nextInt(available) : 0;
        for (int port : wanted) {
            if (port == 0) {
                // There are at least as many ports as wanted, so the fixed ones leave enough.
                int found = at(stocks, place);
                while (fixed.contains(found)) {
                    place = (place + 1) % available;
                    found = at(stocks, place);
                }
                place = (place + 1) % available;
                ports.add(found);
                use(found, stocks, sources);
            } else if (ports.contains(port) || !use(port, stocks, sources)) {
                return Optional.empty();
            } else {
                ports.add(port);
            }
        }
        return Optional.of(new PortChoice(List.copyOf(ports), sources));
    }

    private static int at(List<PortStock> stocks, int place) {
        int before = place;
        for (PortStock stock : stocks) {
            if (before < stock.count()) {
                return stock.at(before);
            }
            before -= stock.count();
        }
        throw new IndexOutOfBoundsException(place);
    }

    private static boolean use(int port, List<PortStock> stocks, Map<PortStock, List<Integer>> sources) {
        for (PortStock stock : stocks) {
            if (stock.contains(port)) {
                sources.computeIfAbsent(stock, _ -> new ArrayList<>()).add(port);
                return true;
            }
        }
        return false;
    }
}
