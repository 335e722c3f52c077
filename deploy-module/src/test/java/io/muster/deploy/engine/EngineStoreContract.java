package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.Changes.DelayChange;
import io.muster.deploy.engine.Changes.GivingUp;
import io.muster.deploy.engine.EngineStore.Notice;
import io.muster.deploy.engine.EngineStore.StoredPod;
import io.muster.deploy.engine.EngineStore.Submission;
import io.muster.deploy.model.Deployment;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.DeploymentInput;
import io.muster.deploy.model.DeploymentInput.Begun;
import io.muster.deploy.model.DeploymentInput.TargetReached;
import io.muster.deploy.model.DeploymentState;
import io.muster.deploy.model.DeploymentTransitions;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Orphan;
import io.muster.history.PodId;
import io.muster.pods.Pods.Burial;
import io.muster.pods.Pods.Exposure;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.PodDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the engine may rely on, and so what the simulation must find in its store as production does in PostgreSQL. */
abstract class EngineStoreContract {

    static final PodId WEB = Scenario.WEB;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** What users do, on whatever stores it. */
    interface Users {

        UUID create(PodDefinition definition);

        /** By force. */
        UUID replace(PodDefinition definition);

        /** By force. */
        UUID delete(PodId pod);

        UUID undo(UUID deployment);

        void pause(UUID deployment);

        void resume(UUID deployment);

        void cancel(UUID deployment);

        void kill(InstanceId instance);

        void resetDelay(PodId pod);

        void endOrphan(TaskId orphan);

        Optional<Deployment> deployment(UUID id);

        /** Elects another leader; returns its epoch. */
        long elect();
    }

    private int ids;

    abstract EngineStore store();

    abstract Users users();

    abstract long epoch();

    @Test
    void offersWhatWasAcceptedUntilItIsTakenUp() {
        UUID created = users().create(web(2));

        Submission submission = only(store().submitted());
        assertThat(submission.deployment().id()).isEqualTo(created);
        assertThat(submission.deployment().kind()).isEqualTo(Kind.CREATE);
        assertThat(submission.target().definition()).isEqualTo(web(2));

        commit(changes -> changes.put(moved(submission.deployment(), new Begun())));
        assertThat(store().submitted()).isEmpty();
        assertThat(pod().running()).map(Deployment::state).containsInstanceOf(DeploymentState.Rolling.class);
    }

    @Test
    void bringsInstancesBackWithTheVersionsTheyWereMadeFrom() {
        VersionedPod first = deployed(1);
        Instance old = only(pod().instances());
        users().replace(web(3));

        StoredPod pod = pod();
        assertThat(pod.goal().definition()).isEqualTo(web(3));
        assertThat(pod.instances()).containsExactly(old);
        assertThat(pod.definitions()).extracting(VersionedPod::version).containsExactly(first.version());
    }

    @Test
    void showsWhatWasExposedAndForgetsWhatWasBuried() {
        VersionedPod shown = deployed(1);
        assertThat(pod().running()).isEmpty();
        assertThat(pod().goal().version()).isEqualTo(shown.version());

        users().delete(WEB);
        Submission delete = only(store().submitted());
        assertThat(delete.target().version()).isEqualTo(shown.version());
        Deployment begun = moved(delete.deployment(), new Begun());
        commit(changes -> changes.put(begun));
        Instance last = only(pod().instances());
        commit(changes -> {
            changes.gone(last.id());
            changes.put(moved(begun, new TargetReached()));
            changes.bury(new Burial(WEB, begun.id()));
        });
        assertThat(store().load().pods()).isEmpty();
    }

    @Test
    void lifeAfterDeathHasLaterVersions() {
        VersionedPod first = deployed(1);
        showsTheEnd();

        assertThat(deployed(1).version()).isGreaterThan(first.version());
    }

    @Test
    void storesNothingForALeaderWhoWasFollowedByAnother() {
        users().create(web(1));
        Submission submission = only(store().submitted());
        long before = epoch();
        long after = users().elect();

        Changes changes = new Changes();
        changes.put(moved(submission.deployment(), new Begun()));
        assertThatThrownBy(() -> store().commit(before, changes)).isInstanceOf(FencedException.class);

        assertThat(store().submitted()).hasSize(1);
        store().commit(after, changes);
        assertThat(store().submitted()).isEmpty();
    }

