package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.id;
import static io.muster.deploy.model.RollingCluster.NEW;
import static io.muster.deploy.model.RollingCluster.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.model.Convergence.Moves;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConvergenceTest {

    @Nested
    class Scaling {

        private final RollingCluster cluster = new RollingCluster(target(3, "1", "1", KillSelection.YOUNGEST_FIRST));

        @Test
        void startsAllThatAreMissingAtOnce() {
            cluster.addReady(NEW, 1);

            assertThat(cluster.ask()).isEqualTo(new Moves(2, List.of(), false));
        }

        @Test
        void replacesAnInstanceThatIsBeingEndedWithoutWaitingForItsEnd() {
            cluster.addReady(NEW, 2);
            cluster.add(NEW, Goal.DECOMMISSIONED, Condition.FAILED, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(1, List.of(), false));
        }

        @Test
        void endsTheYoungestFirst() {
            cluster.addReady(NEW, 5);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(id(5), id(4)), false));
        }

        @Test
        void endsTheOldestFirstWhenToldSo() {
            RollingCluster oldestFirst = new RollingCluster(target(3, "1", "1", KillSelection.OLDEST_FIRST));
            oldestFirst.addReady(NEW, 5);

            assertThat(oldestFirst.ask()).isEqualTo(new Moves(0, List.of(id(1), id(2)), false));
        }

        @Test
        void endsWhatServesLeastBeforeAge() {
            RollingCluster none = new RollingCluster(target(1, "1", "1", KillSelection.YOUNGEST_FIRST));
            none.add(NEW, Goal.RUNNING, Condition.KILLING, null);
            none.add(NEW, Goal.RUNNING, Condition.SCHEDULED, null);
            none.add(NEW, Goal.RUNNING, Condition.UNREACHABLE, null);
            none.add(NEW, Goal.RUNNING, Condition.STAGING, null);
            none.add(NEW, Goal.RUNNING, Condition.STARTING, null);
            none.add(NEW, Goal.RUNNING, Condition.RUNNING, false);
            none.add(NEW, Goal.RUNNING, Condition.RUNNING, true);
            none.add(NEW, Goal.RUNNING, Condition.RUNNING, true);

            assertThat(none.ask().end()).containsExactly(id(1), id(2), id(3), id(4), id(5), id(6), id(8));
        }

        @Test
        void choosesTheSameInstancesInWhateverOrderTheyAreGiven() {
            Instance first = Instances.withTasks(Goal.RUNNING, Condition.RUNNING);
            Instance second = Instances.of(
                    id(2),
                    "hash",
                    Goal.RUNNING,
                    List.of(Instances.task(id(2), "a", Condition.RUNNING, false, null)),
                    Instances.START);
            Target one = new Target.Running(1, "hash", upgrade("1", "1"), KillSelection.YOUNGEST_FIRST);

            assertThat(Convergence.next(one, List.of(first, second)))
                    .isEqualTo(Convergence.next(one, List.of(second, first)));
        }

        @Test
        void isReachedWhenExactlyTheWantedInstancesAreReady() {
            cluster.addReady(NEW, 3);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), true));
        }

        @Test
        void isNotReachedWhileOneIsNotReady() {
            cluster.addReady(NEW, 2);
            cluster.add(NEW, Goal.RUNNING, Condition.RUNNING, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), false));
        }

        @Test
        void isNotReachedWhileASurplusInstanceHasNotEnded() {
            cluster.addReady(NEW, 3);
            cluster.add(NEW, Goal.DECOMMISSIONED, Condition.KILLING, true);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), false));
        }
    }

    @Nested
    class Deleting {

        private final RollingCluster cluster = new RollingCluster(new Target.Nothing());

        @Test
        void endsEveryInstanceOfEveryConfigurationOnce() {
            cluster.addReady(OLD, 1);
            cluster.add(NEW, Goal.RUNNING, Condition.SCHEDULED, null);
            cluster.add(OLD, Goal.DECOMMISSIONED, Condition.KILLING, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(id(1), id(2)), false));
        }

        @Test
        void isReachedWhenTheLastOneIsGone() {
            InstanceId last = cluster.add(OLD, Goal.DECOMMISSIONED, Condition.KILLING, null);
            assertThat(cluster.ask().reached()).isFalse();

            cluster.confirmGone(last);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), true));
        }

        @Test
        void isNotToldApartFromScalingToNone() {
            RollingCluster none = new RollingCluster(target(0, "1", "1", KillSelection.YOUNGEST_FIRST));
            assertThat(none.ask()).isEqualTo(new Moves(0, List.of(), true));
            none.addReady(NEW, 2);
            assertThat(none.ask()).isEqualTo(new Moves(0, List.of(id(1), id(2)), false));
        }
    }

    @Nested
    class Replacing {

        /**
         * Worked rollouts of Marathon, under the numbers of our own list of them. {@code K} ends instances, {@code S}
         * starts them, {@code →} follows the confirmation of all ends so far, {@code R} lets one new instance become
         * ready. Rows 26 to 29 are of pods with persistent volumes.
         *
         * <p>Rows 23 and 30 to 32 differ from Marathon, as the recommended rule there wants it. 23: the minimum is
         * checked at every event, so no old instance ends before it is reached. 30 and 31 stall in Marathon: an old
         * instance that is not ready ends at once. 32: it ends beside the ready one that can be spared, not instead of it.
         */
        @ParameterizedTest(name = "row {0}")
        @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
                row | n  | min  | over | old | unready | K at begin | S at begin | peak | low | sequence
                1   | 1  | 1    | 1    | 1   | 0       | 0          | 1          | 2    | 1   | S1; R→K1
                2   | 1  | 1    | 0    | 1   | 0       | 0          | 1          | 2    | 1   | S1; R→K1
                3   | 1  | 0    | 0    | 1   | 0       | 1          | 0          | 1    | 0   | K1→S1; R
                4   | 1  | 0.5  | 0    | 1   | 0       | 0          | 1          | 2    | 1   | S1; R→K1
                5   | 2  | 1    | 1    | 2   | 0       | 0          | 2          | 4    | 2   | S2; 2×(R→K1)
                6   | 2  | 0.5  | 0    | 2   | 0       | 1          | 0          | 2    | 1   | K1→S1; R→K1→S1; R
                7   | 3  | 0.5  | 0    | 3   | 0       | 1          | 0          | 3    | 2   | K1→S1; 2×(R→K1→S1); R
                8   | 3  | 0.5  | 1    | 3   | 0       | 1          | 3          | 6    | 2   | K1+S3; 2×(R→K1); R
                9   | 3  | 1    | 0    | 3   | 0       | 0          | 1          | 4    | 3   | S1; 2×(R→K1→S1); R→K1
                10  | 3  | 0.7  | 0.4  | 3   | 0       | 0          | 1          | 4    | 3   | S1; 2×(R→K1→S1); R→K1
                11  | 3  | 1    | 0.3  | 3   | 0       | 0          | 1          | 4    | 3   | S1; 2×(R→K1→S1); R→K1
                12  | 4  | 0.5  | 0.25 | 4   | 0       | 2          | 1          | 5    | 2   | K2+S1→S2; R→K1→S1; R→K1; 2×(R)
                13  | 4  | 0.5  | 0.5  | 4   | 0       | 2          | 2          | 6    | 2   | K2+S2→S2; 2×(R→K1); 2×(R)
                14  | 4  | 0.75 | 0    | 4   | 0       | 1          | 0          | 4    | 3   | K1→S1; 3×(R→K1→S1); R
                15  | 4  | 1    | 0.2  | 4   | 0       | 0          | 1          | 5    | 4   | S1; 3×(R→K1→S1); R→K1
                16  | 5  | 0    | 0    | 5   | 0       | 5          | 0          | 5    | 0   | K5→S5; 5×(R)
                17  | 5  | 0    | 1    | 5   | 0       | 5          | 5          | 10   | 0   | K5+S5; 5×(R)
                18  | 5  | 1    | 0.2  | 5   | 0       | 0          | 1          | 6    | 5   | S1; 4×(R→K1→S1); R→K1
                19  | 10 | 0.5  | 0.2  | 10  | 0       | 5          | 2          | 12   | 5   | K5+S2→S5; 3×(R→K1→S1); 2×(R→K1); 5×(R)
                20  | 10 | 0.1  | 1    | 10  | 0       | 9          | 10         | 20   | 1   | K9+S10; R→K1; 9×(R)
                21  | 10 | 1    | 1    | 10  | 0       | 0          | 10         | 20   | 10  | S10; 10×(R→K1)
                22  | 10 | 0.1  | 0    | 1   | 0       | 0          | 9          | 10   | 1   | S9; R→K1→S1; 9×(R)
                23  | 5  | 1    | 1    | 2   | 0       | 0          | 5          | 7    | 2   | S5; 3×(R); 2×(R→K1)
                24  | 2  | 1    | 1    | 3   | 0       | 1          | 1          | 4    | 2   | K1+S1→S1; 2×(R→K1)
                25  | 2  | 1    | 1    | 5   | 0       | 3          | 0          | 5    | 2   | K3→S2; 2×(R→K1)
                26  | 1  | 0.5  | 0    | 1   | 0       | 1          | 0          | 1    | 0   | K1→S1; R
                27  | 5  | 0.5  | 0    | 5   | 0       | 2          | 0          | 5    | 3   | K2→S2; 3×(R→K1→S1); 2×(R)
                28  | 5  | 1    | 0    | 5   | 0       | 1          | 0          | 5    | 4   | K1→S1; 4×(R→K1→S1); R
                29  | 5  | 1    | 0    | 7   | 0       | 3          | 0          | 7    | 4   | K3→S1; 4×(R→K1→S1); R
                30  | 3  | 1    | 0    | 3   | 3       | 3          | 0          | 3    | 0   | K3→S3; 3×(R)
                31  | 4  | 1    | 0    | 4   | 1       | 1          | 0          | 5    | 3   | K1→S1; R→S1; 2×(R→K1→S1); R→K1
                32  | 4  | 0.5  | 0    | 4   | 1       | 2          | 0          | 4    | 2   | K2→S2; 2×(R→K1→S1); 2×(R)
                33  | 0  | 1    | 1    | 3   | 0       | 3          | 0          | 3    | 0   | K3
                """)
        void followsTheWorkedRows(
                String row,
                int n,
                String minimum,
                String over,
                int old,
                int unready,
                int endedAtBegin,
                int startedAtBegin,
                int peak,
                int low,
                String sequence) {
            boolean resident = Set.of("26", "27", "28", "29").contains(row);
            Target.Running target = new Target.Running(
                    n, NEW, upgrade(minimum, over), KillSelection.YOUNGEST_FIRST, List.of(), resident, null);
            RollingCluster cluster = new RollingCluster(target);
            cluster.addReady(OLD, old - unready);
            for (int i = 0; i < unready; i++) {
                cluster.add(OLD, Goal.RUNNING, Condition.RUNNING, false);
            }
            Moves begin = cluster.ask();

            String seen = Sequence.of(cluster);

            assertThat(seen).as("row %s", row).isEqualTo(sequence);
            assertThat(begin.end()).hasSize(endedAtBegin);
            assertThat(begin.start()).isEqualTo(startedAtBegin);
            assertThat(cluster.peak()).as("peak").isEqualTo(peak);
            assertThat(cluster.low()).as("low").isEqualTo(low);
            assertThat(cluster.alive())
                    .hasSize(n)
                    .allMatch(instance -> instance.configHash().equals(NEW) && instance.isReady());
        }

        @ParameterizedTest
        @CsvSource({
            "25,  0.28, 1,    7, 50",
            "25,  0.56, 1,   14, 50",
            "50,  0.14, 1,    7, 100",
            "100, 0.07, 1,    7, 200",
            "25,  1,    0.16, 25, 29",
            "45,  1,    0.40, 45, 63",
            "100, 1,    0.15, 100, 115"
        })
        void calculatesSharesExactlyWhereBinaryFractionsDoNot(
                int n, String minimum, String over, int readyLeft, int mostAlive) {
            RollingCluster cluster = new RollingCluster(target(n, minimum, over, KillSelection.YOUNGEST_FIRST));
            cluster.addReady(OLD, n);

            Moves moves = cluster.ask();

            assertThat(n - moves.end().size()).isEqualTo(readyLeft);
            assertThat(n + moves.start()).isEqualTo(mostAlive);
        }

        @ParameterizedTest
        @CsvSource({
            "RUNNING, false",
            "RUNNING,",
            "UNREACHABLE, true",
            "STARTING,",
            "STAGING,",
            "PROVISIONED,",
            "SCHEDULED,"
        })
        void endsAnOldInstanceThatIsNotReadyAtOnce(Condition condition, @Nullable Boolean healthy) {
            RollingCluster cluster = new RollingCluster(target(2, "1", "0", KillSelection.YOUNGEST_FIRST));
            cluster.addReady(OLD, 1);
            InstanceId unready = cluster.add(OLD, Goal.RUNNING, condition, healthy);

            assertThat(cluster.ask().end()).containsExactly(unready);
        }

        @ParameterizedTest
        @EnumSource(KillSelection.class)
        void sparesReadyInstancesInTheOrderThePodWants(KillSelection selection) {
            RollingCluster cluster = new RollingCluster(target(4, "0.5", "0", selection));
            cluster.addReady(OLD, 4);

            assertThat(cluster.ask().end())
                    .isEqualTo(
                            switch (selection) {
                                case YOUNGEST_FIRST -> List.of(id(4), id(3));
                                case OLDEST_FIRST -> List.of(id(1), id(2));
                            });
        }

        @Test
        void sparesOfReadyInstancesThoseThatLeaveTheGroupsOfTheirPodEven() {
            Target.Running target =
                    new Target.Running(3, NEW, upgrade("0.5", "0"), KillSelection.YOUNGEST_FIRST, List.of("hostname"));

            Moves moves =
                    Convergence.next(target, List.of(readyOn("host-1", 1), readyOn("host-1", 2), readyOn("host-2", 3)));

            assertThat(moves.end()).containsExactly(id(2));
        }

        @Test
        void keepsTheMinimumWhereTheGroupsWouldRatherLoseAReadyOneOfTheSurplus() {
            Target.Running two =
                    new Target.Running(2, NEW, upgrade("1", "0"), KillSelection.YOUNGEST_FIRST, List.of("hostname"));
            List<Instance> current = List.of(
                    on("host-1", 1, NEW, Condition.RUNNING),
                    on("host-1", 2, NEW, Condition.RUNNING),
                    on("host-2", 3, NEW, Condition.STARTING));
            Instance oldOneThatEnds =
                    on("host-3", 4, OLD, Condition.RUNNING).decommissioned(EndCause.SCALED_DOWN, Instances.START);

            assertThat(Convergence.next(two, current).end()).isEmpty();
            assertThat(Convergence.next(
                                    two,
                                    Stream.concat(current.stream(), Stream.of(oldOneThatEnds))
                                            .toList())
                            .end())
                    .isEmpty();
            List<Instance> allReady = List.of(current.get(0), current.get(1), on("host-2", 3, NEW, Condition.RUNNING));
            assertThat(Convergence.next(two, allReady).end()).containsExactly(id(2));
        }

        private static Instance readyOn(String hostname, int number) {
            return on(hostname, number, OLD, Condition.RUNNING);
        }

        private static Instance on(String hostname, int number, String configHash, Condition condition) {
            Instant since = Instances.START.plusSeconds(number);
            List<Task> tasks = List.of(Instances.task(id(number), "a", condition, false, null, since));
            return Instance.scheduled(id(number), Instances.POD, Instances.VERSION, configHash, since)
                    .placed(new Agent("agent of " + hostname, hostname, null, null), List.of(), tasks, since)
                    .withTasks(tasks, since);
        }

        @Test
        void leavesInstancesAloneThatAlreadyHaveTheWantedConfiguration() {
            RollingCluster cluster = new RollingCluster(target(3, "1", "1", KillSelection.YOUNGEST_FIRST));
            cluster.addReady(NEW, 2);
            cluster.addReady(OLD, 1);

            assertThat(Sequence.of(cluster)).isEqualTo("S1; R→K1");
            assertThat(cluster.alive()).extracting(Instance::id).contains(id(1), id(2));
        }

        @Test
        void keepsTheMinimumWhenNewInstancesTurnUnhealthyMidway() {
            RollingCluster cluster = new RollingCluster(target(3, "1", "1", KillSelection.YOUNGEST_FIRST));
            cluster.addReady(OLD, 3);
            cluster.addReady(NEW, 1);
            InstanceId turned = cluster.add(NEW, Goal.RUNNING, Condition.RUNNING, true);
            cluster.becomes(turned, Condition.RUNNING, false);

            assertThat(cluster.ask()).isEqualTo(new Moves(1, List.of(id(3)), false));
        }

        @Test
        void countsAnEndedInstanceAgainstTheMaximumUntilItsEndIsConfirmed() {
            RollingCluster cluster = new RollingCluster(target(2, "0", "0", KillSelection.YOUNGEST_FIRST));
            InstanceId ended = cluster.add(OLD, Goal.DECOMMISSIONED, Condition.KILLING, null);
            cluster.add(NEW, Goal.RUNNING, Condition.STARTING, null);
            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), false));

            cluster.confirmGone(ended);

            assertThat(cluster.ask()).isEqualTo(new Moves(1, List.of(), false));
        }

        @Test
        void isNotReachedWhileAnOldInstanceIsStillEnding() {
            RollingCluster cluster = new RollingCluster(target(2, "1", "1", KillSelection.YOUNGEST_FIRST));
            cluster.addReady(NEW, 2);
            cluster.add(OLD, Goal.DECOMMISSIONED, Condition.KILLING, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), false));
        }

        @Test
        void endsASurplusOfNewInstancesOnceNoOldOneIsWanted() {
            RollingCluster cluster = new RollingCluster(target(1, "1", "1", KillSelection.YOUNGEST_FIRST));
            cluster.addReady(NEW, 2);
            cluster.addReady(OLD, 1);

            assertThat(cluster.move()).isEqualTo(new Moves(0, List.of(id(3)), false));
            assertThat(cluster.move()).isEqualTo(new Moves(0, List.of(id(2)), false));
            assertThat(cluster.move()).isEqualTo(new Moves(0, List.of(), false));
        }
    }

    @Nested
    class WithoutADeployment {

        private final RollingCluster cluster =
                new RollingCluster(new Target.Steady(target(3, "1", "1", KillSelection.YOUNGEST_FIRST)));

        @Test
        void replacesNothing() {
            cluster.addReady(OLD, 2);
            cluster.addReady(NEW, 1);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), false));
        }

        @Test
        void fillsUpWhateverTheOthersAre() {
            cluster.addReady(OLD, 1);
            cluster.add(OLD, Goal.DECOMMISSIONED, Condition.KILLING, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(2, List.of(), false));
        }

        @Test
        void endsOfTheSurplusWhatServesLeastAndThenOtherConfigurations() {
            cluster.addReady(NEW, 2);
            cluster.addReady(OLD, 2);
            InstanceId unready = cluster.add(NEW, Goal.RUNNING, Condition.STAGING, null);

            assertThat(cluster.ask().end()).containsExactly(unready, id(4));
        }

        @Test
        void movesNothingWhileItIsHeld() {
            RollingCluster held = new RollingCluster(new Target.Held());
            held.addReady(OLD, 2);
            held.add(NEW, Goal.RUNNING, Condition.STAGING, null);

            assertThat(held.ask()).isEqualTo(new Moves(0, List.of(), false));
        }
    }

    @Nested
    class Inactive {

        private final RollingCluster cluster = new RollingCluster(target(2, "1", "0", KillSelection.YOUNGEST_FIRST));

        @Test
        void isReplacedAndLeftAlone() {
            cluster.addReady(NEW, 1);
            cluster.add(NEW, Goal.RUNNING, Condition.UNREACHABLE_INACTIVE, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(1, List.of(), false));
        }

        @Test
        void isMissedByNobodyOnceOthersRun() {
            cluster.add(NEW, Goal.RUNNING, Condition.UNREACHABLE_INACTIVE, null);
            cluster.addReady(NEW, 2);

            assertThat(cluster.ask()).isEqualTo(new Moves(0, List.of(), true));
        }

        @Test
        void takesNoRoomOfAReplacementAndEndsAtOnceIfItIsOld() {
            cluster.addReady(OLD, 1);
            InstanceId old = cluster.add(OLD, Goal.RUNNING, Condition.UNREACHABLE_INACTIVE, null);
            cluster.add(NEW, Goal.RUNNING, Condition.UNREACHABLE_INACTIVE, null);

            assertThat(cluster.ask()).isEqualTo(new Moves(1, List.of(old), false));
        }

        @Test
        void isReplacedAlsoWhileNoDeploymentRuns() {
            Target.Running goal = target(2, "1", "0", KillSelection.YOUNGEST_FIRST);
            cluster.addReady(NEW, 1);
            cluster.add(NEW, Goal.RUNNING, Condition.UNREACHABLE_INACTIVE, null);

            assertThat(Convergence.next(new Target.Steady(goal), cluster.alive()))
                    .isEqualTo(new Moves(1, List.of(), false));
        }

        @Test
        void endsWithAllOthersWhenNothingIsWanted() {
            InstanceId inactive = cluster.add(NEW, Goal.RUNNING, Condition.UNREACHABLE_INACTIVE, null);

            assertThat(Convergence.next(new Target.Nothing(), cluster.alive()))
                    .isEqualTo(new Moves(0, List.of(inactive), false));
        }
    }

    @Test
    void countsAsReadyOnlyWhatHasBeenForLongEnough() {
        Target.Running patient = new Target.Running(
                2, NEW, new Upgrade(BigDecimal.ONE, BigDecimal.ONE, 10), KillSelection.YOUNGEST_FIRST);
        RollingCluster cluster = new RollingCluster(patient);
        cluster.addReady(NEW, 2);
        Instant second = Instances.START.plusSeconds(2);

        assertThat(Convergence.next(patient.asOf(second.plusSeconds(10)), cluster.alive())
                        .reached())
                .isTrue();
        assertThat(Convergence.next(patient.asOf(second.plusSeconds(10).minusNanos(1)), cluster.alive())
                        .reached())
                .isFalse();
        assertThat(cluster.alive().stream().flatMap(instance -> patient.servedFrom(instance).stream()))
                .containsExactly(second.plusSeconds(9), second.plusSeconds(10));
    }

    @Test
    void survivesAMinimumReadyTimeLongerThanAnyCalendar() {
        Target.Running endless = new Target.Running(
                1, NEW, new Upgrade(BigDecimal.ONE, BigDecimal.ONE, Long.MAX_VALUE), KillSelection.YOUNGEST_FIRST);
        RollingCluster cluster = new RollingCluster(endless);
        cluster.addReady(NEW, 1);

        assertThat(Convergence.next(endless.asOf(Instances.START.plusSeconds(99)), cluster.alive())
                        .reached())
                .isFalse();
    }

    @Test
    void replacesInstancesThatAreTooOldAsIfTheyWereOfAnotherConfiguration() {
        Target.Running target = target(2, "1", "1", KillSelection.YOUNGEST_FIRST);
        RollingCluster cluster = new RollingCluster(target.replacingAllBefore(Instances.START.plusSeconds(3)));
        cluster.addReady(NEW, 2);

        assertThat(Sequence.of(cluster)).isEqualTo("S2; 2×(R→K1)");
        assertThat(cluster.alive()).extracting(Instance::id).containsExactly(id(3), id(4));
    }

    private static Target.Running target(int n, String minimum, String over, KillSelection selection) {
        return new Target.Running(n, NEW, upgrade(minimum, over), selection);
    }

    private static Upgrade upgrade(String minimum, String over) {
        return new Upgrade(new BigDecimal(minimum), new BigDecimal(over));
    }
}
