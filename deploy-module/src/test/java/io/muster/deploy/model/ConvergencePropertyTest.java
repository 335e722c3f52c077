package io.muster.deploy.model;

import static io.muster.deploy.model.RollingCluster.NEW;
import static io.muster.deploy.model.RollingCluster.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Convergence.Moves;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every roll, whatever happens in whatever order. A roll that fails tells its seed. */
class ConvergencePropertyTest {

    private static final int ROLLS = 2_000;
    private static final int ROLLS_OF_ONE_TEST = 250;
    private static final int EVENTS = 20;

    static LongStream firstSeeds() {
        return LongStream.range(0, ROLLS / ROLLS_OF_ONE_TEST).map(test -> test * ROLLS_OF_ONE_TEST);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("firstSeeds")
    void everyRollKeepsItsBoundsAndEndsWhenFailuresStop(long firstSeed) {
        for (long seed = firstSeed; seed < firstSeed + ROLLS_OF_ONE_TEST; seed++) {
            try {
                roll(seed);
            } catch (AssertionError broken) {
                throw new AssertionError("seed " + seed + ": " + broken.getMessage(), broken);
            }
        }
    }

    private static void roll(long seed) {
        Roll roll = new Roll(new Random(seed));
        roll.begin();
        for (int i = 0; i < EVENTS; i++) {
            roll.anEventHappens();
            roll.move();
        }
        roll.everythingGoesWellFromNowOn();
    }

    /** One generated roll, with the bounds calculated in whole hundredths. */
    private static final class Roll {

        private final Random random;
        private final int n;
        private final int minimum;
        private final int maximum;
        private final boolean resident;
        private final RollingCluster cluster;
        private final Target target;

        Roll(Random random) {
            this.random = random;
            n = random.nextInt(9);
            int minimumShare = share();
            resident = random.nextInt(4) == 0;
            // Volumes leave no room for more.
            int overShare = resident ? 0 : share();
            minimum = Math.ceilDiv(n * minimumShare, 100);
            maximum = n + n * overShare / 100;
            Upgrade upgrade = new Upgrade(BigDecimal.valueOf(minimumShare, 2), BigDecimal.valueOf(overShare, 2));
            KillSelection selection = random.nextBoolean() ? KillSelection.YOUNGEST_FIRST : KillSelection.OLDEST_FIRST;
            target = random.nextInt(20) == 0
                    ? new Target.Nothing()
                    : new Target.Running(n, NEW, upgrade, selection, List.of(), resident, null);
            cluster = new RollingCluster(target);
        }

        /** The ends of the range are the interesting shares. */
        private int share() {
            return switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> 100;
                default -> random.nextInt(101);
            };
        }

        void begin() {
            int old = random.nextInt(10);
            int alreadyNew = random.nextInt(4) == 0 ? random.nextInt(10) : 0;
            for (int i = 0; i < old + alreadyNew; i++) {
                Condition condition = any(
                        Condition.RUNNING,
                        Condition.RUNNING,
                        Condition.RUNNING,
                        Condition.SCHEDULED,
                        Condition.STAGING,
                        Condition.STARTING,
                        Condition.UNREACHABLE,
                        Condition.UNREACHABLE_INACTIVE,
                        Condition.KILLING);
                Goal goal =
                        condition == Condition.SCHEDULED || random.nextInt(10) > 0 ? Goal.RUNNING : Goal.DECOMMISSIONED;
                cluster.add(i < old ? OLD : NEW, goal, condition, any(true, true, true, false, null));
            }
            move();
        }

        void anEventHappens() {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> one(cluster.newButNotReady(), id -> cluster.becomes(id, Condition.RUNNING, true));
                case 3 ->
                    one(cluster.aliveThat(Instance::isWanted), id -> cluster.becomes(id, Condition.RUNNING, false));
                case 4 ->
                    one(
                            cluster.aliveThat(Instance::isWanted),
                            id -> cluster.becomes(
                                    id, any(Condition.UNREACHABLE, Condition.UNREACHABLE_INACTIVE), null));
                case 5 -> one(cluster.aliveThat(Instance::isWanted), this::fails);
                default -> one(cluster.beingEnded(), cluster::confirmGone);
            }
        }

        /** At once with all its tasks, or with siblings that still have to be killed. */
        private void fails(InstanceId id) {
            if (random.nextBoolean()) {
                cluster.confirmGone(id);
            } else {
                cluster.becomes(id, Condition.FAILED, null);
                cluster.end(id);
            }
        }

