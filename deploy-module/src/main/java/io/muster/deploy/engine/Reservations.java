package io.muster.deploy.engine;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Reservation.State;
import io.muster.history.PodId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** All reservations as the engine knows them, and those that offers show and that it does not know. */
final class Reservations {

    /** How many that it does not know are remembered; others are when these have been given back. */
    static final int STRANGERS = 10_000;

    /** For how long offers are asked for only to give something back. */
    private static final Duration OFFERS_ASKED = Duration.ofMinutes(10);

    /** For how long one that is to be given back is remembered; then it would be a stranger. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Duration timeout;
    private final Optional<Duration> grace;
    private final Map<InstanceId, Reservation> all = new LinkedHashMap<>();
    private final Map<InstanceId, InstanceId> byHolder = new HashMap<>();
    private final Map<PodId, SequencedMap<InstanceId, Reservation>> owned = new HashMap<>();
    /** Those to be given back, with the time since when. */
    private final Map<InstanceId, Instant> unwanted = new HashMap<>();
    /** Those that belong to nothing, with the time when they are to be given back; empty for never. */
    private final Map<InstanceId, Optional<Instant>> strangers = new HashMap<>();

    private final Timers<InstanceId> overdue = new Timers<>();

    /**
     * None yet.
     *
     * @param timeout for how long an offer may not show what was asked for, while Mesos is connected
     * @param grace how long those that belong to nothing are left alone; empty for ever
     */
    Reservations(Duration timeout, Optional<Duration> grace) {
        this.timeout = timeout;
        this.grace = grace;
    }

    /** As it is stored, or will be with this round. */
    void put(Reservation reservation) {
        forget(reservation.id());
        all.put(reservation.id(), reservation);
        if (!reservation.isOwned()) {
            unwanted.put(reservation.id(), reservation.since());
            return;
        }
        owned.computeIfAbsent(reservation.pod(), _ -> new LinkedHashMap<>()).put(reservation.id(), reservation);
        if (reservation.holder() != null) {
            byHolder.put(reservation.holder(), reservation.id());
        }
    }

    void forget(InstanceId id) {
        strangers.remove(id);
        unwanted.remove(id);
        overdue.set(id, Optional.empty());
        Reservation before = all.remove(id);
        if (before == null) {
            return;
        }
        if (before.isOwned() && before.holder() != null) {
            byHolder.remove(before.holder());
        }
        owned.computeIfPresent(before.pod(), (_, ofPod) -> {
            ofPod.remove(id);
            return ofPod.isEmpty() ? null : ofPod;
        });
    }

    Optional<Reservation> find(InstanceId id) {
        return Optional.ofNullable(all.get(id));
    }

    /** What an instance holds and nobody has given up. */
    Optional<Reservation> heldBy(InstanceId instance) {
        return Optional.ofNullable(byHolder.get(instance)).map(all::get);
    }

    /** Those of a pod that are not given up. */
    Collection<Reservation> of(PodId pod) {
        SequencedMap<InstanceId, Reservation> ofPod = owned.get(pod);
        return ofPod == null ? List.of() : List.copyOf(ofPod.values());
    }

    /** Mesos is there: what was asked for must show from now on. */
    void connected(Instant now) {
        all.values().stream()
                .filter(reservation -> reservation.state() == State.ASKED)
                .forEach(reservation -> awaitOffer(reservation.id(), now));
    }

    /** Nothing can show. */
    void disconnected() {
        all.keySet().forEach(id -> overdue.set(id, Optional.empty()));
    }

    /** It was asked for, and must show. */
    void awaitOffer(InstanceId id, Instant now) {
        overdue.set(id, Optional.of(now.plus(timeout)));
    }

    /** Those that did not show in time, each once. */
    List<InstanceId> overdue(Instant now) {
        return overdue.due(now);
    }

    Optional<Instant> nextMoment() {
        return overdue.next();
    }

    /** Offers show these. Those that are not known may be of a database that was restored, so they have time. */
    void shown(Collection<InstanceId> ids, Instant now) {
        for (InstanceId id : ids) {
            if (!all.containsKey(id) && strangers.size() < STRANGERS) {
                strangers.putIfAbsent(id, grace.map(now::plus));
            }
        }
    }

    /** Those to be given back when an offer shows them: those given up, and strangers whose time is over. */
    Set<InstanceId> toRelease(Instant now) {
        Set<InstanceId> due = new HashSet<>(unwanted.keySet());
        strangers.forEach((id, at) -> at.filter(moment -> !moment.isAfter(now)).ifPresent(_ -> due.add(id)));
        return due;
    }

    /** Those to be given back whose agents have not been seen for so long that they need not be remembered. */
    List<InstanceId> outdated(Instant now) {
        return unwanted.entrySet().stream()
                .filter(entry -> !entry.getValue().plus(REMEMBERED).isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether offers are wanted to give something back; not for ever, since agents may never return. */
    boolean wantOffers(Instant now) {
        return unwanted.values().stream().anyMatch(since -> isRecent(since, now))
                || strangers.values().stream()
                        .anyMatch(at -> at.filter(moment -> !moment.isAfter(now) && isRecent(moment, now))
                                .isPresent());
    }

    private static boolean isRecent(Instant moment, Instant now) {
        return moment.plus(OFFERS_ASKED).isAfter(now);
    }
}
