package io.muster.deploy.explain;

import io.muster.deploy.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a pod is as it is.
 *
 * @param ready how many instances of the goal are ready
 * @param causes empty when everything is as wanted; what keeps instances from a launch first
 */
public record Explanation(Situation situation, int ready, List<Cause> causes) {

    public Explanation {
        causes = List.copyOf(causes);
    }

    public static Explanation of(Situation situation) {
        int ready = (int) situation.instances().stream()
                .filter(instance -> instance.isWanted()
                        && instance.isReady()
                        && instance.configHash().equals(situation.goal().configHash()))
                .count();
        List<Cause> causes = Stream.of(
                        WaitingCauses.of(situation),
                        HeldBack.of(situation).stream().toList(),
                        PlacedCauses.of(situation))
                .flatMap(List::stream)
                .toList();
        return new Explanation(situation, ready, causes);
    }

    /** In one line. */
    public String summary() {
        String pod = situation.goal().id().text();
        if (situation.isBeingDeleted()) {
            int left = situation.instances().size();
            return "%s is being deleted: %s left".formatted(pod, count(left, "instance is", "instances are"));
        }
        return "%s: %d of %s ready, version %s"
                .formatted(
                        pod,
                        ready,
                        count(situation.wanted(), "instance is", "instances are"),
                        situation.goal().version());
    }

    /** All of it, for people: lines that end with a line feed. */
    public String text() {
        Stream<String> deployment = situation.running().stream()
                .map(running -> "Deployment %s (%s) has run for %s and locks the pod."
                        .formatted(
                                running.id(),
                                running.kind(),
                                age(Duration.between(running.createdAt(), situation.now()))));
        Stream<String> why = causes.stream().map(cause -> "- " + cause.message() + ".");
        Stream<String> failure = situation.lastFailure().stream()
                .map(last -> "Last failure, %s ago: %s."
                        .formatted(age(Duration.between(last.terminatedAt(), situation.now())), describe(last)));
        return Stream.of(Stream.of(summary() + "."), deployment, why, failure)
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static String describe(Failure failure) {
        return failure.instance()
                + " ended with TASK_"
                + failure.state()
                + (failure.message() == null ? "" : ": " + failure.message());
    }

    static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** In the largest unit that fits at least twice, else the next smaller one. */
    static String age(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7_200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
    }
}