        /** New instances become ready, ends are confirmed; in any order, but in the end all of them. */
        void everythingGoesWellFromNowOn() {
            int rounds = 0;
            while (!cluster.ask().reached()) {
                assertThat(rounds++).as("rounds until the target is reached").isLessThan(200);
                List<Runnable> due = new ArrayList<>();
                cluster.newButNotReady().forEach(id -> due.add(() -> becomesReadyIfItIsStillThere(id)));
                cluster.beingEnded().forEach(id -> due.add(() -> cluster.confirmGone(id)));
                assertThat(due)
                        .as("something to wait for while the target is not reached")
                        .isNotEmpty();
                Collections.shuffle(due, random);
                for (Runnable event : due.subList(0, 1 + random.nextInt(due.size()))) {
                    event.run();
                    move();
                }
            }
            assertThat(present(cluster.alive()))
                    .hasSize(target instanceof Target.Running running ? running.instances() : 0)
                    .allMatch(instance -> isReady(instance) && isNew(instance));
        }

        private void becomesReadyIfItIsStillThere(InstanceId id) {
            if (cluster.newButNotReady().contains(id)) {
                cluster.becomes(id, Condition.RUNNING, true);
            }
        }

        /** Moves until nothing more is to be done, as the engine does after any event. */
        void move() {
            int asked = 0;
            Moves moves;
            do {
                assertThat(asked++).as("times asked before it comes to rest").isLessThan(4);
                moves = cluster.ask();
                judge(moves);
                assertThat(cluster.move()).as("asked again with the same state").isEqualTo(moves);
            } while (moves.start() > 0 || !moves.end().isEmpty());
        }

        private void judge(Moves moves) {
            List<Instance> alive = cluster.alive();
            if (random.nextInt(4) == 0) {
                List<Instance> shuffled = new ArrayList<>(alive);
                Collections.shuffle(shuffled, random);
                assertThat(Convergence.next(target, shuffled))
                        .as("in another order")
                        .isEqualTo(moves);
            }

            Set<InstanceId> ended = new HashSet<>(moves.end());
            assertThat(ended).as("ended once").hasSize(moves.end().size());
            assertThat(cluster.aliveThat(Instance::isWanted).containsAll(ended))
                    .as("only wanted ones end")
                    .isTrue();

            boolean asWanted = (target instanceof Target.Running && n > 0)
                    ? present(alive).size() == n
                            && present(alive).stream().allMatch(Roll::isReady)
                            && alive.stream().allMatch(Roll::isNew)
                    : alive.isEmpty();
            assertThat(moves.reached()).as("reached").isEqualTo(asWanted);

            if (target instanceof Target.Running && n > 0) {
                judgeStarts(moves, alive);
                judgeEnds(ended);
            } else {
                assertThat(moves.start()).as("started though none is wanted").isZero();
            }
        }

        private void judgeStarts(Moves moves, List<Instance> alive) {
            assertThat(moves.start()).isNotNegative();
            if (moves.start() == 0) {
                return;
            }
            int current = cluster.aliveThat(
                            instance -> instance.isWanted() && isNew(instance) && !instance.isInactive())
                    .size();
            assertThat(current + moves.start()).as("new instances").isLessThanOrEqualTo(n);
            if (!alive.stream().allMatch(Roll::isNew)) {
                int ready = cluster.aliveThat(Roll::isReady).size();
                int lifted = minimum == maximum && ready >= maximum && !resident ? maximum + 1 : maximum;
                assertThat(present(alive).size() + moves.start()).as("alive").isLessThanOrEqualTo(lifted);
            }
        }

        private void judgeEnds(Set<InstanceId> ended) {
            List<InstanceId> ready = cluster.aliveThat(Roll::isReady);
            if (ready.stream().anyMatch(ended::contains)) {
                boolean oneBelow = resident && minimum == maximum && ready.size() >= maximum;
                assertThat(ready.stream().filter(id -> !ended.contains(id)).count())
                        .as("ready ones left")
                        .isGreaterThanOrEqualTo(oneBelow ? minimum - 1 : minimum);
            }
        }

        private static List<Instance> present(List<Instance> alive) {
            return alive.stream().filter(instance -> !instance.isInactive()).toList();
        }

        private static boolean isNew(Instance instance) {
            return instance.configHash().equals(NEW);
        }

        private static boolean isReady(Instance instance) {
            return instance.isWanted() && instance.isReady();
        }

        private void one(List<InstanceId> from, Consumer<InstanceId> event) {
            if (!from.isEmpty()) {
                event.accept(from.get(random.nextInt(from.size())));
            }
        }

        @SafeVarargs
        private <T extends @Nullable Object> T any(T... values) {
            return values[random.nextInt(values.length)];
        }
    }
}
