package io.muster.deploy.model;

import static io.muster.deploy.model.Instances.AT_ONCE;
import static io.muster.deploy.model.Instances.PATIENCE;
import static io.muster.deploy.model.Instances.START;
import static io.muster.deploy.model.Instances.placed;
import static io.muster.deploy.model.Instances.scheduled;
import static io.muster.deploy.model.Instances.taskId;
import static io.muster.deploy.model.Instances.timePassed;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.model.InstanceInput.Decommissioned;
import io.muster.deploy.model.InstanceInput.Reported;
import io.muster.deploy.model.Termination.ContainerEnd;
import io.muster.pods.model.KillSelection;
import io.muster.pods.model.Upgrade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is remembered of an instance that has ended. */
class TerminationTest {

    private static final Instant PLACED = START.plusSeconds(1);
    private static final Instant STARTED = START.plusSeconds(5);

    /** Containers {@code a} and {@code b}, placed and running. */
    private static Instance running() {
        Instance placed = next(scheduled(1, "hash"), placed("a", "b"), PLACED);
        Instance half = next(placed, report("a", TaskState.RUNNING, null, null, null), STARTED);
        return next(half, report("b", TaskState.RUNNING, null, null, null), STARTED);
    }

    @Test
    void tellsHowEachContainerEndedAlsoTheOneThatEndedFirst() {
        Instance failed =
                next(running(), report("b", TaskState.FAILED, "Command exited with status 3", null, null), at(10));

        Termination ended = ended(
                failed,
                report("a", TaskState.KILLED, "Command terminated with signal Terminated", "EXECUTOR_TERMINATED", null),
                at(13));

        assertThat(ended)
                .isEqualTo(new Termination(
                        failed.id(),
                        failed.pod(),
                        failed.version(),
                        "agent-1",
                        "host-1.test",
                        PLACED,
                        STARTED,
                        at(13),
                        EndCause.FAILED,
                        "Command exited with status 3",
                        List.of(
                                new ContainerEnd(
                                        "a",
                                        Condition.KILLED,
                                        null,
                                        "SIGTERM",
                                        "EXECUTOR_TERMINATED",
                                        "Command terminated with signal Terminated",
                                        STARTED,
                                        at(13)),
                                new ContainerEnd(
                                        "b",
                                        Condition.FAILED,
                                        3,
                                        null,
                                        null,
                                        "Command exited with status 3",
                                        STARTED,
                                        at(10)))));
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, , FAILED",
        "ERROR, , FAILED",
        "KILLED, , KILLED",
        "KILLED, true, KILLED",
        "KILLED, false, UNHEALTHY",
        "GONE, , LOST",
        "GONE_BY_OPERATOR, , LOST",
        "UNKNOWN, , LOST",
        "LOST, , LOST",
        "DROPPED, , NOT_LAUNCHED"
    })
    void theContainerThatEndedFirstSaysWhy(TaskState state, @Nullable Boolean healthy, EndCause cause) {
        Instance failed = next(running(), report("a", state, null, null, healthy), at(10));

        assertThat(failed.endCause()).isEqualTo(cause);
        assertThat(ended(failed, report("b", TaskState.KILLED, null, null, null), at(11))
                        .cause())
                .isEqualTo(cause);
    }

    @Test
    void isFinishedWhenEveryContainerCameToItsEnd() {
        Instance half =
                next(running(), report("a", TaskState.FINISHED, "Command exited with status 0", null, null), at(10));

        Termination ended =
                ended(half, report("b", TaskState.FINISHED, "Command exited with status 0", null, null), at(20));

        assertThat(ended.cause()).isEqualTo(EndCause.FINISHED);
        assertThat(ended.message()).isNull();
        assertThat(ended.containers()).extracting(ContainerEnd::exitCode).containsExactly(0, 0);
        assertThat(ended.containers()).extracting(ContainerEnd::endedAt).containsExactly(at(10), at(20));
    }

    @ParameterizedTest
    @EnumSource(
            value = EndCause.class,
            names = {"KILL_REQUESTED", "DELETED", "REPLACED", "SCALED_DOWN"})
    void whatMusterWantedCountsAndNotHowTheContainersTookIt(EndCause cause) {
        Instance ending = next(running(), new Decommissioned(cause), at(10));
        Instance half = next(
                ending, report("a", TaskState.FAILED, "Command terminated with signal Killed", null, null), at(11));

        Termination ended = ended(half, report("b", TaskState.KILLED, null, null, null), at(12));

        assertThat(ended.cause()).isEqualTo(cause);
        assertThat(ended.message()).isNull();
        assertThat(ended.containers()).extracting(ContainerEnd::signal).containsExactly("SIGKILL", null);
    }

    @Test
    void theFirstCauseCounts() {
        Instance killed = next(running(), new Decommissioned(EndCause.KILL_REQUESTED), at(10));

        assertThat(InstanceTransitions.decide(killed, new Decommissioned(EndCause.DELETED), at(11))
                        .next())
                .contains(killed);
    }

    @Test
    void anInstanceThatIsGivenUpIsLostAndItsContainersDidNotEnd() {
        Instance gone = next(running(), report("a", TaskState.UNREACHABLE, null, null, null), at(10));

        Termination ended = ended(gone, timePassed(AT_ONCE), at(20));

        assertThat(ended.cause()).isEqualTo(EndCause.LOST);
        assertThat(ended.endedAt()).isEqualTo(at(20));
        assertThat(ended.containers())
                .extracting(ContainerEnd::state)
                .containsExactly(Condition.UNREACHABLE, Condition.RUNNING);
        assertThat(ended.containers()).extracting(ContainerEnd::endedAt).containsOnlyNulls();
    }

    @Test
    void aLaunchThatTookTooLongIsOverdue() {
        Instance placed = next(scheduled(1, "hash"), placed("a"), PLACED);
        Instance overdue = next(placed, timePassed(AT_ONCE), PLACED.plus(PATIENCE.launchConfirm()));

        Termination ended = ended(overdue, report("a", TaskState.DROPPED, null, null, null), at(999));

        assertThat(ended.cause()).isEqualTo(EndCause.OVERDUE);
        assertThat(ended.activeSince()).isNull();
    }

    @Test
    void anInstanceThatNeverHadAPlaceLeavesNothing() {
        assertThat(InstanceTransitions.decide(scheduled(1, "hash"), new Decommissioned(EndCause.DELETED), at(1))
                        .ended())
                .isEmpty();
    }

    @Test
    void oneTooManyIsReplacedByAnotherConfigurationElseScaledDownOrDeleted() {
        Instance instance = scheduled(1, "hash");

        assertThat(EndCause.ofSurplus(instance, target("other", 2))).isEqualTo(EndCause.REPLACED);
        assertThat(EndCause.ofSurplus(instance, target("hash", 2))).isEqualTo(EndCause.SCALED_DOWN);
        assertThat(EndCause.ofSurplus(instance, target("other", 0))).isEqualTo(EndCause.SCALED_DOWN);
        assertThat(EndCause.ofSurplus(instance, new Target.Nothing())).isEqualTo(EndCause.DELETED);
    }

    private static Target target(String configHash, int instances) {
        return new Target.Running(
                instances, configHash, new Upgrade(BigDecimal.ONE, BigDecimal.ONE), KillSelection.YOUNGEST_FIRST);
    }

    private static Reported report(
            String container,
            TaskState state,
            @Nullable String message,
            @Nullable String reason,
            @Nullable Boolean healthy) {
        return new Reported(new StatusReport(
                taskId(container),
                Optional.of("agent-1"),
                state,
                Optional.ofNullable(healthy),
                Optional.ofNullable(message),
                Optional.ofNullable(reason),
                List.of(),
                START,
                Optional.empty()));
    }

    private static Instant at(long seconds) {
        return START.plusSeconds(seconds);
    }

    private static Instance next(Instance instance, InstanceInput input, Instant now) {
        return InstanceTransitions.decide(instance, input, now).next().orElseThrow();
    }

    private static Termination ended(Instance instance, InstanceInput input, Instant now) {
        return InstanceTransitions.decide(instance, input, now).ended().orElseThrow();
    }
}
