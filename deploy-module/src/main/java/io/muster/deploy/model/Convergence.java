package io.muster.deploy.model;

import io.muster.deploy.cluster.InstanceId;
import io.muster.pods.model.KillSelection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The next moves from the instances there are to those that are wanted. Judged on state alone, so it may be asked again
 * after any event and after any crash. It follows these rules (ADR 0005, ADR 0006):
 *
 * <ol>
 *   <li>Nothing wanted: everything ends at once.
 *   <li>No instance of another configuration alive: start what is missing, or end the surplus at once.
 *   <li>Otherwise a replacement. {@code minimum = ceil(n * minimumHealthCapacity)}, {@code maximum = floor(n * (1 +
 *       maximumOverCapacity))}; where these are equal and that many are ready, one more is allowed, lest nothing move.
 *   <li>An old instance that is not ready ends at once: it protects nobody.
 *   <li>A ready old instance ends while at least the minimum stays ready without it.
 *   <li>A new instance starts while all that are alive, those being ended included, stay within the maximum.
 * </ol>
 */
public final class Convergence {

    private Convergence() {}

    /**
     * The next moves.
     *
     * @param start how many instances of the target to schedule
     * @param end wanted instances to decommission, in this order
     * @param reached whether exactly the wanted instances exist and all are ready
     */
    public record Moves(int start, List<InstanceId> end, boolean reached) {
        public Moves {
            end = List.copyOf(end);
        }
    }

    /**
     * What to do next.
     *
     * @param alive every instance of the pod that is not gone, also those that are being ended
     */
    public static Moves next(Target target, Collection<Instance> alive) {
        List<Instance> wanted = alive.stream().filter(Instance::isWanted).toList();
        return switch (target) {
            case Target.Nothing() -> new Moves(0, ids(wanted.stream().sorted(byId())), alive.isEmpty());
            case Target.Running running
            when running.instances() == 0 -> new Moves(0, ids(wanted.stream().sorted(byId())), alive.isEmpty());
            case Target.Running running -> towards(running, wanted, alive);
        };
    }

    private static Moves towards(Target.Running target, List<Instance> wanted, Collection<Instance> alive) {
        List<Instance> current =
                wanted.stream().filter(instance -> isCurrent(instance, target)).toList();
        boolean replacing = !alive.stream().allMatch(instance -> isCurrent(instance, target));
        return replacing ? replace(target, current, wanted, alive.size()) : scale(target, current, alive.size());
    }

    private static boolean isCurrent(Instance instance, Target.Running target) {
        return instance.configHash().equals(target.configHash());
    }

    private static Moves scale(Target.Running target, List<Instance> current, int alive) {
        int missing = target.instances() - current.size();
        boolean reached =
                missing == 0 && alive == current.size() && current.stream().allMatch(Instance::isReady);
        return new Moves(Math.max(0, missing), ids(surplus(target, current)), reached);
    }

    private static Moves replace(Target.Running target, List<Instance> current, List<Instance> wanted, int alive) {
        List<Instance> old = wanted.stream()
                .filter(instance -> !isCurrent(instance, target))
                .sorted(victims(target.killSelection()))
                .toList();
        long spare = Math.max(0, ready(wanted) - minimum(target));
        Stream<Instance> unready = old.stream().filter(instance -> !instance.isReady());
        Stream<Instance> readyToSpare = old.stream().filter(Instance::isReady).limit(spare);
        Stream<Instance> surplus = old.isEmpty() ? surplus(target, current) : Stream.empty();
        int start = Math.min(target.instances() - current.size(), maximum(target, ready(wanted)) - alive);
        return new Moves(
                Math.max(0, start),
                ids(Stream.of(unready, readyToSpare, surplus).flatMap(s -> s)),
                false);
    }

    private static Stream<Instance> surplus(Target.Running target, List<Instance> current) {
        int surplus = Math.max(0, current.size() - target.instances());
        List<Instance> inOrder =
                current.stream().sorted(victims(target.killSelection())).toList();
        return GroupBalance.victims(inOrder, target.groupedBy(), surplus).stream();
    }

    private static long ready(List<Instance> wanted) {
        return wanted.stream().filter(Instance::isReady).count();
    }

    private static int minimum(Target.Running target) {
        return BigDecimal.valueOf(target.instances())
                .multiply(target.upgrade().minimumHealthCapacity())
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    private static int maximum(Target.Running target, long ready) {
        int maximum = BigDecimal.valueOf(target.instances())
                .multiply(BigDecimal.ONE.add(target.upgrade().maximumOverCapacity()))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
        return minimum(target) == maximum && ready >= maximum ? maximum + 1 : maximum;
    }

    /**
     * First what serves least: ending by itself, waiting, unreachable, staging, starting, running; then by age
     * (Marathon, ScalingProposition.scala).
     */
    static Comparator<Instance> victims(KillSelection selection) {
        Comparator<Instance> oldestFirst = Comparator.comparing(Convergence::age);
        Comparator<Instance> byAge = switch (selection) {
            case YOUNGEST_FIRST -> oldestFirst.reversed();
            case OLDEST_FIRST -> oldestFirst;
        };
        return Comparator.comparingInt(Convergence::worth).thenComparing(byAge).thenComparing(byId());
    }

    private static Instant age(Instance instance) {
        return Objects.requireNonNullElse(instance.activeSince(), instance.scheduledAt());
    }

    private static int worth(Instance instance) {
        return switch (instance.condition()) {
            case ERROR, FAILED, GONE, DROPPED, KILLING, UNKNOWN, FINISHED, KILLED -> 0;
            case SCHEDULED, PROVISIONED -> 1;
            case UNREACHABLE -> 2;
            case STAGING -> 3;
            case STARTING -> 4;
            case RUNNING -> instance.isReady() ? 6 : 5;
        };
    }

    private static Comparator<Instance> byId() {
        return Comparator.comparing(Instance::id);
    }

    private static List<InstanceId> ids(Stream<Instance> instances) {
        return instances.map(Instance::id).toList();
    }
}
