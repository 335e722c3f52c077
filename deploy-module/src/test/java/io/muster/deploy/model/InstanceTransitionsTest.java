package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.AT_ONCE;
import static io.muster.deploy.model.Instances.NEVER;
import static io.muster.deploy.model.Instances.PATIENCE;
import static io.muster.deploy.model.Instances.START;
import static io.muster.deploy.model.Instances.id;
import static io.muster.deploy.model.Instances.kill;
import static io.muster.deploy.model.Instances.placed;
import static io.muster.deploy.model.Instances.reported;
import static io.muster.deploy.model.Instances.scheduled;
import static io.muster.deploy.model.Instances.taskId;
import static io.muster.deploy.model.Instances.timePassed;
import static io.muster.deploy.model.Instances.withTasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.InstanceDecision.Outcome;
import io.muster.deploy.model.InstanceInput.Decommissioned;
import io.muster.deploy.model.InstanceInput.Placed;
import io.muster.deploy.model.InstanceInput.PlacedContainer;
import io.muster.deploy.model.InstanceInput.Reported;
import io.muster.pods.model.UnreachableStrategy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Stories of single instances; every pair of condition and input is in {@link InstanceTransitionsMatrixTest}. */
class InstanceTransitionsTest {

    @Nested
    class Launching {

        @Test
        void getsItsAgentPortsAndOneTaskForEachContainerWhenPlaced() {
            Placed place = new Placed(
                    Instances.AGENT,
                    List.of(31000, 31001),
                    List.of(new PlacedContainer("web", true), new PlacedContainer("log", false)));

            Instance placed = next(scheduled(1, "hash"), place, at(3));

            assertThat(placed)
                    .isEqualTo(new Instance(
                            id(1),
                            Instances.POD,
                            Instances.VERSION,
                            "hash",
                            Goal.RUNNING,
                            Condition.PROVISIONED,
                            at(3),
                            null,
                            START,
                            at(3),
                            null,
                            Instances.AGENT,
                            List.of(31000, 31001),
                            null,
                            List.of(
                                    new Task(
                                            taskId("web"),
                                            "web",
                                            Condition.PROVISIONED,
                                            true,
                                            null,
                                            at(3),
                                            null,
                                            List.of()),
                                    new Task(
                                            taskId("log"),
                                            "log",
                                            Condition.PROVISIONED,
                                            false,
                                            null,
                                            at(3),
                                            null,
                                            List.of()))));
        }

        @Test
        void runsOnlyWhenAllItsTasksRun() {
            Instance placed = next(scheduled(1, "hash"), placed("a", "b"), at(0));
            Instance oneStarting = next(placed, reported("a", TaskState.STARTING), at(1));
            Instance bothStarting = next(oneStarting, reported("b", TaskState.STARTING), at(1));
            Instance oneRunning = next(bothStarting, reported("a", TaskState.RUNNING), at(2));
            Instance bothRunning = next(oneRunning, reported("b", TaskState.RUNNING), at(3));

            assertThat(List.of(oneStarting, bothStarting, oneRunning, bothRunning))
                    .extracting(Instance::condition)
                    .containsExactly(Condition.STARTING, Condition.STARTING, Condition.STARTING, Condition.RUNNING);
            assertThat(bothRunning.isReady()).isTrue();
        }

        @Test
        void remembersTheFirstStartOfATaskAndTheEarliestOfThemAll() {
            Instance starting = withTasks(Goal.RUNNING, Condition.STARTING, Condition.STARTING);
            Instance one = next(starting, reported("b", TaskState.RUNNING), at(5));
            Instance both = next(one, reported("a", TaskState.RUNNING), at(7));
            Instance lost = next(both, reported("b", TaskState.UNREACHABLE), at(9));
            Instance back = next(lost, reported("b", TaskState.RUNNING), at(11));

            assertThat(one.activeSince()).isEqualTo(at(5));
            assertThat(back.activeSince()).isEqualTo(at(5));
            assertThat(back.tasks()).extracting(Task::startedAt).containsExactly(at(7), at(5));
        }

