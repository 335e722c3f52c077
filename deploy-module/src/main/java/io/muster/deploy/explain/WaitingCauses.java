package io.muster.deploy.explain;

import static io.muster.deploy.explain.Explanation.age;
import static io.muster.deploy.explain.Explanation.count;

import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.explain.Cause.Kind;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.EngineReport;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.LaunchAttempt;
import io.muster.deploy.model.LaunchAttempt.Shortfall;
import io.muster.deploy.model.LaunchDelay;
import io.muster.history.PodId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why instances wait for a place: the first reason that holds, in the order in which the engine asks. */
final class WaitingCauses {

    private final Situation situation;

    private WaitingCauses(Situation situation) {
        this.situation = situation;
    }

    /** One for each configuration that waits, or one for all where the cause lies in the server. */
    static List<Cause> of(Situation situation) {
        Map<String, List<Instance>> waiting = situation.instances().stream()
                .filter(instance -> instance.isWanted() && instance.condition() == Condition.SCHEDULED)
                .collect(Collectors.groupingBy(Instance::configHash, LinkedHashMap::new, Collectors.toList()));
        if (waiting.isEmpty()) {
            return List.of();
        }
        int all = waiting.values().stream().mapToInt(List::size).sum();
        if (situation.leader().isEmpty()) {
            return List.of(Cause.of(Kind.NO_LEADER, all, waits(all) + " since no process leads"));
        }
        EngineReport leader = situation.leader().get();
        if (!leader.connected()) {
            String since = age(Duration.between(leader.since(), situation.now()));
            return List.of(Cause.of(
                    Kind.NOT_CONNECTED,
                    all,
                    waits(all) + " since the leader has had no connection to Mesos for " + since));
        }
        WaitingCauses causes = new WaitingCauses(situation);
        return waiting.entrySet().stream()
                .map(entry -> causes.of(entry.getKey(), entry.getValue(), leader))
                .toList();
    }

    private Cause of(String configHash, List<Instance> waiting, EngineReport leader) {
        int instances = waiting.size();
        Optional<Instant> deadline = Optional.ofNullable(situation.delays().get(configHash))
                .map(LaunchDelay::deadline)
                .filter(until -> until.isAfter(situation.now()));
        if (deadline.isPresent()) {
            return backedOff(instances, deadline.get());
        }
        Instant throttled = leader.throttledUntil();
        if (throttled != null) {
            String message =
                    waits(instances) + " since too many were launched that do not run yet; more are launched in "
                            + age(Duration.between(situation.now(), throttled));
            return Cause.of(Kind.THROTTLED, instances, message).until(Optional.of(throttled));
        }
        LaunchAttempt attempt = situation.attempts().get(configHash);
        if (attempt == null || attempt.last().offers() == 0) {
            return withoutOffers(waiting, leader);
        }
        return attempt.last().shortfalls().isEmpty()
                ? Cause.of(Kind.NEXT, instances, waits(instances) + " for the next offers; the last ones were used up")
                : refused(instances, attempt);
    }

    private Cause backedOff(int instances, Instant until) {
        String failure = situation
                .lastFailure()
                .map(last -> ": " + Explanation.describe(last))
                .orElse("");
        String message = "%s after failures, and %s launched in %s%s"
                .formatted(
                        waits(instances),
                        instances == 1 ? "is" : "are",
                        age(Duration.between(situation.now(), until).plusNanos(999_999_999)),
                        failure);
        return Cause.of(Kind.BACK_OFF, instances, message).until(Optional.of(until));
    }

    private Cause withoutOffers(List<Instance> waiting, EngineReport leader) {
        Instant since = waiting.stream()
                .map(Instance::scheduledAt)
                .min(Comparator.naturalOrder())
                .orElse(situation.now());
        Instant last = leader.lastOffersAt();
        String offers = last == null
                ? "Mesos has made no offers to this leader"
                : "Mesos made offers last " + age(Duration.between(last, situation.now())) + " ago";
        String message =
                "%s for offers, since %s; %s. Other frameworks may hold the resources, or the role has no quota"
                        .formatted(waits(waiting.size()), age(Duration.between(since, situation.now())), offers);
        return Cause.of(Kind.NO_OFFERS, waiting.size(), message);
    }

    private Cause refused(int instances, LaunchAttempt attempt) {
        List<Shortfall> shortfalls = attempt.last().shortfalls();
        int offers = attempt.last().offers();
        String reasons = shortfalls.stream()
                .map(shortfall -> "%s (%d of %s)"
                        .formatted(shortfall.message(), shortfall.offers(), count(offers, "offer", "offers")))
                .collect(Collectors.joining("; "));
        boolean ports = shortfalls.stream().anyMatch(shortfall -> shortfall.reason() == Refusal.INSUFFICIENT_PORTS);
        String holders = ports && !situation.portHolders().isEmpty()
                ? ". Held by "
                        + situation.portHolders().stream().map(PodId::text).collect(Collectors.joining(", "))
                : "";
        return new Cause(
                Kind.OFFERS_REFUSED,
                instances,
                waits(instances) + ", and no offer suits: " + reasons + holders,
                Optional.empty(),
                shortfalls);
    }

    private static String waits(int instances) {
        return count(instances, "instance waits", "instances wait");
    }
}
