package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.model.DeployEvent.DeploymentMoved;
import io.muster.deploy.model.DeployEvent.Phase;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput;
import io.muster.deploy.model.DeploymentInput.CancelForced;
import io.muster.deploy.model.DeploymentInput.PauseAsked;
import io.muster.deploy.model.DeploymentInput.ResumeAsked;
import io.muster.deploy.model.DeploymentState.Failed;
import io.muster.deploy.model.DeploymentState.Paused;
import io.muster.deploy.model.DeploymentState.Rolling;
import io.muster.deploy.model.DeploymentState.Succeeded;
import io.muster.deploy.model.FailurePolicy;
import io.muster.deploy.model.Instance;
import io.muster.pods.OnFailure;
import io.muster.pods.VersionedPod;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of deployments that do not simply succeed: paused, cancelled, over a limit; and restarts. */
class DeploymentLifeCycleTest {

    private static final VersionedPod V1 = Scenario.web("2026-01-01T00:00:00Z", "one", 3, "1", "0");
    private static final VersionedPod V2 = Scenario.web("2026-01-02T00:00:00Z", "two", 3, "1", "0");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Scenario scenario = new Scenario().subscribed();

    @BeforeEach
    void deployTheFirstVersion() {
        scenario.create(V1);
        scenario.allRun();
    }

    @Test
    void nothingMovesForAPausedDeploymentUntilItIsResumed() {
        UUID update = scenario.update(V2);
        intervene(update, new PauseAsked("look first"));

        scenario.offers();
        scenario.report(newest(), TaskState.RUNNING).pass(MINUTE);
        assertThat(configurations()).containsExactly("one", "one", "one", "two");
        assertThat(scenario.cluster.kills).isEmpty();

        intervene(update, new ResumeAsked());
        scenario.allRun();
        assertThat(state(update)).isInstanceOf(Succeeded.class);
        assertThat(configurations()).containsExactly("two", "two", "two");
    }

