package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine makes of kills that users ask for. */
class KillRequestsTest {

    private static final VersionedPod TWO = Scenario.web("2026-01-01T00:00:00Z", "one", 2);

    private final Scenario scenario = new Scenario();
    private InstanceId victim;
    private InstanceId other;

    @BeforeEach
    void twoInstancesRun() {
        scenario.subscribed().create(TWO);
        scenario.allRun();
        victim = scenario.instances().getFirst().id();
        other = scenario.instances().getLast().id();
    }

    @Test
    void replacesAKilledInstanceAtOnceByAnotherOne() {
        scenario.kill(victim);

        assertThat(killed()).containsExactly(victim);
        assertThat(goalOf(victim).isWanted()).isFalse();
        InstanceId third = ids().getLast();
        assertThat(ids()).containsExactly(victim, other, third);
        assertThat(scenario.offers().cluster.launched).contains(third);

        scenario.report(victim, TaskState.KILLED).report(third, TaskState.RUNNING);
        assertThat(ids()).containsExactly(other, third);
    }

    @Test
    void countsAKillByAUserNeitherAsFailureNorAsDeployment() {
        List<Deployment> before = List.copyOf(scenario.store.deployments.values());

        scenario.kill(victim).report(victim, TaskState.KILLED);

        assertThat(scenario.store.failures).isEmpty();
        assertThat(scenario.engine.world().pod(Scenario.WEB).orElseThrow().delays())
                .isEmpty();
        assertThat(scenario.store.deployments.values()).containsExactlyElementsOf(before);
    }

    @Test
    void killsNothingBeforeTheGoalIsStoredAndLosesNoRequest() {
        scenario.store.failNextCommit(new IllegalStateException("disk full"));

        assertThatThrownBy(() -> scenario.kill(victim)).hasMessage("disk full");
        assertThat(killed()).isEmpty();
        assertThat(scenario.store.kills).hasSize(1);

        scenario.engine.reload();
        scenario.step();
        assertThat(killed()).containsExactly(victim);
        assertThat(scenario.store.kills).isEmpty();
    }

    @Test
    void findsRequestsByItselfWhenNobodyCalls() {
        scenario.store.kills.add(request(victim));
        scenario.crash().subscribed();

        assertThat(killed()).containsExactly(victim);
    }

    @Test
    void aRepeatedRequestChangesNothing() {
        scenario.kill(victim);
        List<InstanceId> afterTheFirst = ids();

        scenario.kill(victim);

        assertThat(ids()).isEqualTo(afterTheFirst);
        assertThat(killed()).containsExactly(victim);
        assertThat(scenario.store.kills).isEmpty();
    }

    @Test
    void dropsARequestForAnInstanceThatIsGone() {
        InstanceId gone = new InstanceId("web.instance-00000000-0000-0000-0000-00000000dead");

        scenario.kill(gone);

        assertThat(killed()).isEmpty();
        assertThat(scenario.store.kills).isEmpty();
    }

    @Test
    void replacesAnInstanceThatStillWaitsForAPlaceWithoutAKill() {
        scenario.update(Scenario.web("2026-01-02T00:00:00Z", "one", 3));
        InstanceId waiting = ids().getLast();

        scenario.kill(waiting);

        assertThat(killed()).isEmpty();
        assertThat(ids()).hasSize(3).doesNotContain(waiting);
        scenario.allRun();
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, Scenario.web("2026-01-02T00:00:00Z", "one", 3));
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskState.class,
            names = {"STAGING", "STARTING"})
    void killsAnInstanceThatIsBeingStarted(TaskState state) {
        scenario.kill(victim).report(victim, TaskState.KILLED).offers();
        InstanceId starting = ids().getLast();
        scenario.report(starting, state);

        scenario.kill(starting);

        assertThat(killed()).containsExactly(victim, starting);
        scenario.report(starting, TaskState.KILLED).allRun();
        assertThat(ids()).hasSize(2).contains(other).doesNotContain(starting);
    }

    @Test
    void killsAnInstanceOfWhichMesosHasSaidNothingUntilMesosSaysThatItKnowsNothing() {
        scenario.kill(victim).report(victim, TaskState.KILLED).offers();
        InstanceId unconfirmed = ids().getLast();

        scenario.kill(unconfirmed).pass(Duration.ofSeconds(30));
        assertThat(killed()).as("and again").containsExactly(victim, unconfirmed, unconfirmed);

        scenario.report(unconfirmed, TaskState.UNKNOWN).allRun();
        assertThat(ids()).hasSize(2).contains(other).doesNotContain(unconfirmed);
    }

    @Test
    void killsAndReplacesALaunchThatIsNotConfirmedInTime() {
        scenario.kill(victim).report(victim, TaskState.KILLED).offers();
        InstanceId silent = ids().getLast();

        scenario.pass(EngineSettings.defaults().patience().launchConfirm().minusMillis(1));
        assertThat(goalOf(silent).isWanted()).isTrue();
        scenario.pass(Duration.ofMillis(1));

        assertThat(goalOf(silent).isWanted()).isFalse();
        assertThat(killed()).containsExactly(victim, silent);
        assertThat(ids()).hasSize(3);
    }

    @Test
    void killsAndReplacesAnInstanceThatIsStagedForTooLong() {
        scenario.kill(victim).report(victim, TaskState.KILLED).offers();
        InstanceId slow = ids().getLast();
        scenario.report(slow, TaskState.STAGING);

        scenario.pass(EngineSettings.defaults().patience().launch().minusMillis(1));
        assertThat(goalOf(slow).isWanted()).isTrue();
        scenario.pass(Duration.ofMillis(1));

        assertThat(goalOf(slow).isWanted()).isFalse();
        assertThat(killed()).containsExactly(victim, slow);
    }

    @Test
    void aKillInTheMiddleOfAnUpdateOnlyDelaysIt() {
        VersionedPod next = Scenario.web("2026-01-02T00:00:00Z", "two", 2, "0.5", "0");
        scenario.update(next);
        InstanceId spared = scenario.instances().stream()
                .filter(Instance::isWanted)
                .map(Instance::id)
                .findFirst()
                .orElseThrow();

        scenario.kill(spared).allRun();

        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, next);
        assertThat(scenario.instances())
                .hasSize(2)
                .allMatch(Instance::isReady)
                .allMatch(instance -> instance.configHash().equals("two"));
    }

    @Test
    void takesManyRequestsUpInRoundsOfABoundedSize() {
        int many = EngineSettings.defaults().batch() + 1;
        IntStream.range(0, many)
                .mapToObj(number -> new InstanceId("web.instance-" + number))
                .forEach(id -> scenario.store.kills.add(request(id)));

        scenario.step(new ChangesCame());
        assertThat(scenario.store.kills).hasSize(1);
        assertThat(scenario.engine.idleTime()).isZero();

        scenario.step();
        assertThat(scenario.store.kills).isEmpty();
        assertThat(scenario.engine.idleTime()).isPositive();
    }

    private KillRequest request(InstanceId instance) {
        return new KillRequest(PodId.of("/web"), instance, false, scenario.now, "somebody");
    }

    private Instance goalOf(InstanceId id) {
        return scenario.instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<InstanceId> ids() {
        return scenario.instances().stream().map(Instance::id).toList();
    }

    private List<InstanceId> killed() {
        return scenario.cluster.kills.stream()
                .map(kill -> kill.task().instance().orElseThrow())
                .toList();
    }
}
