package io.muster.mesos.matching;

import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.mesos.matching.PodConstraints.Judgement;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Volume;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The way around the offers of one configuration of a pod, for one round. Configurations that ask for the same and have
 * no constraints go together.
 */
final class Search {

    private final Demand.Whole demand;
    private final PodConstraints constraints;
    private final OpenOffers offers;
    private final MatchPolicy policy;
    private final Instant now;
    private final Walk walk;
    /** Offers that do not suit, now or later in this round, by their place. */
    private final BitSet unfit;
    /** Those of them that may suit yet, once the constraints say so. They are counted in the end. */
    private final BitSet notNow = new BitSet();

    private final RefusalTally tally;
    private @Nullable List<Mismatch> mismatches;

    Search(Demand.Whole demand, PodConstraints constraints, OpenOffers offers, MatchSettings settings, Instant now) {
        this.demand = demand;
        this.constraints = constraints;
        this.offers = offers;
        this.policy = settings.policy();
        this.now = now;
        this.walk = offers.walk();
        this.unfit = new BitSet(offers.size());
        this.tally = new RefusalTally(demand, settings.localRegion());
    }

    /**
     * A place for one more instance, used up by the time it is returned. When there is none, there will be none for the
     * others, either: what is left shrinks only, and so far as constraints come to admit more, they do so for placements.
     *
     * @param divided the demand of the search, and how the pod divides it
     */
    Optional<Found> next(Demand divided, RandomGenerator random) {
        if (mismatches != null) {
            return Optional.empty();
        }
        for (int place = walk.next(unfit); place >= 0; place = walk.next(unfit)) {
            OpenOffer offer = offers.at(place);
            // An offer that is full by our own will is unfit without a reason: users are shown none for it.
            if (offer.instances() < policy.instancesPerOffer() && suits(place, offer)) {
                List<PortStock> usable = demand.hostPorts().isEmpty() ? List.of() : offer.portsFor(demand.roles());
                Optional<PortChoice> ports = PortChoice.choose(demand.hostPorts(), usable, random);
                if (ports.isPresent()) {
                    Allocation allocation = offer.take(divided, ports.get());
                    placed(place, offer);
                    return Optional.of(new Found(offer, ports.get().ports(), allocation));
                }
                tally.ports(offer, usable);
            }
            unfit.set(place);
        }
        mismatches = explain();
        return Optional.empty();
    }

    /** The reasons are tried in the order of the funnel, all but the last one, which is the ports. */
    private boolean suits(int place, OpenOffer offer) {
        if (!offer.isFor(demand.roles())) {
            tally.role(offer);
            return false;
        }
        Judgement judgement = constraints.judge(offer);
        switch (judgement.verdict()) {
            case FITS -> {}
            case NOT_NOW -> {
                notNow(place, offer, judgement.by());
                return false;
            }
            case NEVER -> {
                tally.constraint(offer, judgement.by());
                return false;
            }
        }
        return isOpen(offer) && isEnough(offer);
    }

    private boolean isOpen(OpenOffer offer) {
        MaintenanceWindow window = offer.maintenance();
        if (window != null && policy.maintenance() && window.isNear(now, policy.draining())) {
            tally.maintenance(offer, window);
            return false;
        }
        return true;
    }

    private boolean isEnough(OpenOffer offer) {
        Demand.Amounts left = offer.left(demand.roles());
        for (Scalar scalar : Scalar.ALL) {
            if (left.of(scalar) < demand.total().of(scalar)) {
                tally.shortage(offer, scalar, left.of(scalar));
                return false;
            }
        }
        if (demand.volume() > 0 && offer.largest(Scalar.DISK, demand.roles()) < demand.volume()) {
            tally.shortage(offer, Scalar.DISK, offer.largest(Scalar.DISK, demand.roles()));
            return false;
        }
        Optional<Volume.Persistent> homeless = offer.withoutDisk(demand.disks());
        if (homeless.isPresent()) {
            tally.disk(offer, homeless.get());
            return false;
        }
        if (demand.sparesGpus() && offer.left(Scalar.GPUS) > 0) {
            tally.scarceGpus(offer);
            return false;
        }
        return true;
    }

    /** What holds for one offer holds for all with the same value; where these are many, they are not asked one by one. */
    private void notNow(int place, OpenOffer offer, @Nullable Constraint by) {
        notNow.set(place);
        if (by == null) {
            return;
        }
        offer.agent()
                .field(by.fieldName())
                .flatMap(value -> offers.sharing(by.fieldName(), value))
                .ifPresent(sharing -> {
                    BitSet more = (BitSet) sharing.clone();
                    more.andNot(unfit);
                    notNow.or(more);
                    unfit.or(more);
                });
    }

    private void placed(int place, OpenOffer offer) {
        walk.placed(place);
        offers.placed(place);
        if (constraints.placed(offer.agent())) {
            unfit.andNot(notNow);
            notNow.clear();
            walk.again();
        }
    }

    /** Those that may not suit now are asked for their first reason at last. */
    private List<Mismatch> explain() {
        for (int place = notNow.nextSetBit(0); place >= 0; place = notNow.nextSetBit(place + 1)) {
            OpenOffer offer = offers.at(place);
            if (offer.instances() < policy.instancesPerOffer()) {
                if (offer.isFor(demand.roles())) {
                    tally.constraint(offer, constraints.judge(offer).by());
                } else {
                    tally.role(offer);
                }
            }
        }
        return tally.mismatches();
    }

    /** Why an instance found no place; empty before one did. */
    List<Mismatch> mismatches() {
        return mismatches == null ? List.of() : mismatches;
    }

    /** Some of the refused offers, as they came. */
    List<UnusedOffer> examples() {
        return tally.examples();
    }

    /** A place with what it takes; the host ports in declaration order of the endpoints. */
    record Found(OpenOffer offer, List<Integer> hostPorts, Allocation allocation) {}
}
