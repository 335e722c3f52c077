package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.Reserved;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.Disconnected;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Deployment.Kind;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Reservation.State;
import io.muster.history.PodId;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.PodDefinition;
import io.muster.pods.model.Scheduling;
import io.muster.pods.model.UnreachableStrategy;
import io.muster.pods.model.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of reservations, from the first offer to the end of the pod. */
class ResidentsTest {

    private static final String FIRST = "2026-01-01T00:00:00.000Z";
    private static final String SECOND = "2026-01-02T00:00:00.000Z";
    private static final Duration TIMEOUT = EngineSettings.defaults().reservationTimeout();
    private static final Duration GRACE =
            EngineSettings.defaults().orphanGrace().orElseThrow();

    private final ReservingCluster mesos = new ReservingCluster();
    private final Scenario scenario = new Scenario(mesos).subscribed();

    @Nested
    class Making {

        @Test
        void storesTheReservationBeforeItIsAskedFor() {
            scenario.create(resident(FIRST, 1));
            scenario.store.failNextCommit(new IllegalStateException("database gone"));

            assertThat(catchThrowable(scenario::offers)).isInstanceOf(IllegalStateException.class);

            assertThat(mesos.said).noneMatch(said -> said.startsWith("reserve"));
            assertThat(scenario.store.reservations).isEmpty();
        }

        @Test
        void launchesOnlyWhatAnOfferShowsToBeReserved() {
            scenario.create(resident(FIRST, 1));
            scenario.offers();
            InstanceId instance = scenario.only().id();
            assertThat(only().state()).isEqualTo(State.ASKED);
            assertThat(mesos.launched).isEmpty();
            assertThat(scenario.only().condition()).isEqualTo(Condition.SCHEDULED);

            scenario.offers();

            assertThat(mesos.launched).containsExactly(instance);
            assertThat(only().state()).isEqualTo(State.MADE);
            assertThat(only().holder()).isEqualTo(instance);
        }

        @Test
        void anotherInstanceTriesElsewhereWhenTheReservationDoesNotShow() {
            scenario.create(resident(FIRST, 1));
            mesos.deaf = true;
            scenario.offers();
            InstanceId first = scenario.only().id();
            scenario.offers();
            assertThat(scenario.only().id()).isEqualTo(first);

            scenario.pass(TIMEOUT);

            InstanceId second = scenario.only().id();
            assertThat(second).isNotEqualTo(first);
            assertThat(reservation(first).state()).isEqualTo(State.UNWANTED);
            mesos.deaf = false;
            scenario.offers();
            assertThat(mesos.said).contains("reserve " + second);
        }

        @Test
        void whatShowsTooLateIsReleased() {
            scenario.create(resident(FIRST, 1));
            scenario.offers();
            InstanceId late = scenario.only().id();
            scenario.pass(TIMEOUT);

            scenario.offers();

            assertThat(mesos.said).contains("release " + late);
            assertThat(scenario.store.reservations).doesNotContainKey(late);
        }

        @Test
        void timeWithoutMesosDoesNotCount() {
            scenario.create(resident(FIRST, 1));
            scenario.offers();
            InstanceId instance = scenario.only().id();
            scenario.step(new Disconnected("as told"));
            scenario.pass(TIMEOUT.multipliedBy(10));
            scenario.subscribed();
            scenario.pass(TIMEOUT.minusMillis(1));

            scenario.offers();

            assertThat(mesos.launched).containsExactly(instance);
        }

        @Test
        void aCrashBeforeTheCallIsHealedByTheTimeout() {
            scenario.create(resident(FIRST, 1));
            mesos.deaf = true;
            scenario.offers();
            mesos.deaf = false;
            scenario.crash().subscribed();
            scenario.pass(TIMEOUT);

            scenario.offers();
            scenario.offers();

            assertThat(mesos.launched).containsExactly(scenario.only().id());
        }

        @Test
        void anOfferThatBecameVoidLeavesNothingBehind() {
            scenario.create(resident(FIRST, 1));
            mesos.offersAreVoid = true;
            scenario.offers();
            mesos.offersAreVoid = false;

            scenario.step();

            assertThat(scenario.store.reservations).isEmpty();
            scenario.offers();
            scenario.offers();
            assertThat(mesos.launched).containsExactly(scenario.only().id());
        }

        @Test
        void constraintsCountWhatIsReservedButNotLaunched() {
            mesos.agents = 2;
            VersionedPod pod = Scenario.constrained(
                    resident(FIRST, 2), new Constraint("hostname", Constraint.Operator.UNIQUE, null));
            mesos.deaf = true;
            scenario.create(pod);
            scenario.offers();

            scenario.offers();

            assertThat(mesos.asked.getFirst().neighbours())
                    .extracting(Agent::hostname)
                    .containsExactlyInAnyOrder("host-0", "host-1");
        }
    }