        @Test
        void remembersSinceWhenItIsReadyAlsoWhereItsHealthWasKnownBefore() {
            Instance one = Instances.of(
                    Instances.id(1),
                    "hash",
                    Goal.RUNNING,
                    List.of(
                            Instances.task(Instances.id(1), "a", Condition.RUNNING, true, true),
                            Instances.task(Instances.id(1), "b", Condition.RUNNING, true, null)),
                    at(0));
            assertThat(one.healthy()).isTrue();
            assertThat(one.readySince()).isNull();

            Instance ready = next(one, reported("b", TaskState.RUNNING, true), at(5));
            assertThat(ready.since()).isEqualTo(at(0));
            assertThat(ready.readySince()).isEqualTo(at(5));

            Instance sick = next(ready, reported("a", TaskState.RUNNING, false), at(7));
            assertThat(sick.readySince()).isNull();
            assertThat(next(sick, reported("a", TaskState.RUNNING, true), at(9)).readySince())
                    .isEqualTo(at(9));
        }

        @Test
        void keepsTheAddressesThatWereReportedLast() {
            List<NetworkAddresses> addresses = List.of(new NetworkAddresses(Optional.of("dcos"), List.of("9.0.2.130")));
            Instance starting = withTasks(Goal.RUNNING, Condition.STARTING);

            Instance running = next(starting, withAddresses(TaskState.RUNNING, addresses), at(1));
            Instance killing = next(running, withAddresses(TaskState.KILLING, List.of()), at(2));

            assertThat(running.tasks().getFirst().addresses()).isEqualTo(addresses);
            assertThat(killing.tasks().getFirst().addresses()).isEqualTo(addresses);
        }

        private static Reported withAddresses(TaskState state, List<NetworkAddresses> addresses) {
            StatusReport plain = Instances.report("a", state, null);
            return new Reported(new StatusReport(
                    plain.task(),
                    plain.agentId(),
                    plain.state(),
                    plain.healthy(),
                    plain.message(),
                    plain.reason(),
                    addresses,
                    plain.at(),
                    plain.receipt()));
        }

        @Test
        void isGivenUpWhenNoWordOfTheLaunchComes() {
            Instance placed = next(scheduled(1, "hash"), placed("a", "b"), at(10));
            Instant due = at(10).plus(PATIENCE.launchConfirm());

            assertThat(InstanceTimes.nextCheck(placed, AT_ONCE, PATIENCE)).contains(due);
            assertThat(decide(placed, timePassed(AT_ONCE), due.minusNanos(1)))
                    .isEqualTo(InstanceDecision.unchanged(placed, List.of()));
            assertThat(decide(placed, timePassed(AT_ONCE), due))
                    .isEqualTo(InstanceDecision.changed(
                            placed.decommissioned(EndCause.OVERDUE, due), List.of(kill("a"), kill("b"))));
        }

        @Test
        void isGivenUpWhenItDoesNotRunInTimeCountedFromThePlacement() {
            Instance placed = next(scheduled(1, "hash"), placed("a", "b"), at(10));
            Instance starting = next(placed, reported("a", TaskState.STARTING), at(100));
            Instance half = next(starting, reported("b", TaskState.RUNNING), at(200));
            Instant due = at(10).plus(PATIENCE.launch());

            assertThat(InstanceTimes.nextCheck(half, AT_ONCE, PATIENCE)).contains(due);
            assertThat(decide(half, timePassed(AT_ONCE), due.minusNanos(1)).outcome())
                    .isEqualTo(Outcome.UNCHANGED);
            assertThat(decide(half, timePassed(AT_ONCE), due).kills()).containsExactly(kill("a"), kill("b"));
        }

        @Test
        void waitsForAPlaceAndRunsWithoutALimit() {
            assertThat(InstanceTimes.nextCheck(scheduled(1, "hash"), AT_ONCE, PATIENCE))
                    .isEmpty();
            assertThat(InstanceTimes.nextCheck(withTasks(Goal.RUNNING, Condition.RUNNING), AT_ONCE, PATIENCE))
                    .isEmpty();
        }
    }

    @Nested
    class Ending {

