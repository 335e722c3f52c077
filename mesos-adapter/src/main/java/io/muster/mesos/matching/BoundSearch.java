package io.muster.mesos.matching;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Mismatch.Values;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.Reserved;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The places of instances that are bound to what is reserved for them: an offer shows it, or there is none. Constraints
 * were asked when it was reserved.
 */
final class BoundSearch {

    private final Map<InstanceId, List<ReservedShare>> shares = new LinkedHashMap<>();
    private final MatchSettings settings;
    private final Instant now;

    BoundSearch(List<Offer> offers, MatchSettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
        for (Offer offer : offers) {
            for (ReservedShare share : ReservedShare.of(offer)) {
                shares.computeIfAbsent(share.id(), _ -> new ArrayList<>()).add(share);
            }
        }
    }

    /** The reservations that offers show. */
    List<InstanceId> shown() {
        return List.copyOf(shares.keySet());
    }

    /** Of these, one for each offer that shows some of it. */
    List<Release> releases(Set<InstanceId> unwanted) {
        return shares.entrySet().stream()
                .filter(entry -> unwanted.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .map(share -> new Release(share.id(), share.offer().getId().getValue()))
                .toList();
    }

    /** A place with what it takes. */
    record Found(Placement placement, Allocation allocation) {}

    /** The first offer that shows all that the instance is bound to. */
    Optional<Found> place(LaunchRequest request, Reserved reserved, RandomGenerator random) {
        return shares.getOrDefault(reserved.id(), List.of()).stream()
                .flatMap(share -> place(request, share, random).stream())
                .findFirst();
    }

    private Optional<Found> place(LaunchRequest request, ReservedShare share, RandomGenerator random) {
        PodDefinition pod = request.pod().definition();
        OpenOffer open = share.withoutVolumes();
        Optional<List<Resource>> volumes = share.volumes(volumeIds(pod, share.id()));
        Demand demand = Demand.bound(pod, open.roles());
        if (volumes.isEmpty() || !isOpen(open) || !isEnough(open, demand.whole())) {
            return Optional.empty();
        }
        List<Integer> ports = demand.whole().hostPorts();
        return PortChoice.choose(ports, open.portsFor(open.roles()), random).map(choice -> {
            Allocation taken = open.take(demand, choice);
            List<Resource> executor = new ArrayList<>(taken.executor());
            executor.addAll(volumes.get());
            return new Found(
                    new Placement(request, open.agent(), open.id(), choice.ports()),
                    new Allocation(executor, taken.containers()));
        });
    }

    private static Set<String> volumeIds(PodDefinition pod, InstanceId reservation) {
        return pod.volumes().stream()
                .filter(Volume.Persistent.class::isInstance)
                .map(volume -> reservation.persistenceId(volume.name()))
                .collect(Collectors.toSet());
    }

    private boolean isOpen(OpenOffer open) {
        MaintenanceWindow window = open.maintenance();
        return window == null
                || !settings.policy().maintenance()
                || !window.isNear(now, settings.policy().draining());
    }

    private static boolean isEnough(OpenOffer open, Demand.Whole whole) {
        Demand.Amounts left = open.left(open.roles());
        for (Scalar scalar : Scalar.ALL) {
            if (left.of(scalar) < whole.total().of(scalar)) {
                return false;
            }
        }
        return true;
    }

    /** The bound instances of one configuration that found no place. */
    static final class Waiting {

        private final List<String> agents = new ArrayList<>();
        private @Nullable Instant since;

        void add(Reserved reserved) {
            agents.add(reserved.agent().hostname());
            if (since == null || reserved.since().isBefore(since)) {
                since = reserved.since();
            }
        }

        int instances() {
            return agents.size();
        }

        /** @param offers how many there are that no other reason was found for */
        Optional<Mismatch> mismatch(int offers) {
            return since == null || offers <= 0
                    ? Optional.empty()
                    : Optional.of(new Mismatch.NoReservation(offers, Values.of(agents), since));
        }
    }
}
