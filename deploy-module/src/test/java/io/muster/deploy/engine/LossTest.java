package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.Instance;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances whose agents go silent, come back, or are gone: on virtual time. */
class LossTest {

    private static final VersionedPod TWO =
            Scenario.unreachable(Scenario.web("2026-01-01T00:00:00Z", "one", 2), 60, 3600);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Scenario scenario = new Scenario();
    private InstanceId lost;
    private InstanceId other;
    private TaskId lostTask;

    @BeforeEach
    void oneOfTwoInstancesIsLost() {
        scenario.subscribed().create(TWO);
        scenario.allRun();
        lost = scenario.instances().getFirst().id();
        other = scenario.instances().getLast().id();
        lostTask = scenario.instances().getFirst().tasks().getFirst().id();
        scenario.pass(MINUTE).report(lost, TaskState.UNREACHABLE);
    }

    @Test
    void isReplacedByATimerAndRememberedUntilItIsForgotten() {
        scenario.pass(MINUTE.minusSeconds(1)).offers();
        assertThat(ids()).containsExactly(lost, other);
        assertThat(scenario.engine.idleTime()).isLessThanOrEqualTo(Duration.ofSeconds(1));

        scenario.pass(Duration.ofSeconds(1)).allRun();
        assertThat(scenario.instances())
                .extracting(Instance::condition)
                .containsExactly(Condition.UNREACHABLE_INACTIVE, Condition.RUNNING, Condition.RUNNING);
        assertThat(scenario.cluster.kills).isEmpty();

        scenario.pass(Duration.ofMinutes(59).minusSeconds(1));
        assertThat(ids()).contains(lost);
        scenario.pass(Duration.ofSeconds(1)).allRun();
        assertThat(ids()).hasSize(2).doesNotContain(lost).contains(other);
        assertThat(scenario.cluster.launched).as("no second replacement").hasSize(3);
    }

    @Test
    void countsAgainWhenItReturnsAndTheSurplusIsChosenByTheKillSelection() {
        scenario.pass(MINUTE).allRun();
        InstanceId replacement = ids().getLast();

        scenario.pass(MINUTE).report(lost, TaskState.RUNNING);

        assertThat(wanted()).as("the youngest goes").containsExactly(lost, other);
        scenario.report(replacement, TaskState.KILLED).allRun();
        assertThat(ids()).containsExactly(lost, other);
        assertThat(scenario.instances()).allMatch(Instance::isReady);
    }

    @Test
    void takesThePlaceOfAReplacementThatFoundNoneYet() {
        scenario.cluster.room = 0;
        scenario.pass(MINUTE).offers();
        assertThat(ids()).hasSize(3);

        scenario.report(lost, TaskState.RUNNING);

        assertThat(ids()).containsExactly(lost, other);
        assertThat(scenario.cluster.kills).isEmpty();
    }

    @Test
    void isNotReplacedTwiceWhenTheLeaderChanges() {
        scenario.pass(MINUTE).allRun();

        scenario.crash().subscribed().allRun();

        assertThat(ids()).hasSize(3);
        assertThat(scenario.instances().getFirst().isInactive()).isTrue();
        scenario.report(lost, TaskState.UNREACHABLE);
        assertThat(scenario.instances().getFirst().isInactive()).isTrue();
        assertThat(ids()).hasSize(3);
    }

    @Test
    void isKilledAsAnOrphanWhenItReturnsAfterItWasForgotten() {
        scenario.pass(MINUTE).allRun().pass(Duration.ofHours(1)).allRun();
        assertThat(ids()).hasSize(2).doesNotContain(lost);

        scenario.report(lostTask, TaskState.RUNNING).step();

        assertThat(scenario.cluster.kills).extracting("task").containsExactly(lostTask);
        assertThat(ids()).hasSize(2);
        scenario.report(lostTask, TaskState.KILLED);
        assertThat(scenario.store.orphans).isEmpty();
    }

    @Test
    void isReplacedOnceWhenItsAgentIsGoneForGood() {
        scenario.report(lost, TaskState.GONE).pass(MINUTE).allRun();
        assertThat(ids()).hasSize(2).doesNotContain(lost).contains(other);

        scenario.pass(Duration.ofHours(2)).allRun();
        assertThat(scenario.cluster.launched).hasSize(3);
    }

