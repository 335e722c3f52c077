package io.muster.deploy.explain;

import static io.muster.deploy.explain.Explanation.age;

import io.muster.deploy.explain.Cause.Kind;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.InstanceTimes;
import io.muster.deploy.model.Target;
import io.muster.deploy.model.Task;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why instances that have a place are not as wanted: one cause for each, but for those that have nothing to tell apart. */
final class PlacedCauses {

    /** Whoever has more of them learns the number. */
    private static final int MOST = 20;

    private final Situation situation;

    private PlacedCauses(Situation situation) {
        this.situation = situation;
    }

    static List<Cause> of(Situation situation) {
        PlacedCauses causes = new PlacedCauses(situation);
        List<Cause> found = new ArrayList<>();
        for (Instance instance : situation.instances()) {
            if (instance.hasPlace()) {
                causes.of(instance).ifPresent(found::add);
            }
        }
        return found.size() <= MOST ? found : shortened(found);
    }

    /** As many as can be read; of the others only how many there are of each kind. */
    private static List<Cause> shortened(List<Cause> all) {
        List<Cause> some = new ArrayList<>(all.subList(0, MOST));
        all.subList(MOST, all.size()).stream()
                .collect(Collectors.groupingBy(Cause::kind, Collectors.summingInt(Cause::instances)))
                .forEach((kind, instances) -> some.add(Cause.of(
                        kind,
                        instances,
                        Explanation.count(instances, "other instance", "other instances") + " likewise")));
        return some;
    }

    private Optional<Cause> of(Instance instance) {
        if (!instance.isWanted()) {
            String asked = Optional.ofNullable(instance.killSentAt())
                    .map(at -> ", asked to " + ago(at))
                    .orElse("");
            return Optional.of(one(Kind.ENDING, instance, "has not ended" + asked));
        }
        return switch (instance.condition()) {
            case PROVISIONED -> Optional.of(launching(instance, "was sent to Mesos, which has not answered"));
            case STAGING, STARTING ->
                Optional.of(launching(instance, "is being started: images are pulled and artifacts fetched"));
            case RUNNING -> instance.isReady() ? notLongReady(instance) : Optional.of(notHealthy(instance));
            case UNREACHABLE -> Optional.of(unreachable(instance));
            case UNREACHABLE_INACTIVE -> Optional.of(inactive(instance));
            case SCHEDULED -> Optional.empty();
            case KILLING, ERROR, FAILED, GONE, DROPPED, UNKNOWN, FINISHED, KILLED ->
                Optional.of(one(Kind.ENDING, instance, "is ending by itself"));
        };
    }

    private Cause launching(Instance instance, String what) {
        Optional<Instant> givenUp = InstanceTimes.launchOverdue(instance, situation.patience());
        String placed = Optional.ofNullable(instance.placedAt())
                .map(at -> ", for " + since(at))
                .orElse("");
        return one(Kind.LAUNCHING, instance, what + placed + giveUp(givenUp)).until(givenUp);
    }

    private String giveUp(Optional<Instant> at) {
        return at.map(moment -> "; given up in " + in(moment)).orElse("");
    }

    private Cause notHealthy(Instance instance) {
        String containers = instance.tasks().stream()
                .filter(task -> task.healthChecked() && task.condition() == Condition.RUNNING)
                .filter(task -> !task.isKnownHealthy())
                .map(PlacedCauses::health)
                .collect(Collectors.joining(", "));
        return one(Kind.NOT_HEALTHY, instance, "runs, but " + containers);
    }

    private static String health(Task task) {
        return "the check of container " + task.container()
                + (task.healthy() == null ? " has not reported" : " says that it is unhealthy");
    }

    private Cause unreachable(Instance instance) {
        UnreachableStrategy strategy =
                situation.goal().definition().scheduling().unreachableStrategy();
        boolean resident = situation.goal().definition().isResident();
        Optional<Instant> replaced = Stream.of(
                        InstanceTimes.inactive(instance, strategy, resident),
                        InstanceTimes.expunge(instance, strategy, resident))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        String then = replaced.map(at -> "; replaced in " + in(at))
                .orElse("; never replaced, as the unreachable strategy says");
        return one(Kind.UNREACHABLE, instance, "has been unreachable for " + since(instance.since()) + then)
                .until(replaced);
    }

    /** It keeps nobody waiting any more, but people ask what it is. */
    private Cause inactive(Instance instance) {
        UnreachableStrategy strategy =
                situation.goal().definition().scheduling().unreachableStrategy();
        Optional<Instant> forgotten = InstanceTimes.expunge(instance, strategy, false);
        String then = forgotten
                .map(at -> "forgotten in " + in(at))
                .orElse("never forgotten, as the unreachable strategy says");
        return one(
                        Kind.UNREACHABLE,
                        instance,
                        "has been unreachable for " + since(instance.since()) + "; replaced; " + then)
                .until(forgotten);
    }

    private Optional<Cause> notLongReady(Instance instance) {
        Optional<Instant> counts = situation
                .running()
                .flatMap(_ -> Target.of(situation.goal()).servedFrom(instance))
                .filter(at -> at.isAfter(situation.now()));
        return counts.map(at -> one(
                        Kind.NOT_LONG_READY,
                        instance,
                        "is ready, and counts as such in " + in(at) + " (minReadySeconds)")
                .until(counts));
    }

    private static Cause one(Kind kind, Instance instance, String what) {
        String host = Optional.ofNullable(instance.agent())
                .map(agent -> " on " + agent.hostname())
                .orElse("");
        return Cause.of(kind, 1, instance.id().text() + host + " " + what);
    }

    private String since(Instant moment) {
        return age(Duration.between(moment, situation.now()));
    }

    private String in(Instant moment) {
        return age(Duration.between(situation.now(), moment));
    }

    private String ago(Instant moment) {
        return since(moment) + " ago";
    }
}