        @Test
        void oneFailedTaskEndsTheWholeInstanceAndKillsEveryActiveSibling() {
            Instance running = withTasks(
                    Goal.RUNNING, Condition.RUNNING, Condition.RUNNING, Condition.FINISHED, Condition.STARTING);

            InstanceDecision failed = decide(running, reported("a", TaskState.FAILED), at(4));

            assertThat(failed.outcome()).isEqualTo(Outcome.CHANGED);
            assertThat(failed.kills()).containsExactly(kill("b"), kill("d"));
            Instance ending = failed.next().orElseThrow();
            assertThat(ending.condition()).isEqualTo(Condition.FAILED);
            assertThat(ending.isWanted()).isFalse();
            assertThat(ending.killSentAt()).isEqualTo(at(4));
        }

        @Test
        void isGoneOnlyWhenTheLastSiblingHasEnded() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING, Condition.RUNNING, Condition.RUNNING);
            Instance failed = next(running, reported("a", TaskState.FAILED), at(1));
            InstanceDecision second = decide(failed, reported("b", TaskState.KILLED), at(2));
            InstanceDecision third = decide(second.next().orElseThrow(), reported("c", TaskState.KILLED), at(3));

            assertThat(second.next()).isPresent();
            assertThat(second.kills()).isEmpty();
            isGone(third);
        }

        @Test
        void goesOnWhenOneTaskFinishesAndIsGoneWhenAllHave() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING, Condition.RUNNING);
            Instance half = next(running, reported("a", TaskState.FINISHED), at(1));

            assertThat(half.condition()).isEqualTo(Condition.RUNNING);
            assertThat(half.isWanted()).isTrue();
            assertThat(half.isReady()).isTrue();
            isGone(decide(half, reported("b", TaskState.FINISHED), at(2)));
        }

        @Test
        void aTerminalTaskIgnoresWhatIsReportedLater() {
            Instance failed = next(
                    withTasks(Goal.RUNNING, Condition.RUNNING, Condition.RUNNING),
                    reported("a", TaskState.FAILED),
                    at(1));

            for (TaskState state : TaskState.values()) {
                assertThat(decide(failed, reported("a", state, false), at(2)))
                        .isEqualTo(InstanceDecision.unchanged(failed, List.of()));
            }
        }

        @Test
        void isKilledTaskByTaskOnceAndNotAgainWhenToldTwice() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING, Condition.FINISHED, Condition.RUNNING);

            InstanceDecision first = decide(running, new Decommissioned(EndCause.SCALED_DOWN), at(1));
            InstanceDecision second =
                    decide(first.next().orElseThrow(), new Decommissioned(EndCause.SCALED_DOWN), at(2));

            assertThat(first.kills()).containsExactly(kill("a"), kill("c"));
            assertThat(second).isEqualTo(InstanceDecision.unchanged(first.next().orElseThrow(), List.of()));
        }

        @Test
        void isGoneAtOnceWhileItWaitsForAPlace() {
            assertThat(decide(scheduled(1, "hash"), new Decommissioned(EndCause.SCALED_DOWN), at(1)))
                    .isEqualTo(InstanceDecision.vanished());
        }

        @Test
        void isNotFoundOverdueAgainOnceItsEndIsOrdered() {
            Instance starting = withTasks(Goal.RUNNING, Condition.STARTING);
            Instant due = START.plus(PATIENCE.launch());

            Instance ending = next(starting, timePassed(AT_ONCE), due);

            assertThat(InstanceTimes.nextCheck(ending, AT_ONCE, PATIENCE)).isEmpty();
        }

        @Test
        void isRefusedAPlaceThatComesTooLate() {
            Instance placed = next(scheduled(1, "hash"), placed("a"), at(1));

            assertThat(decide(placed, placed("a"), at(2))).isEqualTo(InstanceDecision.refused(placed));
        }
    }

    @Nested
    class Reports {

        @Test
        void aRepeatedReportChangesNothing() {
            Instance starting = withTasks(Goal.RUNNING, Condition.STARTING, Condition.RUNNING);
            Instance running = next(starting, reported("a", TaskState.RUNNING, true), at(1));

            assertThat(decide(running, reported("a", TaskState.RUNNING, true), at(2)))
                    .isEqualTo(InstanceDecision.unchanged(running, List.of()));
            assertThat(decide(running, reported("a", TaskState.RUNNING), at(3)))
                    .isEqualTo(InstanceDecision.unchanged(running, List.of()));
        }

        @Test
        void anUnknownTaskIsKilledWhereItRuns() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING);

            InstanceDecision decision = decide(running, reported("stranger", TaskState.RUNNING), at(1));

            assertThat(decision)
                    .isEqualTo(InstanceDecision.unchanged(
                            running, List.of(new KillOrder(taskId("stranger"), Optional.of(Instances.AGENT.id())))));
        }

        @Test
        void anUnknownTaskThatHasEndedIsLeftAlone() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING);

            assertThat(decide(running, reported("stranger", TaskState.FAILED), at(1)))
                    .isEqualTo(InstanceDecision.unchanged(running, List.of()));
        }

        @Test
        void aLateWordOfTheLaunchDoesNotTakeARunningTaskBack() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING);

            for (TaskState late : List.of(TaskState.STAGING, TaskState.STARTING)) {
                assertThat(decide(running, reported("a", late, false), at(400)))
                        .isEqualTo(InstanceDecision.unchanged(running, List.of()));
            }
        }
    }

    @Nested
    class Unreachable {

        private static final UnreachableStrategy AFTER_AN_HOUR = new UnreachableStrategy.Enabled(60, 3600);

        private final Instance lost = next(
                withTasks(Goal.RUNNING, Condition.RUNNING, Condition.RUNNING),
                reported("a", TaskState.UNREACHABLE),
                at(10));

        @Test
        void isForgottenAtOnceByDefaultAndWhatCanBeReachedIsKilled() {
            assertThat(InstanceTimes.nextCheck(lost, AT_ONCE, PATIENCE)).contains(at(10));
            isGone(decide(lost, timePassed(AT_ONCE), at(10)), kill("b"));
        }

        @Test
        void becomesInactiveAfterTheFirstTimeAndCountsOnFromWhenItWasLost() {
            assertThat(InstanceTimes.nextCheck(lost, AFTER_AN_HOUR, PATIENCE)).contains(at(70));
            assertThat(decide(lost, timePassed(AFTER_AN_HOUR), at(70).minusNanos(1)))
                    .isEqualTo(InstanceDecision.unchanged(lost, List.of()));

            Instance inactive = next(lost, timePassed(AFTER_AN_HOUR), at(75));

            assertThat(inactive.isInactive()).isTrue();
            assertThat(inactive.isWanted()).isTrue();
            assertThat(inactive.since()).isEqualTo(at(10));
            assertThat(inactive.tasks())
                    .extracting(Task::condition)
                    .containsExactly(Condition.UNREACHABLE_INACTIVE, Condition.RUNNING);
            assertThat(InstanceTimes.nextCheck(inactive, AFTER_AN_HOUR, PATIENCE))
                    .contains(at(3610));
        }

        @Test
        void isInactiveAtOnceAndRememberedWhereOnlyTheSecondTimeIsLong() {
            UnreachableStrategy remembered = new UnreachableStrategy.Enabled(0, 3600);

            assertThat(next(lost, timePassed(remembered), at(10)).isInactive()).isTrue();
        }

        @Test
        void neverBecomesInactiveWhileItKeepsStorage() {
            assertThat(InstanceTimes.nextCheck(lost, AFTER_AN_HOUR, true, PATIENCE))
                    .contains(at(3610));
            assertThat(decide(lost, new InstanceInput.TimePassed(AFTER_AN_HOUR, true, PATIENCE), at(100)))
                    .isEqualTo(InstanceDecision.unchanged(lost, List.of()));
        }

        @Test
        void staysInactiveUntilAllOfItIsBack() {
            Instance inactive = next(lost, timePassed(AFTER_AN_HOUR), at(70));
            Instance still = next(inactive, reported("b", TaskState.UNREACHABLE), at(80));
            assertThat(still.isInactive()).isTrue();
            assertThat(still.since()).isEqualTo(at(10));

            Instance half = next(still, reported("b", TaskState.RUNNING), at(90));
            Instance back = next(half, reported("a", TaskState.RUNNING), at(91));

            assertThat(half.isInactive()).isTrue();
            assertThat(back.condition()).isEqualTo(Condition.RUNNING);
            assertThat(back.since()).isEqualTo(at(91));
        }

        @Test
        void isForgottenWhenItsTimeIsOver() {
            Instance inactive = next(lost, timePassed(AFTER_AN_HOUR), at(70));

            assertThat(decide(inactive, timePassed(AFTER_AN_HOUR), at(3610).minusNanos(1)))
                    .isEqualTo(InstanceDecision.unchanged(inactive, List.of()));
            assertThat(decide(inactive, timePassed(AFTER_AN_HOUR), at(3610)).next())
                    .isEmpty();
            assertThat(decide(lost, timePassed(AFTER_AN_HOUR), at(3610)).next())
                    .as("nobody looked in between")
                    .isEmpty();
        }

        @Test
        void countsFromTheFirstWordOfItHoweverOftenItIsRepeated() {
            Instance still = next(lost, reported("b", TaskState.UNREACHABLE), at(500));

            assertThat(InstanceTimes.expunge(still, AFTER_AN_HOUR, false)).contains(at(3610));
            assertThat(decide(still, reported("a", TaskState.UNREACHABLE), at(900))
                            .outcome())
                    .isEqualTo(Outcome.UNCHANGED);
        }

        @Test
        void isKeptForEverWhenThePodSaysSo() {
            assertThat(InstanceTimes.nextCheck(lost, NEVER, PATIENCE)).isEmpty();
            assertThat(decide(lost, timePassed(NEVER), at(10_000_000)))
                    .isEqualTo(InstanceDecision.unchanged(lost, List.of()));
        }

        @Test
        void survivesATimeLongerThanAnyCalendar() {
            UnreachableStrategy endless = new UnreachableStrategy.Enabled(0, Long.MAX_VALUE);

            assertThat(InstanceTimes.expunge(lost, endless, false).orElseThrow())
                    .isAfter(at(10).plus(Duration.ofDays(10_000)));
        }

        @Test
        void runsOnWhenItsAgentReturnsInTime() {
            Instance back = next(lost, reported("a", TaskState.RUNNING), at(100));

            assertThat(back.condition()).isEqualTo(Condition.RUNNING);
            assertThat(back.isWanted()).isTrue();
            assertThat(InstanceTimes.nextCheck(back, AFTER_AN_HOUR, PATIENCE)).isEmpty();
        }

        @Test
        void isForgottenAtOnceWhenItIsNotWantedAnyMore() {
            Instance unwanted = next(lost, new Decommissioned(EndCause.SCALED_DOWN), at(20));

            assertThat(InstanceTimes.nextCheck(unwanted, NEVER, PATIENCE)).contains(at(10));
            isGone(decide(unwanted, timePassed(NEVER), at(20)), kill("b"));
        }

        @Test
        void isForgottenAlsoWhenATaskHadFailedBeforeTheAgentWasLost() {
            Instance running = withTasks(Goal.RUNNING, Condition.RUNNING, Condition.RUNNING);
            Instance failed = next(running, reported("a", TaskState.FAILED), at(1));
            Instance failedAndLost = next(failed, reported("b", TaskState.UNREACHABLE), at(2));

            assertThat(failedAndLost.condition()).isEqualTo(Condition.FAILED);
            assertThat(InstanceTimes.nextCheck(failedAndLost, NEVER, PATIENCE).orElseThrow())
                    .isBeforeOrEqualTo(at(2));
            isGone(decide(failedAndLost, timePassed(NEVER), at(2)));
        }
    }

    private static void isGone(InstanceDecision decision, KillOrder... kills) {
        assertThat(decision.outcome()).isEqualTo(Outcome.CHANGED);
        assertThat(decision.next()).isEmpty();
        assertThat(decision.ended()).isPresent();
        assertThat(decision.kills()).containsExactly(kills);
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private static InstanceDecision decide(Instance instance, InstanceInput input, Instant now) {
        return InstanceTransitions.decide(instance, input, now);
    }

    private static Instance next(Instance instance, InstanceInput input, Instant now) {
        return decide(instance, input, now).next().orElseThrow();
    }
}