    @Test
    void movesNoDeploymentThatWasForcedAside() {
        users().create(web(1));
        Deployment aside = only(store().submitted()).deployment();
        UUID by = users().replace(web(2));

        assertOvertaken(changes -> {
            changes.put(moved(aside, new Begun()));
            changes.put(scheduled());
        });
        assertThat(pod().instances()).isEmpty();
        assertThat(only(store().submitted()).deployment().id()).isEqualTo(by);
        assertThat(users().deployment(aside.id()).orElseThrow().state()).isInstanceOf(DeploymentState.Superseded.class);
    }

    @Test
    void movesNoDeploymentThatIsPaused() {
        Deployment rolling = rolling(1);
        users().pause(rolling.id());

        assertOvertaken(changes -> changes.put(moved(rolling, new TargetReached())));
        assertThat(pod().running()).map(Deployment::state).containsInstanceOf(DeploymentState.Paused.class);

        users().resume(rolling.id());
        assertThat(pod().running()).map(Deployment::state).containsInstanceOf(DeploymentState.Rolling.class);
    }

    @Test
    void startsNothingBehindTheBackOfAUser() {
        Deployment rolling = rolling(1);
        users().pause(rolling.id());

        assertOvertaken(changes -> changes.put(scheduled()));
        Notice notice = only(store().notices());
        assertThat(notice.running()).map(Deployment::id).contains(rolling.id());
        commit(changes -> {
            changes.takenUp(notice);
            changes.put(scheduled());
        });

        assertThat(store().notices()).isEmpty();
        assertThat(pod().instances()).hasSize(1);
    }

    @Test
    void endsNothingBehindTheBackOfAUser() {
        deployed(1);
        Instance there = only(pod().instances());
        users().replace(web(2));
        Deployment update = moved(only(store().submitted()).deployment(), new Begun());
        commit(changes -> changes.put(update));
        users().pause(update.id());

        assertOvertaken(changes -> changes.gone(there.id()));
        assertThat(pod().instances()).containsExactly(there);
    }

    @Test
    void tellsOfEachInterventionOldestFirst() {
        Deployment rolling = rolling(1);
        users().pause(rolling.id());
        users().resume(rolling.id());
        users().cancel(rolling.id());

        List<Notice> all = store().notices();
        assertThat(all).hasSize(3).extracting(Notice::id).isSorted();
        assertThat(all)
                .as("each says how the pod is now")
                .allSatisfy(notice -> assertThat(notice.running()).isEmpty())
                .allSatisfy(notice ->
                        assertThat(notice.goal()).map(VersionedPod::definition).contains(web(1)));
        assertThat(pod().running()).isEmpty();
    }

    @Test
    void goesBackWhereADeploymentIsUndone() {
        deployed(1);
        UUID update = users().replace(web(2));
        UUID undoing = users().undo(update);

        Submission back = only(store().submitted());
        assertThat(back.deployment().id()).isEqualTo(undoing);
        assertThat(back.target().definition()).isEqualTo(web(1));
    }

    @Test
    void goesBackWhereTheEngineGivesADeploymentUp() {
        deployed(1);
        users().replace(web(2));
        Deployment update = moved(only(store().submitted()).deployment(), new Begun());
        commit(changes -> changes.put(update));
        commit(changes -> changes.giveUp(new GivingUp(update, "too slow")));

        assertThat(users().deployment(update.id()).orElseThrow().state())
                .isInstanceOfSatisfying(
                        DeploymentState.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("too slow"));
        assertThat(only(store().submitted()).target().definition()).isEqualTo(web(1));
    }

    @Test
    void remembersKillRequestsUntilTheyAreTakenUp() {
        deployed(1);
        Instance there = only(pod().instances());
        users().kill(there.id());
        users().kill(there.id());

        KillRequest request = only(store().requestedKills(10));
        assertThat(request.instance()).isEqualTo(there.id());
        assertThat(store().requestedKills(0)).isEmpty();
        commit(changes -> changes.takenUp(request));
        assertThat(store().requestedKills(10)).isEmpty();
    }