    @Nested
    class TakingOver {

        @Test
        void theReplacementOfAFailedInstanceWaitsForItsPlace() {
            Instance failed = running();

            report(failed, TaskState.FAILED);
            scenario.pass(Duration.ofMinutes(1));

            Instance replacement = scenario.only();
            assertThat(replacement.id()).isNotEqualTo(failed.id());
            assertThat(only().holder()).isEqualTo(replacement.id());
            scenario.offers();
            assertThat(Objects.requireNonNull(mesos.asked.getFirst().reserved()))
                    .extracting(Reserved::id)
                    .isEqualTo(failed.id());
            assertThat(mesos.launched).containsExactly(failed.id(), replacement.id());
            assertThat(scenario.store.reservations).hasSize(1);
        }

        @Test
        void theReplacementOfAKilledInstanceReservesNothingWhileThatEnds() {
            Instance killed = running();

            scenario.kill(killed.id());
            scenario.offers();

            assertThat(scenario.instances()).hasSize(2);
            assertThat(scenario.store.reservations).hasSize(1);
            assertThat(mesos.asked).isEmpty();

            report(killed, TaskState.KILLED);
            scenario.offers();
            assertThat(mesos.launched)
                    .containsExactly(killed.id(), scenario.only().id());
        }

        @Test
        void anInstanceThatCannotBeReachedIsNotReplaced() {
            Instance lost = running();
            scenario.report(lost.id(), TaskState.UNREACHABLE);
            scenario.kill(lost.id());
            scenario.pass(Duration.ofDays(30));

            scenario.offers();

            assertThat(mesos.launched).containsExactly(lost.id());
            assertThat(scenario.store.instances).containsKey(lost.id());

            scenario.report(lost.id(), TaskState.RUNNING);
            assertThat(mesos.said).contains("kill " + lost.id().task("nginx"));
            report(lost, TaskState.KILLED);
            scenario.offers();
            assertThat(mesos.launched).hasSize(2);
        }

        @Test
        void wipingGivesUpWhatCannotBeReached() {
            Instance lost = running();
            scenario.report(lost.id(), TaskState.UNREACHABLE);
            scenario.kill(lost.id());

            wipe(lost.id());
            scenario.pass(Duration.ofSeconds(1));
            scenario.offers();
            scenario.offers();

            assertThat(scenario.store.instances).doesNotContainKey(lost.id());
            assertThat(mesos.launched)
                    .containsExactly(lost.id(), scenario.only().id());
            assertThat(reservation(lost.id()).state()).isEqualTo(State.UNWANTED);
        }

        @Test
        void anUpdateKeepsTheVolume() {
            Instance old = running();
            scenario.update(resident(SECOND, "other", 1));
            report(old, TaskState.KILLED);
            scenario.allRun();

            assertThat(mesos.said)
                    .filteredOn(said -> said.startsWith("reserve"))
                    .hasSize(1);
            assertThat(only().id()).isEqualTo(old.id());
            assertThat(only().holder()).isEqualTo(scenario.only().id());
        }

        @Test
        void aCrashForgetsNothing() {
            Instance failed = running();
            report(failed, TaskState.FAILED);
            scenario.crash().subscribed();
            scenario.pass(Duration.ofMinutes(1));

            scenario.offers();

            assertThat(mesos.launched).hasSize(2);
            assertThat(only().id()).isEqualTo(failed.id());
        }
    }

    @Nested
    class GivingBack {

        @Test
        void wipingReleasesTheVolumeWhenTheInstanceHasEnded() {
            Instance wiped = running();

            wipe(wiped.id());
            scenario.offers();
            assertThat(mesos.said).noneMatch(said -> said.startsWith("release"));
            report(wiped, TaskState.KILLED);
            scenario.offers();
            scenario.offers();

            assertThat(mesos.said).contains("release " + wiped.id());
            assertThat(scenario.store.reservations)
                    .containsOnlyKeys(scenario.only().id());
        }

        @Test
        void whatIsReleasedIsForgottenFirst() {
            Instance wiped = running();
            wipe(wiped.id());
            report(wiped, TaskState.KILLED);
            scenario.store.failNextCommit(new IllegalStateException("database gone"));

            assertThat(catchThrowable(scenario::offers)).isInstanceOf(IllegalStateException.class);

            assertThat(mesos.said).contains("keep " + wiped.id()).doesNotContain("release " + wiped.id());
        }

