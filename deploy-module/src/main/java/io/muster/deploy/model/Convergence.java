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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The next moves from the instances there are to those that are wanted. Judged on state alone, so it may be asked again
 * after any event and after any crash. It follows these rules (ADR 0005, ADR 0006):
 *
 * <ol>
 *   <li>Nothing wanted: everything ends at once. Nothing to be moved: nothing is.
 *   <li>No deployment runs: start what is missing, or end the surplus at once, whatever the configurations.
 *   <li>No instance of another configuration alive: start what is missing, or end the surplus, of which those that are
 *       ready leave the minimum: the balance of GROUP_BY may choose them before others that are not.
 *   <li>Otherwise a replacement. {@code minimum = ceil(n * minimumHealthCapacity)}, {@code maximum = floor(n * (1 +
 *       maximumOverCapacity))}; where these are equal and that many are ready, one more is allowed, lest nothing move. For
 *       a pod with persistent volumes one ready instance less is, since another one would have no volume to use.
 *   <li>An old instance that is not ready ends at once: it protects nobody.
 *   <li>A ready old instance ends while at least the minimum stays ready without it.
 *   <li>A new instance starts while all that are alive, those being ended included, stay within the maximum.
 *   <li>An instance that has been unreachable too long ({@link Instance#isInactive}) is none of those that are there: another
 *       takes its place. It is not ended for that, unless it is of another configuration than is wanted.
 *   <li>For a deployment an instance is ready only when it has been for as long as its target says.
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
        return switch (target) {
            case Target.Nothing() -> emptied(alive);
            case Target.Running running when running.instances() == 0 -> emptied(alive);
            case Target.Running running ->
                grown(running, alive).orElseGet(() -> towards(running, wanted(alive), alive));
            case Target.Steady(Target.Running goal) -> keep(goal, wanted(alive));
            case Target.Held() -> new Moves(0, List.of(), false);
        };
    }

    private static List<Instance> wanted(Collection<Instance> alive) {
        return alive.stream().filter(Instance::isWanted).toList();
    }

    private static Moves emptied(Collection<Instance> alive) {
        return new Moves(0, ids(wanted(alive).stream().sorted(byId())), alive.isEmpty());
    }

    /**
     * Where nothing is replaced and there are not too many; empty otherwise. Counts without making lists, since a pod that
     * grows asks for it whenever some of its thousands of instances become ready.
     */
    private static Optional<Moves> grown(Target.Running target, Collection<Instance> alive) {
        int present = 0;
        int current = 0;
        int served = 0;
        for (Instance instance : alive) {
            if (!target.isMetBy(instance)) {
                return Optional.empty();
            }
            if (!instance.isInactive()) {
                present++;
                if (instance.isWanted()) {
                    current++;
                    served += target.isServedBy(instance) ? 1 : 0;
                }
            }
        }
        int missing = target.instances() - current;
        return missing < 0
                ? Optional.empty()
                : Optional.of(new Moves(missing, List.of(), missing == 0 && present == current && served == current));
    }

    /**
     * Whether the next moves may be others after this change of one instance than before it. That one waits, is placed or
     * starts makes no difference.
     *
     * @param after empty if it is gone
     */
    public static boolean dependsOn(Instance before, Optional<Instance> after) {
        return after.filter(now -> now.goal() == before.goal()
                        && now.isReady() == before.isReady()
                        && now.isInactive() == before.isInactive())
                .isEmpty();
    }

    /** Whether instances will have to start that may not yet: others must be ready, or gone, before. */
    public static boolean holdsStartsBack(Target target, Collection<Instance> alive) {
        if (!(target instanceof Target.Running running)) {
            return false;
        }
        int current = 0;
        for (Instance instance : alive) {
            current += instance.isWanted() && !instance.isInactive() && running.isMetBy(instance) ? 1 : 0;
        }
        return current < running.instances();
    }

    /** Of those that serve equally, the ones of other configurations end first. */
    private static Moves keep(Target.Running goal, List<Instance> wanted) {
        Comparator<Instance> order = Comparator.comparingInt(Convergence::worth)
                .thenComparing(goal::isMetBy)
                .thenComparing(victims(goal.killSelection()));
        List<Instance> present =
                wanted.stream().filter(instance -> !instance.isInactive()).toList();
        int missing = goal.instances() - present.size();
        return new Moves(Math.max(0, missing), ids(surplus(goal, present, order)), false);
    }

    /** Where some are replaced, or there are too many. */
    private static Moves towards(Target.Running target, List<Instance> wanted, Collection<Instance> alive) {
        List<Instance> current = wanted.stream()
                .filter(instance -> target.isMetBy(instance) && !instance.isInactive())
                .toList();
        int present =
                (int) alive.stream().filter(instance -> !instance.isInactive()).count();
        return alive.stream().allMatch(target::isMetBy)
                ? new Moves(0, ids(surplus(target, current)), false)
                : replace(target, current, wanted, present);
    }

    private static Moves replace(Target.Running target, List<Instance> current, List<Instance> wanted, int present) {
        Comparator<Instance> order = victims(target.killSelection());
        List<Instance> old =
                wanted.stream().filter(instance -> !target.isMetBy(instance)).toList();
        Stream<Instance> unready =
                old.stream().filter(instance -> !instance.isReady()).sorted(order);
        List<Instance> readyOld = old.stream().filter(Instance::isReady).toList();
        long ready = wanted.stream().filter(target::isServedBy).count();
        int spare = Math.clamp(spare(target, ready), 0, readyOld.size());
        Stream<Instance> readyToSpare = chosen(readyOld, order, target, spare);
        Stream<Instance> surplus = old.isEmpty() ? surplus(target, current) : Stream.empty();
        int start = Math.min(target.instances() - current.size(), maximum(target, ready) - present);
        return new Moves(
                Math.max(0, start),
                ids(Stream.of(unready, readyToSpare, surplus).flatMap(s -> s)),
                false);
    }

    /** The surplus that may end now. */
    private static Stream<Instance> surplus(Target.Running target, List<Instance> current) {
        List<Instance> victims =
                surplus(target, current, victims(target.killSelection())).toList();
        long ready = current.stream().filter(target::isServedBy).count();
        return Stream.concat(
                victims.stream().filter(instance -> !instance.isReady()),
                victims.stream().filter(Instance::isReady).limit(Math.max(0, spare(target, ready))));
    }

    private static Stream<Instance> surplus(
            Target.Running target, List<Instance> candidates, Comparator<Instance> order) {
        return chosen(candidates, order, target, Math.max(0, candidates.size() - target.instances()));
    }

    /** That many of them; most rounds end none, and need no order. */
    private static Stream<Instance> chosen(
            List<Instance> candidates, Comparator<Instance> order, Target.Running target, int count) {
        return count == 0
                ? Stream.empty()
                : GroupBalance.victims(candidates.stream().sorted(order).toList(), target.groupedBy(), count).stream();
    }

    private static int minimum(Target.Running target) {
        return BigDecimal.valueOf(target.instances())
                .multiply(target.upgrade().minimumHealthCapacity())
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
    }

    private static int maximum(Target.Running target, long ready) {
        return isStuck(target, ready) && !target.resident() ? capacity(target) + 1 : capacity(target);
    }

    /** How many ready instances may end now; negative if there are too few already. */
    private static long spare(Target.Running target, long ready) {
        long beyond = ready - minimum(target);
        return isStuck(target, ready) && target.resident() ? beyond + 1 : beyond;
    }

    private static int capacity(Target.Running target) {
        return BigDecimal.valueOf(target.instances())
                .multiply(BigDecimal.ONE.add(target.upgrade().maximumOverCapacity()))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
    }

    /** None may end by the minimum, and none start by the maximum. */
    private static boolean isStuck(Target.Running target, long ready) {
        return minimum(target) == capacity(target) && ready >= capacity(target);
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
            case UNREACHABLE, UNREACHABLE_INACTIVE -> 2;
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
