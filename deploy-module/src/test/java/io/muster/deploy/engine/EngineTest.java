package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.Instance;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EngineTest {

    private static final VersionedPod V1 = Scenario.web("2026-01-01T00:00:00Z", "one", 1);
    private static final VersionedPod V2 = Scenario.web("2026-01-02T00:00:00Z", "two", 1);

    private final Scenario scenario = new Scenario().subscribed();

    @Test
    void storesAnInstanceBeforeItIsLaunched() {
        scenario.create(V1);

        assertThat(scenario.only().condition()).isEqualTo(Condition.SCHEDULED);
        assertThat(scenario.cluster.launched).isEmpty();

        scenario.offers();

        assertThat(scenario.only().condition()).isEqualTo(Condition.PROVISIONED);
        assertThat(scenario.cluster.launched).containsExactly(scenario.only().id());
    }

    @Test
    void launchesNothingThatCouldNotBeStored() {
        scenario.create(V1);
        scenario.store.failNextCommit(new IllegalStateException("disk full"));

        assertThatThrownBy(() -> scenario.step(new OffersCame())).hasMessage("disk full");

        assertThat(scenario.cluster.launched).isEmpty();
        assertThat(scenario.cluster.said).contains("abandon " + scenario.only().id());
        scenario.engine.reload();
        assertThat(scenario.offers().cluster.launched)
                .containsExactly(scenario.only().id());
    }

    @Test
    void goesOnMatchingWhereMoreWaitThanOneRoundTakes() {
        int atOnce = EngineSettings.defaults().requests();
        scenario.create(Scenario.web("2026-01-01T00:00:00Z", "a", atOnce + 1));

        scenario.offers();
        assertThat(scenario.cluster.launched).hasSize(atOnce);
        assertThat(scenario.engine.idleTime()).isZero();

        scenario.step();
        assertThat(scenario.cluster.launched).hasSize(atOnce + 1);
        assertThat(scenario.engine.idleTime()).isPositive();
    }

    @Test
    void acknowledgesAReportOnlyAfterItIsStored() {
        scenario.create(V1);
        InstanceId id = scenario.offers().only().id();
        scenario.store.failNextCommit(new IllegalStateException("disk full"));

        assertThatThrownBy(() -> scenario.report(id, TaskState.RUNNING)).hasMessage("disk full");
        assertThat(scenario.cluster.receipts).isEmpty();

        scenario.engine.reload();
        scenario.report(id, TaskState.RUNNING);
        assertThat(scenario.cluster.receipts).hasSize(1);
        assertThat(scenario.only().condition()).isEqualTo(Condition.RUNNING);
    }

    @Test
    void exposesAVersionWhenItsDeploymentEndsAndNotBefore() {
        UUID creation = scenario.create(V1);
        scenario.offers();
        assertThat(scenario.store.exposed).isEmpty();

        scenario.allRun();
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V1);
        assertThat(stateOf(creation)).isInstanceOf(DeploymentState.Succeeded.class);

        UUID update = scenario.update(V2);
        InstanceId old = scenario.only().id();
        assertThat(scenario.cluster.kills)
                .extracting(kill -> kill.task().instance().orElseThrow())
                .containsExactly(old);
        scenario.report(old, TaskState.KILLED).offers();
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V1);
        assertThat(stateOf(update)).isInstanceOf(DeploymentState.Rolling.class);

        scenario.report(scenario.only().id(), TaskState.RUNNING);
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V2);
        assertThat(scenario.only().configHash()).isEqualTo("two");
    }

    @Test
    void goesOnAfterACrashWhereTheStoreStands() {
        VersionedPod three = Scenario.web("2026-01-01T00:00:00Z", "one", 3);
        scenario.create(three);
        scenario.crash().subscribed().offers();
        List<InstanceId> launched = List.copyOf(scenario.cluster.launched);
        assertThat(launched).hasSize(3);

        scenario.report(launched.get(0), TaskState.RUNNING);
        scenario.crash().subscribed();
        scenario.report(launched.get(1), TaskState.RUNNING);
        scenario.report(launched.get(2), TaskState.RUNNING);

        assertThat(scenario.cluster.launched).as("nothing is launched twice").hasSize(3);
        assertThat(scenario.store.exposed).containsKey(Scenario.WEB);
    }

    @Test
    void replacesAnInstanceThatMesosNeverHeardOf() {
        scenario.create(V1);
        InstanceId lost = scenario.offers().only().id();

        scenario.crash().subscribed();
        assertThat(scenario.cluster.questions.getLast())
                .extracting(task -> task.task().instance().orElseThrow())
                .containsExactly(lost);
        scenario.report(lost, TaskState.UNKNOWN);

        assertThat(scenario.only().id()).isNotEqualTo(lost);
    }

    @Test
    void replacesAnInstanceWhoseOfferWasVoidBeforeItsLaunch() {
        scenario.cluster.offersAreVoid = true;
        scenario.create(V1);
        InstanceId lost = scenario.offers().only().id();

        assertThat(scenario.engine.idleTime()).isZero();
        scenario.step();

        assertThat(scenario.only().id()).isNotEqualTo(lost);
    }

    @Test
    void replacesAFailedInstanceByOneWithAnotherIdAfterADelay() {
        scenario.create(V1);
        scenario.allRun();
        InstanceId failed = scenario.only().id();

        scenario.report(failed, TaskState.FAILED).offers();
        assertThat(scenario.only().id()).isNotEqualTo(failed);
        assertThat(scenario.only().condition()).as("waits for the delay").isEqualTo(Condition.SCHEDULED);

        scenario.pass(Duration.ofSeconds(1)).offers();
        assertThat(scenario.only().condition()).isEqualTo(Condition.PROVISIONED);
    }

    @Test
    void delaysGrowAcrossACrash() {
        scenario.create(V1);
        scenario.allRun();
        scenario.report(scenario.only().id(), TaskState.FAILED)
                .pass(Duration.ofSeconds(1))
                .offers();
        scenario.crash().subscribed();
        scenario.report(scenario.only().id(), TaskState.FAILED)
                .pass(Duration.ofMillis(1149))
                .offers();
        assertThat(scenario.only().condition()).isEqualTo(Condition.SCHEDULED);
        scenario.pass(Duration.ofMillis(1)).offers();
        assertThat(scenario.only().condition()).isEqualTo(Condition.PROVISIONED);
    }

    @Test
    void scalesWithoutTouchingWhatRuns() {
        scenario.create(V1);
        Instance first = scenario.allRun().only();

        scenario.change(Kind.SCALE, Scenario.web("2026-01-03T00:00:00Z", "one", 3));
        scenario.allRun();
        assertThat(scenario.instances()).hasSize(3).contains(first);
        assertThat(scenario.cluster.kills).isEmpty();

        scenario.change(Kind.SCALE, Scenario.web("2026-01-04T00:00:00Z", "one", 0));
        scenario.allRun();
        assertThat(scenario.instances()).isEmpty();
        assertThat(scenario.store.exposed).extractingByKey(Scenario.WEB).isNotEqualTo(V1);
    }

    @Test
    void endsThePodOnlyWhenItsLastInstanceIsGone() {
        scenario.create(V1);
        InstanceId id = scenario.allRun().only().id();

        scenario.change(Kind.DELETE, V1);
        assertThat(scenario.store.exposed).containsKey(Scenario.WEB);
        scenario.report(id, TaskState.KILLED);

        assertThat(scenario.store.exposed).isEmpty();
        assertThat(scenario.engine.world().pods()).isEmpty();
    }

    @Test
    void repeatsAKillUntilTheTaskHasEnded() {
        scenario.create(V1);
        scenario.allRun();
        scenario.change(Kind.DELETE, V1);
        assertThat(scenario.cluster.kills).hasSize(1);

        scenario.pass(Duration.ofSeconds(29));
        assertThat(scenario.cluster.kills).hasSize(1);
        scenario.pass(Duration.ofSeconds(1));
        assertThat(scenario.cluster.kills).hasSize(2);
        scenario.pass(Duration.ofSeconds(59));
        assertThat(scenario.cluster.kills).hasSize(2);
        scenario.pass(Duration.ofSeconds(1));
        assertThat(scenario.cluster.kills).hasSize(3);
    }

    @Test
    void killsAgainAfterEverySubscriptionSinceWhatWasSentMayBeLost() {
        scenario.create(V1);
        scenario.allRun();
        scenario.change(Kind.DELETE, V1);

        scenario.subscribed();
        assertThat(scenario.cluster.kills).hasSize(2);
        scenario.crash().step();
        assertThat(scenario.cluster.kills).as("nobody to tell").hasSize(2);
        scenario.subscribed();
        assertThat(scenario.cluster.kills).hasSize(3);
    }

    @Test
    void killsNoMoreThanAHundredInstancesAtATime() {
        scenario.create(Scenario.web("2026-01-01T00:00:00Z", "one", 150));
        scenario.allRun();
        scenario.change(Kind.SCALE, Scenario.web("2026-01-02T00:00:00Z", "one", 0));
        assertThat(scenario.cluster.kills).hasSize(100);

        scenario.report(scenario.cluster.kills.getFirst().task(), TaskState.KILLED);
        assertThat(scenario.cluster.kills).hasSize(101);
        assertThat(scenario.store.orphans).isEmpty();
        scenario.pass(Duration.ofSeconds(30));
        assertThat(scenario.cluster.kills)
                .as("those without an answer are killed again and hold nobody back")
                .hasSize(101 + 100 + 49);
    }

    @Test
    void forgetsAnUnreachableInstanceWithoutAKillAndKillsItWhenItComesBack() {
        scenario.create(V1);
        InstanceId lost = scenario.allRun().only().id();
        TaskId task = scenario.only().tasks().getFirst().id();

        scenario.report(lost, TaskState.UNREACHABLE).step();
        assertThat(scenario.instances()).extracting(Instance::id).doesNotContain(lost);
        assertThat(scenario.cluster.kills).isEmpty();

        scenario.crash().subscribed();
        scenario.report(task, TaskState.RUNNING).step();
        assertThat(scenario.cluster.kills).extracting("task").containsExactly(task);
        scenario.report(task, TaskState.KILLED);
        assertThat(scenario.store.orphans).isEmpty();
    }

    @Test
    void confirmsNothingThatNobodyWaitsFor() {
        scenario.create(V1);
        TaskId task = scenario.offers().only().tasks().getFirst().id();
        int confirmed = scenario.cluster.receipts.size();

        scenario.answer(task, TaskState.RUNNING);

        assertThat(scenario.only().condition()).isEqualTo(Condition.RUNNING);
        assertThat(scenario.cluster.receipts).hasSize(confirmed);
    }

    @Test
    void takesAReportThatComesTwiceForOne() {
        scenario.create(V1);
        InstanceId id = scenario.offers().only().id();
        TaskId task = scenario.only().tasks().getFirst().id();
        scenario.healthReport(task, false, "first");
        scenario.healthReport(task, true, "second");
        int confirmed = scenario.cluster.receipts.size();

        scenario.healthReport(task, false, "first");

        assertThat(scenario.only().tasks().getFirst().healthy()).isTrue();
        assertThat(scenario.cluster.receipts).hasSize(confirmed + 1);
        assertThat(scenario.only().id()).isEqualTo(id);
    }

    @Test
    void doesNotTakeAReportForKnownThatCouldNotBeStored() {
        scenario.create(V1);
        InstanceId id = scenario.offers().only().id();
        scenario.store.failNextCommit(new IllegalStateException("disk full"));
        assertThatThrownBy(() -> scenario.report(id, TaskState.RUNNING)).hasMessage("disk full");

        scenario.engine.reload();
        scenario.report(id, TaskState.RUNNING);

        assertThat(scenario.only().condition()).isEqualTo(Condition.RUNNING);
    }

    @Test
    void aForcedChangeTakesTheDeploymentOver() {
        scenario.create(V1);
        scenario.allRun();
        scenario.update(V2);
        VersionedPod v3 = Scenario.web("2026-01-03T00:00:00Z", "three", 1);

        UUID forced = scenario.update(v3);
        scenario.allRun();

        assertThat(stateOf(forced)).isInstanceOf(DeploymentState.Succeeded.class);
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, v3);
        assertThat(scenario.only().configHash()).isEqualTo("three");
    }

    @Test
    void storesTheFrameworkIdThoughTheFirstRoundFails() {
        Scenario fresh = new Scenario();
        fresh.store.failNextCommit(new IllegalStateException("disk full"));
        assertThatThrownBy(fresh::subscribed).hasMessage("disk full");

        fresh.engine.reload();
        fresh.step();

        assertThat(fresh.store.load().framework()).contains(new FrameworkId("F-1"));
    }

    @Test
    void stopsWhenAnotherLeaderWasElected() {
        scenario.create(V1);
        scenario.store.electAnother();

        assertThatThrownBy(scenario::offers).isInstanceOf(FencedException.class);
        assertThat(scenario.cluster.launched).isEmpty();
    }

    @Test
    void asksForOffersWhileSomethingWaits() {
        scenario.create(V1);
        assertThat(scenario.cluster.said).last().isEqualTo("want true");

        scenario.offers();
        assertThat(scenario.cluster.said).last().isEqualTo("want false");
    }

    @Test
    void asksAgainForTasksThatMesosDidNotAnswerFor() {
        scenario.create(V1);
        scenario.allRun();
        scenario.crash().subscribed();
        int before = scenario.cluster.questions.size();

        scenario.pass(Duration.ofSeconds(10));
        assertThat(scenario.cluster.questions).hasSize(before + 1);
        scenario.report(scenario.only().id(), TaskState.RUNNING).pass(Duration.ofSeconds(20));
        assertThat(scenario.cluster.questions.getLast())
                .as("a run ends by asking for all that the master knows")
                .isEmpty();
    }

    @Test
    void confirmsReportsOfTasksItDoesNotKnow() {
        scenario.report(new TaskId("some.other.task"), TaskState.RUNNING);

        assertThat(scenario.cluster.receipts).hasSize(1);
        assertThat(scenario.cluster.kills).isEmpty();
    }

    private DeploymentState stateOf(UUID deployment) {
        return Objects.requireNonNull(scenario.store.deployments.get(deployment))
                .state();
    }
}
