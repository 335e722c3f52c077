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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
