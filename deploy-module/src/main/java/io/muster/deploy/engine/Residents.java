package io.muster.deploy.engine;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.Reserved;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Reservation.State;
import io.muster.deploy.model.Target;
import io.muster.history.PodId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one round makes of the reservations of pods with persistent volumes (ADR 0016): an instance makes one only where
 * its pod has fewer than instances; otherwise it waits for that of the instance whose place it takes.
 */
final class Residents {

    private final World world;
    private final Reservations reservations;
    private final Changes changes;
    private final Instant now;
    private boolean givenUp;

    Residents(World world, Changes changes, Instant now) {
        this.world = world;
        this.reservations = world.reservations();
        this.changes = changes;
        this.now = now;
    }

    /** Whether something is to be given back since this round, for which offers are of interest. */
    boolean gaveUp() {
        return givenUp;
    }

    /** Instances that wait take over what is free, those that have waited longest first. */
    void bind(PodState pod) {
        Iterator<Reservation> free = reservations.of(pod.id()).stream()
                .filter(Reservation::isFree)
                .sorted(Comparator.comparing(Reservation::since).thenComparing(Reservation::id))
                .iterator();
        if (!free.hasNext()) {
            return;
        }
        for (Instance instance : pod.instances()) {
            boolean waits = instance.condition() == Condition.SCHEDULED
                    && instance.isWanted()
                    && reservations.heldBy(instance.id()).isEmpty();
            if (waits && free.hasNext()) {
                put(free.next().heldBy(instance.id()));
            }
        }
    }

    /** Asked of each waiting instance in turn: whether it may look for a place. Each that may counts for the next ones. */
    Predicate<Instance> admission() {
        Map<PodId, Integer> room = new HashMap<>();
        return instance -> {
            PodState pod = world.pod(instance.pod()).orElseThrow();
            if (!isResident(pod, instance) || reservations.heldBy(instance.id()).isPresent()) {
                return true;
            }
            int left = room.computeIfAbsent(
                    pod.id(), id -> wanted(pod) - reservations.of(id).size());
            room.put(pod.id(), left - 1);
            return left > 0;
        };
    }

    private static boolean isResident(PodState pod, Instance instance) {
        return pod.definition(instance.version()).definition().isResident();
    }

    private int wanted(PodState pod) {
        return switch (pod.target()) {
            case Target.Nothing() -> 0;
            case Target.Running running -> running.instances();
            case Target.Steady(Target.Running goal) -> goal.instances();
            // Nothing is given up that the deployment may want when it goes on.
            case Target.Held() ->
                Math.max(
                        pod.goal().definition().instances(),
                        reservations.of(pod.id()).size());
        };
    }

    /** What an instance is bound to, for its request. */
    Optional<Reserved> reservedFor(InstanceId instance) {
        return reservations.heldBy(instance).map(held -> new Reserved(held.id(), held.agent(), held.since()));
    }

    /** Where constraints must count instances of the pod that have no place yet, but are bound to one. */
    List<Agent> boundElsewhere(PodState pod) {
        return reservations.of(pod.id()).stream()
                .filter(held -> Optional.ofNullable(held.holder())
                        .flatMap(world::instance)
                        .filter(Instance::hasPlace)
                        .isEmpty())
                .map(Reservation::agent)
                .toList();
    }

    /** It is about to be asked for. */
    void asked(Placement placement) {
        InstanceId instance = placement.request().instance();
        put(Reservation.asked(instance, placement.request().pod().id(), placement.agent(), now));
        reservations.awaitOffer(instance, now);
    }

    /** An offer showed it, and the instance that holds it is about to be launched there. */
    void used(Placement placement) {
        reservations.heldBy(placement.request().instance()).ifPresent(held -> {
            Reservation made = held.made(placement.agent(), now);
            if (!made.equals(held)) {
                put(made);
            }
        });
    }

    /** Mesos was never asked for it. */
    void unasked(Placement placement) {
        forget(placement.request().instance());
    }

    /** Those that wait in vain for what they asked for: others shall ask anew. What comes late belongs to nobody. */
    List<InstanceId> overdue() {
        return reservations.overdue(now).stream()
                .map(reservations::find)
                .flatMap(Optional::stream)
                .filter(asked -> asked.state() == State.ASKED)
                .flatMap(asked -> Optional.ofNullable(asked.holder()).stream())
                .toList();
    }

    /** Those that were to be given back long ago, on agents that are gone. */
    void forgetOutdated() {
        reservations.outdated(now).forEach(this::forget);
    }

    private void forget(InstanceId id) {
        reservations.forget(id);
        changes.goneReservation(id);
    }

    /** An instance is gone. What it held is for the next one, unless the pod has enough, or nothing was made yet. */
    void ended(Instance instance) {
        reservations.heldBy(instance.id()).ifPresent(held -> {
            int enough = world.pod(instance.pod()).map(this::wanted).orElse(0);
            if (held.state() == State.ASKED || reservations.of(held.pod()).size() > enough) {
                giveUp(held);
            } else {
                put(held.heldBy(null));
            }
        });
    }

    /** A user gives it up with the instance. */
    void wiped(InstanceId instance) {
        reservations.heldBy(instance).ifPresent(this::giveUp);
    }

    /** A scale down may leave more than are wanted, of which nobody holds some. */
    void trim(PodState pod) {
        int surplus = reservations.of(pod.id()).size() - wanted(pod);
        reservations.of(pod.id()).stream()
                .filter(Reservation::isFree)
                .sorted(Comparator.comparing(Reservation::since)
                        .thenComparing(Reservation::id)
                        .reversed())
                .limit(Math.max(0, surplus))
                .forEach(this::giveUp);
    }

    /** The pod has ended. */
    void buried(PodId pod) {
        reservations.of(pod).forEach(this::giveUp);
    }

    /** They are given back after the commit. If that gets lost, offers show them again, as strangers. */
    void released(List<Release> releases) {
        releases.forEach(release -> forget(release.reservation()));
    }

    private void giveUp(Reservation reservation) {
        put(reservation.unwanted(now));
        givenUp = true;
    }

    private void put(Reservation reservation) {
        reservations.put(reservation);
        changes.put(reservation);
    }
}