        @Test
        void aScaleDownReleasesThePlacesOfThoseThatEnd() {
            mesos.agents = 3;
            scenario.create(resident(FIRST, 3));
            scenario.offers().allRun();
            assertThat(scenario.instances()).hasSize(3);

            scenario.change(Kind.SCALE, resident(SECOND, 1));
            scenario.allRun();
            mesos.hidden.clear();
            scenario.offers();

            InstanceId left = scenario.only().id();
            assertThat(scenario.store.reservations).containsOnlyKeys(left);
            assertThat(mesos.reserved).containsOnlyKeys(left);
        }

        @Test
        void aDeletedPodLeavesNothingBehind() {
            Instance running = running();

            scenario.change(Kind.DELETE, resident(FIRST, 1));
            report(running, TaskState.KILLED);
            scenario.offers();

            assertThat(mesos.reserved).isEmpty();
            assertThat(scenario.store.reservations).isEmpty();
            assertThat(scenario.instances()).isEmpty();
        }

        @Test
        void offersAreAskedForToGiveSomethingBack() {
            Instance running = running();
            assertThat(mesos.said).contains("want false");
            mesos.said.clear();

            scenario.change(Kind.DELETE, resident(FIRST, 1));
            report(running, TaskState.KILLED);

            assertThat(mesos.said).contains("want true");
            mesos.said.clear();
            scenario.pass(Duration.ofMinutes(11));
            assertThat(mesos.said).contains("want false").doesNotContain("want true");
        }

        @Test
        void theVolumeOfALostAgentIsReleasedWhenTheAgentReturns() {
            Instance lost = running();
            scenario.change(Kind.DELETE, resident(FIRST, 1));
            report(lost, TaskState.GONE);
            mesos.hidden.add(lost.id());
            scenario.offers();
            assertThat(mesos.said).doesNotContain("release " + lost.id());

            mesos.hidden.clear();
            scenario.offers();

            assertThat(mesos.said).contains("release " + lost.id());
        }

        @Test
        void whatBelongsToNothingIsLeftAloneForATime() {
            InstanceId stranger = InstanceId.of(PodId.of("/gone"), new UUID(7, 7));
            mesos.reserved.put(stranger, mesos.agent);
            scenario.offers();
            scenario.pass(GRACE.minusMillis(1)).offers();
            assertThat(mesos.said).doesNotContain("release " + stranger);

            scenario.pass(Duration.ofMillis(1)).offers();

            assertThat(mesos.said).contains("release " + stranger);
        }
    }

    private Instance running() {
        scenario.create(resident(FIRST, 1));
        scenario.allRun();
        scenario.offers();
        scenario.allRun();
        Instance running = scenario.only();
        assertThat(running.condition()).isEqualTo(Condition.RUNNING);
        return running;
    }

    /** Its end frees what is reserved for it. */
    private void report(Instance instance, TaskState state) {
        mesos.hidden.remove(scenario.store.reservations.values().stream()
                .filter(reservation -> instance.id().equals(reservation.holder()))
                .map(Reservation::id)
                .findFirst()
                .orElse(instance.id()));
        scenario.report(instance.id(), state);
    }

    private void wipe(InstanceId instance) {
        scenario.store.kills.add(new KillRequest(Scenario.WEB, instance, true, scenario.now, null));
        scenario.step(new ChangesCame());
    }

    private Reservation only() {
        assertThat(scenario.store.reservations).hasSize(1);
        return scenario.store.reservations.values().iterator().next();
    }

    private Reservation reservation(InstanceId id) {
        return Objects.requireNonNull(scenario.store.reservations.get(id));
    }

    private static VersionedPod resident(String version, int instances) {
        return resident(version, "hash", instances);
    }

    private static VersionedPod resident(String version, String configuration, int instances) {
        VersionedPod pod = Scenario.web(version, configuration, instances);
        PodDefinition definition = pod.definition();
        Scheduling scheduling = definition.scheduling();
        return new VersionedPod(
                pod.version(),
                new PodDefinition(
                        definition.id(),
                        definition.labels(),
                        definition.user(),
                        definition.environment(),
                        definition.containers(),
                        definition.secrets(),
                        List.of(new Volume.Persistent("data", 10, Volume.DiskType.ROOT, null, null, List.of())),
                        definition.networks(),
                        instances,
                        new Scheduling(
                                scheduling.backoff(),
                                scheduling.upgrade(),
                                scheduling.killSelection(),
                                new UnreachableStrategy.Disabled(),
                                scheduling.placement()),
                        definition.executorResources(),
                        definition.role(),
                        definition.ipcInfo(),
                        definition.legacySharedCgroups()),
                configuration);
    }
}