    @Test
    void needsNoOtherWhenItsAgentIsGoneAfterItWasReplaced() {
        scenario.pass(MINUTE).allRun();

        scenario.report(lost, TaskState.GONE_BY_OPERATOR).pass(MINUTE).allRun();

        assertThat(ids()).hasSize(2).doesNotContain(lost);
        assertThat(scenario.cluster.launched).hasSize(3);
    }

    @Test
    void settlesWithAsManyAsWantedAfterAPartitionOfEverything() {
        scenario.report(other, TaskState.UNREACHABLE).pass(MINUTE).allRun();
        assertThat(ids()).hasSize(4);

        scenario.report(other, TaskState.RUNNING)
                .report(lost, TaskState.RUNNING)
                .allRun();

        assertThat(ids()).containsExactly(lost, other);
    }

    @Test
    void doesNotKeepADeploymentFromItsEnd() {
        scenario.pass(MINUTE).allRun();
        VersionedPod three = Scenario.unreachable(Scenario.web("2026-01-02T00:00:00Z", "one", 3), 60, 3600);

        scenario.change(Kind.SCALE, three);
        scenario.allRun();

        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, three);
        assertThat(ids()).hasSize(4);
    }

    @Test
    void isForgottenAtOnceByAnUpdateAndByADelete() {
        scenario.pass(MINUTE).allRun();
        VersionedPod next = Scenario.unreachable(Scenario.web("2026-01-02T00:00:00Z", "two", 2), 60, 3600);
        scenario.update(next);
        scenario.step();
        assertThat(ids()).doesNotContain(lost);
        scenario.allRun();
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, next);

        InstanceId again = ids().getFirst();
        scenario.report(again, TaskState.UNREACHABLE).pass(MINUTE).allRun();
        scenario.change(Kind.DELETE, next);
        scenario.step().allRun();
        assertThat(ids()).isEmpty();
        assertThat(scenario.store.exposed).isEmpty();
    }

    @Test
    void isForgottenWithoutAKillWhenAUserKillsIt() {
        scenario.kill(lost).step();

        assertThat(ids()).doesNotContain(lost).hasSize(2);
        assertThat(scenario.cluster.kills).isEmpty();
        scenario.report(lostTask, TaskState.RUNNING).step();
        assertThat(scenario.cluster.kills).extracting("task").containsExactly(lostTask);
    }

    @Test
    void isReplacedOnceWhileADeploymentIsPaused() {
        VersionedPod three = Scenario.unreachable(Scenario.web("2026-01-02T00:00:00Z", "one", 3), 60, 3600);
        UUID scaling = scenario.change(Kind.SCALE, three);
        scenario.store.intervene(scaling, new PauseAsked("a look"), scenario.now);
        scenario.step(new ChangesCame());
        assertThat(wanted()).hasSize(3).contains(lost);

        scenario.pass(MINUTE);
        assertThat(wanted()).hasSize(4).contains(lost);
        scenario.pass(Duration.ofHours(1));

        assertThat(wanted()).hasSize(3).doesNotContain(lost);
    }

    @Test
    void isReplacedAtOnceAndRememberedWhereOnlyForgettingTakesTime() {
        Scenario eager = new Scenario();
        eager.subscribed().create(Scenario.unreachable(Scenario.web("2026-01-01T00:00:00Z", "one", 1), 0, 3600));
        InstanceId first = eager.allRun().only().id();

        eager.report(first, TaskState.UNREACHABLE).step().allRun();

        assertThat(eager.instances()).hasSize(2);
        assertThat(eager.instances().getFirst().isInactive()).isTrue();
        eager.pass(Duration.ofHours(1));
        assertThat(eager.only().id()).isNotEqualTo(first);
    }

    private List<InstanceId> ids() {
        return scenario.instances().stream().map(Instance::id).toList();
    }

    private List<InstanceId> wanted() {
        return scenario.instances().stream()
                .filter(Instance::isWanted)
                .map(Instance::id)
                .toList();
    }
}