    @Test
    void remembersDelaysAndThatTheyAreToBeLifted() {
        deployed(1);
        LaunchDelay delay = new LaunchDelay(NOW, Duration.ofSeconds(3));
        commit(changes -> changes.put(new DelayChange(WEB, "hash", delay)));
        assertThat(pod().delays()).containsOnlyKeys("hash").containsValue(delay);

        users().resetDelay(WEB);
        users().resetDelay(WEB);
        assertThat(store().delayResets()).containsExactly(WEB);
        commit(changes -> {
            changes.delayReset(WEB);
            changes.put(new DelayChange(WEB, "hash", null));
        });
        assertThat(pod().delays()).isEmpty();
        assertThat(store().delayResets()).isEmpty();
    }

    @Test
    void remembersOrphansAndWhoseEndIsWanted() {
        TaskId stranger = new TaskId("some.other.task");
        Orphan orphan = new Orphan(stranger, "S0", TaskState.RUNNING, NOW, NOW, null);
        commit(changes -> changes.put(orphan));
        users().endOrphan(stranger);
        assertThat(store().unwantedOrphans()).containsOnlyKeys(stranger);

        commit(changes -> changes.put(new Orphan(stranger, "S0", TaskState.KILLING, NOW, NOW.plusSeconds(1), null)));
        assertThat(only(store().load().orphans()).killAsked())
                .as("a wish survives what Mesos says meanwhile")
                .isNotNull();

        commit(changes -> changes.gone(stranger));
        assertThat(store().load().orphans()).isEmpty();
        assertThat(store().unwantedOrphans()).isEmpty();
    }

    @Test
    void remembersTheFramework() {
        commit(changes -> changes.knownAs(new FrameworkId("F-7")));

        assertThat(store().load().framework()).contains(new FrameworkId("F-7"));
    }

    private void showsTheEnd() {
        users().delete(WEB);
        Deployment delete = moved(only(store().submitted()).deployment(), new Begun());
        commit(changes -> changes.put(delete));
        List<Instance> there = pod().instances();
        commit(changes -> {
            there.forEach(instance -> changes.gone(instance.id()));
            changes.put(moved(delete, new TargetReached()));
            changes.bury(new Burial(WEB, delete.id()));
        });
    }

    /** A create that has begun. */
    private Deployment rolling(int instances) {
        users().create(web(instances));
        Deployment begun = moved(only(store().submitted()).deployment(), new Begun());
        commit(changes -> changes.put(begun));
        return begun;
    }

    /** A pod that was brought out and has one instance, for the store does not count them. */
    private VersionedPod deployed(int instances) {
        Deployment begun = rolling(instances);
        VersionedPod target = pod().goal();
        commit(changes -> {
            changes.put(Instance.scheduled(nextId(), WEB, target.version(), target.configHash(), NOW));
            changes.put(moved(begun, new TargetReached()));
            changes.expose(new Exposure(WEB, target.version(), begun.id()));
        });
        return target;
    }

    private Instance scheduled() {
        VersionedPod goal = pod().goal();
        return Instance.scheduled(nextId(), WEB, goal.version(), goal.configHash(), NOW);
    }

    private InstanceId nextId() {
        return InstanceId.of(WEB, new UUID(0, ++ids));
    }

    private static PodDefinition web(int instances) {
        return Scenario.web("2026-01-01T00:00:00Z", "", instances).definition();
    }

    private StoredPod pod() {
        return only(store().load().pods());
    }

    private void commit(Consumer<Changes> what) {
        Changes changes = new Changes();
        what.accept(changes);
        store().commit(epoch(), changes);
    }

    private void assertOvertaken(Consumer<Changes> what) {
        assertThatThrownBy(() -> commit(what)).isInstanceOf(OvertakenException.class);
    }

    private static Deployment moved(Deployment deployment, DeploymentInput input) {
        return DeploymentTransitions.apply(deployment, input, NOW).orElseThrow();
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.getFirst();
    }
}
