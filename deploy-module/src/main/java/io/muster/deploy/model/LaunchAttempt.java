package io.muster.deploy.model;

import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.cluster.UnusedOffer;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of trying to place instances of one configuration of a pod, since some began to wait (Marathon,
 * OfferMatchStatisticsActor.scala). Kept by the leader; another one begins anew.
 *
 * @param since when the first offers were tried
 * @param used how many offers were used
 * @param refused how many offers were refused, all rounds together, by their first reason
 * @param lastUsedAt when an offer was used last; absent if none was
 * @param lastRefusedAt when an offer was refused last; absent if none was
 * @param last the round before this moment
 */
public record LaunchAttempt(
        Instant since,
        long used,
        Map<Refusal, Long> refused,
        @Nullable Instant lastUsedAt,
        @Nullable Instant lastRefusedAt,
        LastRound last) {

    public LaunchAttempt {
        refused = inFunnelOrder(refused);
    }

    /**
     * What the last round found.
     *
     * @param offers how many were used or refused
     * @param shortfalls what stands in the way, in the order of the funnel; empty when all found a place
     * @param examples some of the refused offers
     */
    public record LastRound(int offers, List<Shortfall> shortfalls, List<UnusedOffer> examples) {

        public LastRound {
            shortfalls = List.copyOf(shortfalls);
            examples = List.copyOf(examples);
        }

        /** How many offers were refused, by their first reason. */
        public Map<Refusal, Long> refused() {
            Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
            shortfalls.forEach(shortfall -> refused.merge(shortfall.reason(), (long) shortfall.offers(), Long::sum));
            return inFunnelOrder(refused);
        }
    }

    /**
     * One thing in the way.
     *
     * @param offers how many were refused for it
     * @param message for people, with the numbers; no full stop
     * @param ports host ports that no offer has; ascending, empty for other reasons
     */
    public record Shortfall(Refusal reason, int offers, String message, List<Integer> ports) {

        public Shortfall {
            ports = List.copyOf(ports);
        }

        static Shortfall of(Mismatch mismatch) {
            List<Integer> missing = mismatch instanceof Mismatch.Ports ports ? ports.missing() : List.of();
            return new Shortfall(mismatch.refusal(), mismatch.offers(), mismatch.describe(), missing);
        }
    }

    /** How many offers were looked at. */
    public long processed() {
        return used + unused();
    }

    /** How many offers were refused. */
    public long unused() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * After one more round.
     *
     * @param before absent for the first one
     * @param usedOffers how many offers it used for this configuration
     * @param unplaced what it says of instances that found no place; empty if all did
     */
    public static LaunchAttempt after(
            @Nullable LaunchAttempt before, int usedOffers, Optional<Unplaced> unplaced, Instant now) {
        List<Shortfall> shortfalls = unplaced.map(Unplaced::mismatches).orElse(List.of()).stream()
                .map(Shortfall::of)
                .toList();
        int refusedNow = shortfalls.stream().mapToInt(Shortfall::offers).sum();
        LastRound round = new LastRound(
                usedOffers + refusedNow,
                shortfalls,
                unplaced.map(Unplaced::examples).orElse(List.of()));
        Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        if (before != null) {
            refused.putAll(before.refused);
        }
        round.refused().forEach((reason, offers) -> refused.merge(reason, offers, Long::sum));
        return new LaunchAttempt(
                before == null ? now : before.since,
                usedOffers + (before == null ? 0 : before.used),
                refused,
                usedOffers > 0 ? now : before == null ? null : before.lastUsedAt,
                refusedNow > 0 ? now : before == null ? null : before.lastRefusedAt,
                round);
    }

    private static Map<Refusal, Long> inFunnelOrder(Map<Refusal, Long> counts) {
        return counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
    }
}