    @Test
    void goesOnHoweverOftenUsersIntervenedSinceTheLastRound() {
        UUID update = scenario.update(V2);
        for (int i = 0; i < 2000; i++) {
            scenario.store.intervene(update, new PauseAsked("look first"), scenario.now);
            scenario.store.intervene(update, new ResumeAsked(), scenario.now);
        }
        intervene(update, new CancelForced());

        scenario.report(scenario.instances().getFirst().id(), TaskState.FAILED).pass(MINUTE);
        assertThat(scenario.store.noticed).isEmpty();
        scenario.allRun();
        assertThat(scenario.instances()).hasSize(3).allMatch(Instance::isReady);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatEndsDuringAPauseIsReplacedInItsOwnConfiguration(boolean crashed) {
        UUID update = scenario.update(V2);
        scenario.offers();
        intervene(update, new PauseAsked("look first"));
        if (crashed) {
            scenario.crash().subscribed();
        }
        InstanceId old = scenario.instances().getFirst().id();
        InstanceId young = newest();

        scenario.report(old, TaskState.FAILED).report(young, TaskState.FAILED);
        scenario.pass(MINUTE);

        assertThat(scenario.store.instances).doesNotContainKeys(old, young);
        assertThat(configurations()).containsExactlyInAnyOrder("one", "one", "one", "two");
        assertThat(deployment(update).failures()).isZero();
    }

    @Test
    void afterACancelLossesAreFilledUpAndNothingIsReplaced() {
        UUID update = scenario.update(V2);
        scenario.offers();
        scenario.report(newest(), TaskState.RUNNING);
        List<InstanceId> kept = scenario.instances().stream()
                .filter(Instance::isWanted)
                .map(Instance::id)
                .toList();

        intervene(update, new CancelForced());
        scenario.allRun().pass(MINUTE);
        assertThat(scenario.instances()).extracting(Instance::id).containsExactlyElementsOf(kept);
        assertThat(configurations()).containsExactly("one", "one", "two");

        scenario.report(kept.getFirst(), TaskState.FAILED).pass(MINUTE);
        scenario.allRun();
        assertThat(configurations()).containsExactly("one", "two", "two");
        assertThat(scenario.store.exposed).containsEntry(Scenario.WEB, V2);
    }

    @Test
    void aRoundThatWouldEndADeploymentSomebodyPausedIsTakenBack() {
        UUID update = scenario.change(Kind.SCALE, Scenario.web("2026-01-02T00:00:00Z", "one", 4, "1", "0"));
        scenario.offers();
        InstanceId last = newest();
        scenario.store.intervene(update, new PauseAsked("look first"), scenario.now);

        assertThatThrownBy(() -> scenario.report(last, TaskState.RUNNING)).isInstanceOf(OvertakenException.class);
        scenario.engine.reload();
        scenario.report(last, TaskState.RUNNING);

        assertThat(state(update)).isInstanceOf(Paused.class);
        intervene(update, new ResumeAsked());
        assertThat(state(update)).isInstanceOf(Succeeded.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pausesAtTheTimeLimitThatCountsFromItsBeginningAlsoAfterACrash(boolean crashed) {
        UUID update = update(new FailurePolicy(OnFailure.PAUSE, MINUTE, null));
        scenario.pass(Duration.ofSeconds(59));
        assertThat(state(update)).isInstanceOf(Rolling.class);
        if (crashed) {
            scenario.crash().subscribed();
        }
        assertThat(scenario.engine.idleTime()).isLessThanOrEqualTo(Duration.ofSeconds(1));

        scenario.pass(Duration.ofSeconds(1));

        assertThat(state(update))
                .isInstanceOfSatisfying(
                        Paused.class, paused -> assertThat(paused.reason()).isEqualTo("it is not complete after 60 s"));
        assertThat(phases(update)).endsWith(Phase.PAUSED);

        intervene(update, new ResumeAsked());
        scenario.pass(Duration.ofSeconds(59));
        assertThat(state(update)).as("counted anew").isInstanceOf(Rolling.class);
    }

    @Test
    void countsOnlyInstancesOfTheTargetThatEndByThemselves() {
        UUID update = update(new FailurePolicy(OnFailure.PAUSE, null, 1));
        scenario.offers();
        scenario.report(scenario.instances().getFirst().id(), TaskState.FAILED);
        assertThat(deployment(update).failures()).as("an old one").isZero();

        scenario.report(newest(), TaskState.LOST).pass(MINUTE).offers();
        assertThat(deployment(update).failures()).as("the fault of an agent").isZero();

        scenario.kill(newest());
        scenario.report(newestOf("two"), TaskState.KILLED).pass(MINUTE).offers();
        assertThat(deployment(update).failures()).as("killed by a user").isZero();

        scenario.report(newest(), TaskState.FAILED).pass(MINUTE).offers();
        assertThat(deployment(update).failures()).isOne();
        assertThat(state(update)).isInstanceOf(Rolling.class);

        scenario.crash().subscribed();
        scenario.report(newest(), TaskState.FAILED);
        assertThat(deployment(update).failures()).as("counted on after a crash").isEqualTo(2);
        assertThat(state(update)).isInstanceOf(Paused.class);
    }

    @Test
    void rollsBackWhenMoreFailThanMay() {
        List<InstanceId> originals =
                scenario.instances().stream().map(Instance::id).toList();
        UUID update = update(new FailurePolicy(OnFailure.ROLLBACK, null, 0));
        scenario.offers();

        scenario.report(newest(), TaskState.FAILED).pass(MINUTE);
        scenario.allRun();

        assertThat(state(update))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.by()).isNotNull());
        assertThat(scenario.instances()).extracting(Instance::id).containsExactlyElementsOf(originals);
        VersionedPod shown = Objects.requireNonNull(scenario.store.exposed.get(Scenario.WEB));
        assertThat(shown.definition()).as("the content of before").isEqualTo(V1.definition());
        assertThat(shown.version()).as("as a new version").isGreaterThan(V1.version());
        assertThat(scenario.store.deployments.values())
                .filteredOn(deployment -> deployment.state().isRunning())
                .isEmpty();
    }

    @Test
    void goesOnAfterALimitAndTellsSoOnce() {
        UUID update = update(new FailurePolicy(OnFailure.CONTINUE, MINUTE, 0));
        scenario.offers();
        scenario.report(newest(), TaskState.FAILED);
        scenario.crash().subscribed();

        for (int replaced = 0; replaced < 3; replaced++) {
            // The delay of the next launch counts from the last progress.
            scenario.pass(MINUTE).allRun();
        }

        assertThat(state(update)).isInstanceOf(Succeeded.class);
        assertThat(phases(update)).containsExactly(Phase.BEGAN, Phase.OVER_LIMIT, Phase.SUCCEEDED);
        assertThat(deployment(update).warning()).isEqualTo("1 instances ended by themselves, and no more than 0 may");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestartReplacesEveryInstanceByOneOfTheSameVersion(boolean crashed) {
        List<InstanceId> before =
                scenario.instances().stream().map(Instance::id).toList();
        scenario.pass(MINUTE);

        UUID restart = scenario.change(Kind.RESTART, V1);
        scenario.offers();
        assertThat(scenario.instances()).as("under the upgrade strategy").hasSize(4);
        if (crashed) {
            scenario.crash().subscribed();
        }
        scenario.allRun();

        assertThat(state(restart)).isInstanceOf(Succeeded.class);
        assertThat(scenario.instances())
                .hasSize(3)
                .allMatch(instance -> instance.version().equals(V1.version()))
                .extracting(Instance::id)
                .doesNotContainAnyElementsOf(before);
    }

    @Test
    void aRestartEndsThoughTheClockOfTheNextLeaderIsBehind() {
        scenario.pass(MINUTE);
        UUID restart = scenario.change(Kind.RESTART, V1);
        scenario.now = scenario.now.minus(Duration.ofSeconds(30));
        scenario.crash().subscribed();

        scenario.allRun();

        assertThat(state(restart)).isInstanceOf(Succeeded.class);
        assertThat(scenario.cluster.launched).as("each once more").hasSize(6);
    }

    private UUID update(FailurePolicy policy) {
        UUID id = scenario.store.submit(Kind.UPDATE, V2, policy, scenario.now);
        scenario.step(new ChangesCame());
        return id;
    }

    private void intervene(UUID deployment, DeploymentInput input) {
        scenario.store.intervene(deployment, input, scenario.now);
        scenario.step(new ChangesCame());
    }

    private InstanceId newest() {
        return scenario.instances().getLast().id();
    }

    private InstanceId newestOf(String configuration) {
        return scenario.instances().stream()
                .filter(instance -> instance.configHash().equals(configuration))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<String> configurations() {
        return scenario.instances().stream().map(Instance::configHash).toList();
    }

    private Deployment deployment(UUID id) {
        return Objects.requireNonNull(scenario.store.deployments.get(id));
    }

    private Object state(UUID id) {
        return deployment(id).state();
    }

    private List<Phase> phases(UUID id) {
        return scenario.store.events.stream()
                .filter(DeploymentMoved.class::isInstance)
                .map(DeploymentMoved.class::cast)
                .filter(moved -> moved.deployment().id().equals(id))
                .map(DeploymentMoved::phase)
                .toList();
    }
}
