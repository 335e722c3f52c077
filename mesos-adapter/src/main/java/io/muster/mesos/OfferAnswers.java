package io.muster.mesos;

import io.muster.deploy.cluster.Placement;
import io.muster.mesos.launch.LaunchSettings;
import io.muster.mesos.launch.ReservationMessages;
import io.muster.mesos.launch.TaskGroups;
import io.muster.mesos.matching.Allocation;
import io.muster.mesos.translate.Calls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Mesos is told of its offers: each is accepted with all that was found for it, or declined. */
final class OfferAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(OfferAnswers.class);

    private final LaunchSettings launches;
    private final Optional<ReservationMessages> reservations;
    private final MesosMeters meters;
    private final Consumer<Function<FrameworkID, Call>> sending;

    /** @param sending sends a call for the framework, if it has an id by then */
    OfferAnswers(MesosSettings settings, MesosMeters meters, Consumer<Function<FrameworkID, Call>> sending) {
        this.launches = new LaunchSettings(settings.bridgeNetwork(), settings.envVarsPrefix());
        this.reservations = settings.principal().map(principal -> new ReservationMessages(settings.role(), principal));
        this.meters = meters;
        this.sending = sending;
    }

    /** Accepts it for these, and for what is released; returns those that cannot be built. */
    List<Placement> accept(OfferPool.Kept kept, List<Placement> placements) {
        List<Placement> unbuilt = new ArrayList<>();
        List<Offer.Operation> operations = new ArrayList<>();
        kept.released().forEach(id -> operations.addAll(ReservationMessages.release(kept.offer(), id)));
        int launched = 0;
        for (Placement placement : placements) {
            Allocation allocation = kept.allocations().get(placement.request().instance());
            try {
                if (allocation == null) {
                    throw new IllegalArgumentException("nothing of the offer is kept for it");
                }
                if (placement.request().reserves()) {
                    operations.addAll(reserve(kept.offer(), placement, allocation));
                } else {
                    operations.add(TaskGroups.launchGroup(
                            placement, allocation, kept.offer().getFrameworkId(), launches));
                    launched++;
                }
            } catch (IllegalArgumentException unbuildable) {
                LOG.error("{} cannot be launched", placement.request().instance(), unbuildable);
                unbuilt.add(placement);
            }
        }
        String offerId = kept.offer().getId().getValue();
        if (operations.isEmpty()) {
            declineIds(List.of(offerId), Optional.empty());
        } else {
            sending.accept(id -> Calls.accept(id, offerId, operations));
            meters.launches(launched);
        }
        return unbuilt;
    }

    private List<Offer.Operation> reserve(Offer offer, Placement placement, Allocation allocation) {
        return reservations
                .orElseThrow(() -> new IllegalArgumentException("nothing can be reserved without a principal"))
                .reserve(placement, allocation, offer.getFrameworkId());
    }

    /** @param refuse how long the same is not wanted; empty leaves it to Mesos */
    void decline(List<Offer> unused, Optional<Duration> refuse) {
        declineIds(
                unused.stream()
                        .map(offer -> offer.getId().getValue())
                        .filter(id -> !id.isEmpty())
                        .toList(),
                refuse);
    }

    void declineIds(List<String> offerIds, Optional<Duration> refuse) {
        if (!offerIds.isEmpty()) {
            sending.accept(id -> Calls.decline(id, offerIds, refuse));
            meters.offersDeclined(offerIds.size());
        }
    }
}
