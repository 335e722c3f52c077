package io.muster.mesos.matching;

import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Mismatch.Values;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The offers that one search refused, counted by their first reason, with the numbers that matter. */
final class RefusalTally {

    private final Demand.Whole demand;
    private final @Nullable String localRegion;

    private final Seen roles = new Seen();
    private final Seen regions = new Seen();
    private final Map<Constraint, Seen> constraints = new LinkedHashMap<>();
    private final Map<Scalar, Lack> lacks = new EnumMap<>(Scalar.class);
    private final Map<Volume.Persistent, Integer> disks = new LinkedHashMap<>();
    private int maintained;
    private @Nullable Instant earliestEnd;
    private int withoutPorts;
    private int mostPorts;
    private final Set<Integer> missingPorts;
    private int scarce;
    private final List<RefusedOffer> examples = new ArrayList<>();

    RefusalTally(Demand.Whole demand, @Nullable String localRegion) {
        this.demand = demand;
        this.localRegion = localRegion;
        this.missingPorts = new TreeSet<>(demand.hostPorts());
        missingPorts.remove(0);
    }

    /** How many offers have what; of what they have, only as much as will be told. */
    private static final class Seen {

        private int offers;
        private final Set<String> values = new HashSet<>();

        void add(Set<String> more) {
            offers++;
            if (values.size() <= Values.MOST) {
                values.addAll(more);
            }
        }

        Values values() {
            return Values.of(values);
        }
    }

    /** How many offers have too little of something, and the most that one of them has. */
    private static final class Lack {

        private int offers;
        private long largest;
    }

    private void example(OpenOffer offer, Refusal reason) {
        if (examples.size() < Unplaced.MOST_EXAMPLES) {
            examples.add(new RefusedOffer(offer.source(), reason));
        }
    }

    /** The first ones. */
    List<UnusedOffer> examples() {
        return examples.stream().map(RefusedOffer::describe).toList();
    }

    void role(OpenOffer offer) {
        example(offer, Refusal.UNFULFILLED_ROLE);
        roles.add(offer.roles());
    }

    /** @param by null for the region of the master */
    void constraint(OpenOffer offer, @Nullable Constraint by) {
        example(offer, Refusal.UNFULFILLED_CONSTRAINT);
        if (by == null) {
            regions.add(offer.region().map(Set::of).orElse(Set.of()));
        } else {
            constraints
                    .computeIfAbsent(by, _ -> new Seen())
                    .add(offer.agent().field(by.fieldName()).map(Set::of).orElse(Set.of()));
        }
    }

    void maintenance(OpenOffer offer, MaintenanceWindow window) {
        example(offer, Refusal.AGENT_MAINTENANCE);
        maintained++;
        Instant end = window.end();
        if (end != null && (earliestEnd == null || end.isBefore(earliestEnd))) {
            earliestEnd = end;
        }
    }

    void shortage(OpenOffer offer, Scalar scalar, long left) {
        example(offer, scalar.refusal());
        Lack lack = lacks.computeIfAbsent(scalar, _ -> new Lack());
        lack.offers++;
        lack.largest = Math.max(lack.largest, left);
    }

    /** There is no disk for this volume. */
    void disk(OpenOffer offer, Volume.Persistent volume) {
        example(offer, Refusal.INSUFFICIENT_DISK);
        disks.merge(volume, 1, Integer::sum);
    }

    void ports(OpenOffer offer, List<PortStock> usable) {
        example(offer, Refusal.INSUFFICIENT_PORTS);
        withoutPorts++;
        mostPorts =
                Math.max(mostPorts, usable.stream().mapToInt(PortStock::count).sum());
        missingPorts.removeIf(port -> usable.stream().anyMatch(stock -> stock.contains(port)));
    }

    void scarceGpus(OpenOffer offer) {
        example(offer, Refusal.DECLINED_SCARCE_RESOURCES);
        scarce++;
    }

    /** In the order of the funnel; one for each constraint, in the order in which they first refused. */
    List<Mismatch> mismatches() {
        List<Mismatch> mismatches = new ArrayList<>();
        if (roles.offers > 0) {
            mismatches.add(new Mismatch.Role(roles.offers, Values.of(demand.roles()), roles.values()));
        }
        constraints.forEach(
                (constraint, seen) -> mismatches.add(new Mismatch.Constrained(seen.offers, constraint, seen.values())));
        if (regions.offers > 0) {
            mismatches.add(new Mismatch.Region(regions.offers, localRegion, regions.values()));
        }
        if (maintained > 0) {
            mismatches.add(new Mismatch.Maintenance(maintained, earliestEnd));
        }
        lacks.forEach((scalar, lack) -> mismatches.add(new Mismatch.Shortage(
                lack.offers,
                scalar.refusal(),
                scalar.resource(),
                Thousandths.toDecimal(demand.total().of(scalar)),
                Thousandths.toDecimal(lack.largest))));
        disks.forEach((volume, offers) -> mismatches.add(new Mismatch.NoDisk(offers, volume)));
        if (withoutPorts > 0) {
            mismatches.add(
                    new Mismatch.Ports(withoutPorts, demand.hostPorts().size(), mostPorts, List.copyOf(missingPorts)));
        }
        if (scarce > 0) {
            mismatches.add(new Mismatch.ScarceGpus(scarce));
        }
        return mismatches;
    }
}
