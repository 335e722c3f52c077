package io.muster.deploy.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.muster.deploy.application.LaunchQueue;
import io.muster.deploy.application.LaunchQueue.Entry;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.deploy.cluster.UnusedOffer.Value;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchAttempt.LastRound;
import io.muster.deploy.model.LaunchDelay;
import io.muster.pods.json.PodJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The launch queue in the members that clients know. */
record QueueDocument(List<Item> queue) {

    /**
     * One version of one pod.
     *
     * @param count how many instances wait for a place
     * @param lastUnusedOffers only where it was asked for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            int count,
            Delay delay,
            String since,
            Summary processedOffersSummary,
            @Nullable List<Unused> lastUnusedOffers,
            ObjectNode pod) {}

    /** @param overdue whether nothing but a suitable offer is waited for */
    record Delay(long timeLeftSeconds, boolean overdue) {}

    /** Both lists name every reason, in the order of the funnel. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            long processedOffersCount,
            long unusedOffersCount,
            @Nullable String lastUnusedOfferAt,
            @Nullable String lastUsedOfferAt,
            List<Reason> rejectSummaryLastOffers,
            List<Reason> rejectSummaryLaunchAttempt) {}

    /** @param processed how many offers got as far as this reason */
    record Reason(String reason, long declined, long processed) {}

    record Unused(String timestamp, List<String> reason, Offer offer) {}

    record Offer(String id, String hostname, String agentId, List<Resource> resources, List<Attribute> attributes) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Resource(
            String name,
            String role,
            @Nullable BigDecimal scalar,
            @Nullable List<UnusedOffer.Range> ranges,
            @Nullable List<String> set) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attribute(
            String name,
            @Nullable BigDecimal scalar,
            @Nullable List<UnusedOffer.Range> ranges,
            @Nullable List<String> set,
            @Nullable String text) {}

    static QueueDocument of(LaunchQueue.View view, boolean offers) {
        return new QueueDocument(view.entries().stream()
                .map(entry -> item(entry, offers, view.asOf()))
                .toList());
    }

    private static Item item(Entry entry, boolean offers, Instant now) {
        return new Item(
                entry.waiting(),
                delay(entry.delay(), now),
                PodStatusJson.text(entry.since()),
                summary(entry.attempt()),
                offers ? entry.attempt().map(QueueDocument::unused).orElse(List.of()) : null,
                pod(entry));
    }

    /** With constraints, also where there are none: clients read it without a check. */
    private static ObjectNode pod(Entry entry) {
        ObjectNode pod = PodJson.write(entry.pod());
        pod.withObjectProperty("scheduling").withObjectProperty("placement").withArrayProperty("constraints");
        return pod;
    }

    private static Delay delay(Optional<LaunchDelay> delay, Instant now) {
        Duration left =
                delay.map(present -> Duration.between(now, present.deadline())).orElse(Duration.ZERO);
        boolean overdue = left.isNegative() || left.isZero();
        // Up, lest somebody who waits so long comes too early.
        return new Delay(overdue ? 0 : left.plusNanos(999_999_999).toSeconds(), overdue);
    }

    private static Summary summary(Optional<LaunchAttempt> attempt) {
        return new Summary(
                attempt.map(LaunchAttempt::processed).orElse(0L),
                attempt.map(LaunchAttempt::unused).orElse(0L),
                attempt.map(LaunchAttempt::lastRefusedAt)
                        .map(PodStatusJson::text)
                        .orElse(null),
                attempt.map(LaunchAttempt::lastUsedAt).map(PodStatusJson::text).orElse(null),
                attempt.map(LaunchAttempt::last)
                        .map(last -> funnel(last.offers(), last.refused()))
                        .orElseGet(() -> funnel(0, Map.of())),
                attempt.map(all -> funnel(all.processed(), all.refused())).orElseGet(() -> funnel(0, Map.of())));
    }

    private static List<Reason> funnel(long offers, Map<Refusal, Long> refused) {
        List<Reason> reasons = new ArrayList<>();
        long left = offers;
        for (Refusal refusal : Refusal.values()) {
            long declined = refused.getOrDefault(refusal, 0L);
            reasons.add(new Reason(refusal.wireName(), declined, left));
            left -= declined;
        }
        return reasons;
    }

    private static List<Unused> unused(LaunchAttempt attempt) {
        LastRound last = attempt.last();
        Instant at = attempt.lastRefusedAt();
        if (at == null) {
            return List.of();
        }
        return last.examples().stream()
                .map(offer -> new Unused(
                        PodStatusJson.text(at), List.of(offer.reason().wireName()), offer(offer)))
                .toList();
    }

    private static Offer offer(UnusedOffer offer) {
        return new Offer(
                offer.id(),
                offer.hostname(),
                offer.agentId(),
                offer.resources().stream()
                        .map(resource -> {
                            Value value = resource.value();
                            return new Resource(
                                    resource.name(), resource.role(), value.scalar(), value.ranges(), value.set());
                        })
                        .toList(),
                offer.attributes().stream()
                        .map(attribute -> {
                            Value value = attribute.value();
                            return new Attribute(
                                    attribute.name(), value.scalar(), value.ranges(), value.set(), value.text());
                        })
                        .toList());
    }
}
