package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of tasks that belong to no instance. */
class OrphansTest {

    private static final TaskId STRANGER = new TaskId("old_web.instance-00000000-0000-0000-0000-000000000001.nginx");
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final Scenario scenario = new Scenario().subscribed();

    @Test
    void isConfirmedAndStoredButNotKilled() {
        scenario.report(STRANGER, TaskState.RUNNING);

        assertThat(scenario.cluster.receipts).hasSize(1);
        assertThat(scenario.store.orphans).containsOnlyKeys(STRANGER);
        assertThat(scenario.pass(GRACE.minusMillis(1)).cluster.kills).isEmpty();
    }

    @Test
    void isKilledWhenItsGraceIsOverUntilItHasEnded() {
        scenario.report(STRANGER, TaskState.RUNNING);

        scenario.pass(GRACE);
        assertThat(scenario.cluster.kills).hasSize(1);
        scenario.report(STRANGER, TaskState.RUNNING).pass(Duration.ofSeconds(30));
        assertThat(scenario.cluster.kills).hasSize(2);

        scenario.report(STRANGER, TaskState.KILLED);
        assertThat(scenario.store.orphans).isEmpty();
        assertThat(scenario.pass(Duration.ofDays(1)).cluster.kills).hasSize(2);
    }

    @Test
    void waitsNoLongerWhenTheLeaderChanges() {
        scenario.report(STRANGER, TaskState.RUNNING).pass(GRACE.minusSeconds(1));

        scenario.crash().subscribed();
        scenario.report(STRANGER, TaskState.RUNNING);
        assertThat(scenario.cluster.kills).isEmpty();
        scenario.pass(Duration.ofSeconds(1));

        assertThat(scenario.cluster.kills).hasSize(1);
    }

    @Test
    void isKilledAtOnceWhenSomebodyAsksForIt() {
        scenario.report(STRANGER, TaskState.RUNNING);
        scenario.store.unwanted.put(STRANGER, scenario.now);

        scenario.step(new ChangesCame()).step();

        assertThat(scenario.cluster.kills).extracting("task").containsExactly(STRANGER);
        assertThat(scenario.step(new ChangesCame()).cluster.kills).hasSize(1);
    }

    @Test
    void isNotKilledWhileItCannotBeReached() {
        scenario.report(STRANGER, TaskState.RUNNING).report(STRANGER, TaskState.UNREACHABLE);
        assertThat(scenario.pass(GRACE.multipliedBy(2)).cluster.kills).isEmpty();

        scenario.report(STRANGER, TaskState.RUNNING).step();

        assertThat(scenario.cluster.kills).hasSize(1);
    }

    @Test
    void isKilledOnlyWhileThereIsSomebodyToTell() {
        scenario.report(STRANGER, TaskState.RUNNING).step(new Disconnected("cut"));
        assertThat(scenario.pass(GRACE).cluster.kills).isEmpty();

        scenario.subscribed();

        assertThat(scenario.cluster.kills).hasSize(1);
    }

    @Test
    void isAskedForByEachReconciliation() {
        scenario.report(STRANGER, TaskState.RUNNING);

        scenario.subscribed();

        assertThat(scenario.cluster.questions.getLast()).containsExactly(new KnownTask(STRANGER, Optional.of("S0")));
    }

    @Test
    void isNotConfirmedBeforeItIsStored() {
        scenario.store.failNextCommit(new IllegalStateException("disk full"));

        assertThatThrownBy(() -> scenario.report(STRANGER, TaskState.RUNNING)).hasMessage("disk full");

        assertThat(scenario.cluster.receipts).isEmpty();
    }

    @Test
    void isOfNoInterestOnceItHasEnded() {
        scenario.report(STRANGER, TaskState.FAILED);

        assertThat(scenario.store.orphans).isEmpty();
        assertThat(scenario.cluster.receipts).hasSize(1);
    }

    @Test
    void findsNoRoomWhenThereAreTooMany() {
        for (int number = 0; number < Quarantine.ROOM; number++) {
            scenario.report(new TaskId("t" + number), TaskState.RUNNING);
        }
        scenario.report(STRANGER, TaskState.RUNNING);
        assertThat(scenario.store.orphans).hasSize(Quarantine.ROOM).doesNotContainKey(STRANGER);
        assertThat(scenario.cluster.receipts).hasSize(Quarantine.ROOM + 1);

        scenario.report(new TaskId("t0"), TaskState.FINISHED).report(STRANGER, TaskState.RUNNING);
        assertThat(scenario.store.orphans).containsKey(STRANGER);
    }
}
