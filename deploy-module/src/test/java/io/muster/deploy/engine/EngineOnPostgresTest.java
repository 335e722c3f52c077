package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.db.testing.TestDatabase;
import io.muster.deploy.DeploymentSettings;
import io.muster.deploy.HistorySettings;
import io.muster.deploy.KillSettings;
import io.muster.deploy.application.DeploymentControl;
import io.muster.deploy.application.DeploymentViews;
import io.muster.deploy.application.InstanceKills;
import io.muster.deploy.application.PodStatuses;
import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.StatusReport.NetworkAddresses;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import io.muster.deploy.leadership.CurrentLeader;
import io.muster.deploy.model.Condition;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.KillRequest;
import io.muster.deploy.model.LaunchDelay;
import io.muster.deploy.model.Orphan;
import io.muster.deploy.model.PodStatus;
import io.muster.deploy.model.Reservation;
import io.muster.deploy.model.Task;
import io.muster.deploy.persistence.OrphanRows;
import io.muster.deploy.persistence.ReservationRows;
import io.muster.events.EventsModule;
import io.muster.history.HistoryModule;
import io.muster.history.PodId;
import io.muster.history.Version;
import io.muster.pods.Instructions;
import io.muster.pods.OnFailure;
import io.muster.pods.PodLockedException;
import io.muster.pods.Pods;
import io.muster.pods.PodsModule;
import io.muster.pods.VersionedPod;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.Preconditions;
import io.muster.pods.model.PodDefinition;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The engine with the real store: what is committed, what queries see of it, and who may not commit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineOnPostgresTest {

    @EnableAutoConfiguration
    @Import({HistoryModule.class, EventsModule.class, PodsModule.class, EngineBell.class, CurrentLeader.class})
    @ComponentScan({"io.muster.deploy.application", "io.muster.deploy.persistence"})
    @EnableConfigurationProperties({DeploymentSettings.class, KillSettings.class, HistorySettings.class})
    @EntityScan("io.muster.deploy.persistence")
    @EnableJpaRepositories("io.muster.deploy.persistence")
    static class Application {

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        EngineSettings engineSettings() {
            return EngineSettings.defaults();
        }

        @Bean
        InstantSource clock() {
            return Clock.tickMillis(ZoneOffset.UTC);
        }

        @Bean
        Supplier<UUID> ids() {
            return UUID::randomUUID;
        }
    }

    private final TestDatabase database = TestDatabase.create();
    private final FakeCluster cluster = new FakeCluster();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private ConfigurableApplicationContext context;
    private PodChanges changes;
    private Pods pods;
    private PodStatuses statuses;
    private DeploymentViews deployments;
    private EngineStore store;
    private JdbcTemplate jdbc;
    private Engine engine;

    @BeforeAll
    void startApplication() {
        context = new SpringApplicationBuilder(Application.class)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run(database.springProperties().entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        changes = context.getBean(PodChanges.class);
        pods = context.getBean(Pods.class);
        statuses = context.getBean(PodStatuses.class);
        deployments = context.getBean(DeploymentViews.class);
        store = context.getBean(EngineStore.class);
        jdbc = context.getBean(JdbcTemplate.class);
    }

    @AfterAll
    void stopApplication() throws SQLException {
        context.close();
        database.close();
    }

    @BeforeEach
    void elect() {
        cluster.agent = new Agent("S0", "host", null, null);
        now.set(Instant.parse("2026-01-01T00:00:00Z"));
        engine = newEngine(epoch());
        engine.step(List.of(new Subscribed(new FrameworkId("F-1"), "master.example:5050")));
    }

    @AfterEach
    void endAllPods() {
        for (Pods.Pod pod : pods.list()) {
            changes.delete(pod.id(), Preconditions.NONE, Instructions.of(true, Optional.empty()));
        }
        crash();
        engine.step(List.of(new ChangesCame()));
        reportAll(TaskState.KILLED);
        assertThat(pods.list()).isEmpty();
    }

    private long epoch() {
        return Optional.ofNullable(jdbc.queryForObject("select epoch from leader_epoch", Long.class))
                .orElseThrow();
    }

    private Engine newEngine(long epoch) {
        return new Engine(
                store,
                cluster,
                EngineSettings.defaults(),
                Decisions.usual(),
                now::get,
                UUID::randomUUID,
                new EngineMeters(new SimpleMeterRegistry()),
                epoch);
    }

    private void crash() {
        engine = newEngine(epoch());
    }

    @Test
    void storesInstancesWithTheirTasksAsTheyAre() {
        PodDefinition web = Scenario.web("2026-01-01T00:00:00Z", "", 2).definition();
        changes.create(web, Instructions.of(false, Optional.empty()));
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));
        now.set(now.get().plusSeconds(1));
        reportAll(TaskState.RUNNING);
        List<Instance> remembered = instances();
        assertThat(remembered).hasSize(2).allMatch(Instance::isReady);
        assertThat(remembered.getFirst().tasks().getFirst().addresses())
                .containsExactly(new NetworkAddresses(Optional.empty(), List.of("127.0.0.1")));

        crash();

        assertThat(instances()).isEqualTo(remembered);
        assertThat(engine.world().framework()).contains(new FrameworkId("F-1"));
    }

    @Test
    void remembersOrphansUntilTheyHaveEnded() {
        TaskId stranger = new TaskId("some.other.task");
        Instant first = now.get();
        report(stranger, TaskState.RUNNING);
        now.set(first.plusSeconds(60));
        report(stranger, TaskState.KILLING);
        crash();
        assertThat(store.load().orphans())
                .containsExactly(new Orphan(stranger, "S0", TaskState.KILLING, first, first.plusSeconds(60), null));

        OrphanRows rows = context.getBean(OrphanRows.class);
        assertThat(rows.ask(new TaskId("nobody"), first, "")).isEmpty();
        assertThat(rows.ask(stranger, first.plusSeconds(70), "ann")).isPresent();
        assertThat(rows.ask(stranger, first.plusSeconds(80), "bob")
                        .orElseThrow()
                        .killAsked())
                .as("the first wish counts")
                .isEqualTo(first.plusSeconds(70));
        assertThat(store.unwantedOrphans()).containsExactly(Map.entry(stranger, first.plusSeconds(70)));
        report(stranger, TaskState.RUNNING);
        assertThat(store.load().orphans())
                .extracting(Orphan::killAsked)
                .as("a wish survives what Mesos says meanwhile")
                .containsExactly(first.plusSeconds(70));

        report(stranger, TaskState.KILLED);
        assertThat(store.load().orphans()).isEmpty();
    }

    @Test
    void remembersWhatIsReserved() {
        PodId pod = PodId.of("/db");
        InstanceId first = InstanceId.of(pod, new UUID(0, 1));
        InstanceId second = InstanceId.of(pod, new UUID(0, 2));
        Agent agent = new Agent("S0", "host", "north", null, Map.of("rack", "r1"));
        Reservation asked = Reservation.asked(first, pod, agent, now.get());
        commit(with -> with.put(asked));
        assertThat(store.load().reservations()).containsExactly(asked);

        ReservationRows rows = context.getBean(ReservationRows.class);
        Reservation taken = asked.made(agent, now.get()).heldBy(second);
        commit(with -> with.put(taken));
        assertThat(store.load().reservations()).containsExactly(taken);
        assertThat(rows.heldIn(List.of(pod))).containsExactly(Map.entry(second, first));
        assertThat(rows.anyUnwantedOf(List.of(second))).isFalse();

        commit(with -> with.put(taken.unwanted(now.get())));
        assertThat(rows.heldIn(List.of(pod))).isEmpty();
        assertThat(rows.anyUnwantedOf(List.of(second))).isTrue();

        commit(with -> with.goneReservation(first));
        assertThat(store.load().reservations()).isEmpty();
    }

    private void commit(Consumer<Changes> change) {
        Changes stored = new Changes();
        change.accept(stored);
        store.commit(epoch(), stored);
    }

    private void report(TaskId task, TaskState state) {
        engine.step(List.of(new Reported(new StatusReport(
                task,
                Optional.of("S0"),
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                now.get(),
                Optional.empty()))));
    }

    @Test
    void remembersWhatConstraintsCompareOfTheAgentsOfInstances() {
        cluster.agent = new Agent(
                "S0", "host", "west", "w-1", Map.of("rack", "r \"1\"", "ports", "[1-2]", "", "\u0000 ü \ud83d\ude00"));
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        assertThat(instances()).extracting(Instance::agent).containsExactly(cluster.agent);

        // As the program before stored them.
        jdbc.update("update instance set agent_attributes = null");

        assertThat(instances())
                .extracting(Instance::agent)
                .containsExactly(new Agent("S0", "host", "west", "w-1", Map.of()));
    }

    @Test
    void showsANewVersionAndItsStatusWhenItsDeploymentEndsAndNotBefore() {
        PodDefinition one = Scenario.web("2026-01-01T00:00:00Z", "", 1).definition();
        Version v1 = deploy(one);
        assertThat(status().status().value()).isEqualTo(PodStatus.Value.STABLE);
        PodDefinition two =
                Scenario.web("2026-01-01T00:00:00Z", "", 2, "1", "1").definition();

        Version v2 = changes.replace(two, Preconditions.NONE, Instructions.of(false, Optional.empty()))
                .pod()
                .version();
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));

        assertThat(shownVersion()).isEqualTo(v1);
        assertThat(status().spec().version()).isEqualTo(v1);
        assertThat(status().status().value()).isEqualTo(PodStatus.Value.STABLE);
        assertThat(deployments.running()).hasSize(1);
        reportAll(TaskState.RUNNING);
        assertThat(deployments.running()).as("an old instance is not gone yet").hasSize(1);
        assertThat(shownVersion()).isEqualTo(v1);

        endKilled();
        reportAll(TaskState.RUNNING);
        assertThat(deployments.running()).isEmpty();
        assertThat(shownVersion()).isEqualTo(v2);
    }

    @Test
    void queriesAnswerTheSameWhenAnotherLeaderTakesOverInTheMiddleOfAnUpdate() {
        Version v1 = deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        PodStatus.Value before = status().status().value();
        changes.replace(
                Scenario.web("2026-01-01T00:00:00Z", "", 2, "1", "1").definition(),
                Preconditions.NONE,
                Instructions.of(false, Optional.empty()));
        engine.step(List.of(new ChangesCame()));

        crash();
        engine.step(List.of(new Subscribed(new FrameworkId("F-1"), "master.example:5050")));

        assertThat(status().spec().version()).isEqualTo(v1);
        assertThat(status().status().value()).isEqualTo(before);
        assertThat(deployments.running()).hasSize(1);
    }

    @Test
    void refusesASecondChangeWithTheIdOfTheDeploymentThatRuns() {
        PodDefinition web = Scenario.web("2026-01-01T00:00:00Z", "", 1).definition();
        UUID creation =
                changes.create(web, Instructions.of(false, Optional.empty())).deployment();
        PodDefinition other = Scenario.web("2026-01-01T00:00:00Z", "", 2).definition();

        assertThatThrownBy(() -> changes.replace(other, Preconditions.NONE, Instructions.of(false, Optional.empty())))
                .isInstanceOfSatisfying(
                        PodLockedException.class,
                        locked -> assertThat(locked.deployments()).containsExactly(creation));
        assertThat(jdbc.queryForObject("select count(*) from deployment where state = 'SUBMITTED'", Long.class))
                .isEqualTo(1);
    }

    @Test
    void aForcedChangeOvertakesADeploymentThatTheEngineIsAboutToEnd() {
        PodDefinition one = Scenario.web("2026-01-01T00:00:00Z", "", 1).definition();
        changes.create(one, Instructions.of(false, Optional.empty()));
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));
        PodDefinition two = Scenario.web("2026-01-01T00:00:00Z", "", 2).definition();

        Version forced = changes.replace(two, Preconditions.NONE, Instructions.of(true, Optional.empty()))
                .pod()
                .version();

        assertThatThrownBy(() -> reportAll(TaskState.RUNNING)).isInstanceOf(OvertakenException.class);
        assertThat(instances()).as("nothing of the round was stored").noneMatch(Instance::isReady);
        engine.reload();
        engine.step(List.of(new OffersCame()));
        reportAll(TaskState.RUNNING);
        engine.step(List.of(new OffersCame()));
        reportAll(TaskState.RUNNING);
        assertThat(shownVersion()).isEqualTo(forced);
    }

    @Test
    void aForcedChangeWaitsForTheEngineThatIsTakingTheDeploymentUp() throws Exception {
        PodDefinition one = Scenario.web("2026-01-01T00:00:00Z", "", 1).definition();
        UUID first =
                changes.create(one, Instructions.of(false, Optional.empty())).deployment();
        PodDefinition two = Scenario.web("2026-01-01T00:00:00Z", "", 2).definition();

        try (ExecutorService requests = Executors.newSingleThreadExecutor()) {
            Future<PodChanges.Accepted> forced = context.getBean(TransactionTemplate.class)
                    .execute(engineTransaction -> {
                        jdbc.update(
                                "update deployment set state = 'ROLLING', started_at = now(),"
                                        + " row_version = row_version + 1 where id = ?",
                                first);
                        Future<PodChanges.Accepted> request = requests.submit(() ->
                                changes.replace(two, Preconditions.NONE, Instructions.of(true, Optional.empty())));
                        await().until(this::someoneWaitsForALock);
                        return request;
                    });
            forced.get();
        }
        assertThat(jdbc.queryForObject("select state from deployment where id = ?", String.class, first))
                .isEqualTo("SUPERSEDED");
    }

    @Test
    void aRoundIsTakenBackThatMovesInstancesForADeploymentSomebodyHasCancelledSinceTheEngineLooked() {
        Version v1 = deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        PodDefinition other =
                labelled(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        UUID update = changes.replace(other, Preconditions.NONE, Instructions.of(false, Optional.empty()))
                .deployment();
        engine.step(List.of(new ChangesCame()));

        Version v2 = pods.find(Scenario.WEB).orElseThrow().target().version();
        context.getBean(DeploymentControl.class).cancel(update, Optional.empty());

        assertThat(shownVersion()).isEqualTo(v2);
        assertThatThrownBy(this::endKilled).isInstanceOf(OvertakenException.class);
        assertThat(instances())
                .as("nothing of the round was stored")
                .extracting(Instance::version)
                .containsExactly(v1);
        engine.reload();
        endKilled();
        assertThat(instances()).as("filled up").extracting(Instance::version).containsExactly(v2);
        assertThat(jdbc.queryForObject("select count(*) from deployment_notice", Long.class))
                .isZero();
    }

    private static PodDefinition labelled(PodDefinition pod) {
        return new PodDefinition(
                pod.id(),
                Map.of("l", "other"),
                pod.user(),
                pod.environment(),
                pod.containers(),
                pod.secrets(),
                pod.volumes(),
                pod.networks(),
                pod.instances(),
                pod.scheduling(),
                pod.executorResources(),
                pod.role(),
                pod.ipcInfo(),
                pod.legacySharedCgroups());
    }

    private boolean someoneWaitsForALock() {
        return !jdbc.queryForList("select pid from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")
                .isEmpty();
    }

    @Test
    void anEarlierLeaderCanStoreNothing() {
        PodDefinition web = Scenario.web("2026-01-01T00:00:00Z", "", 1).definition();
        changes.create(web, Instructions.of(false, Optional.empty()));
        Engine earlier = engine;
        jdbc.update("update leader_epoch set epoch = epoch + 1");

        assertThatThrownBy(() -> earlier.step(List.of(new ChangesCame()))).isInstanceOf(FencedException.class);
        assertThat(instances()).isEmpty();
    }

    @Test
    void remembersFailuresAndDelays() {
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        reportAll(TaskState.FAILED);
        assertThat(jdbc.queryForObject("select count(*) from last_failure", Long.class))
                .isEqualTo(1);

        crash();

        assertThat(engine.world().pod(Scenario.WEB).orElseThrow().delays().values())
                .containsExactly(new LaunchDelay(now.get(), Duration.ofSeconds(1)));
    }

    @Test
    void storesTheGoalOfAKilledInstanceAndForgetsTheRequestTogether() {
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        InstanceId victim = instances().getFirst().id();
        InstanceKills kills = context.getBean(InstanceKills.class);

        kills.request(Scenario.WEB, List.of(victim.text(), "nobody"), false, Optional.of("ada"));
        kills.request(Scenario.WEB, List.of(victim.text()), true, Optional.empty());

        assertThat(store.requestedKills(10))
                .containsExactly(new KillRequest(
                        Scenario.WEB,
                        victim,
                        false,
                        store.requestedKills(1).getFirst().requestedAt(),
                        "ada"));
        assertThat(instances()).as("only the engine changes instances").allMatch(Instance::isWanted);
        crash();
        engine.step(List.of());
        assertThat(store.requestedKills(10)).isEmpty();
        assertThat(instances()).hasSize(2).anyMatch(instance -> instance.id().equals(victim) && !instance.isWanted());
    }

    @Test
    void anEarlierLeaderTakesNoKillRequestUp() {
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        InstanceId victim = instances().getFirst().id();
        context.getBean(InstanceKills.class).request(Scenario.WEB, List.of(victim.text()), false, Optional.empty());
        jdbc.update("update leader_epoch set epoch = epoch + 1");

        assertThatThrownBy(() -> engine.step(List.of(new ChangesCame()))).isInstanceOf(FencedException.class);

        assertThat(store.requestedKills(10)).hasSize(1);
        crash();
        engine.step(List.of());
        assertThat(store.requestedKills(10)).isEmpty();
    }

    @Test
    void loadsTheVersionsThatInstancesWereMadeFrom() {
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 2).definition());
        Version first = shownVersion();
        changes.replace(
                Scenario.web("2026-01-01T00:00:00Z", "", 2, "1", "1").definition(),
                Preconditions.NONE,
                Instructions.of(false, Optional.empty()));
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));
        changes.replace(
                Scenario.web("2026-01-01T00:00:00Z", "", 3, "0.5", "1").definition(),
                Preconditions.NONE,
                Instructions.of(true, Optional.empty()));

        assertThat(store.load().pods().getFirst().definitions())
                .extracting(VersionedPod::version)
                .hasSize(2)
                .containsOnlyOnce(first);
        assertThat(store.submitted())
                .extracting(submission -> submission.target().definition().instances())
                .containsExactly(3);
    }

    @Test
    void writesEventsInTheTransactionOfTheChange() {
        jdbc.update("delete from event");
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());

        assertThat(jdbc.queryForList("select type from event order by id", String.class))
                .containsExactly(
                        "pod_version_state_changed_event",
                        "group_change_success",
                        "deployment_info",
                        "deployment_step_success",
                        "deployment_info",
                        "pod_version_state_changed_event",
                        "instance_changed_event",
                        "instance_changed_event",
                        "status_update_event",
                        "instance_changed_event",
                        "deployment_step_success",
                        "deployment_success",
                        "pod_version_state_changed_event",
                        "pod_version_exposed_event");
    }

    @Test
    void tellsTheEndOfInstancesAndPodsInTheWordsThatListenersKnow() {
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        Instance last = instances().getFirst();
        jdbc.update("delete from event");
        changes.delete(Scenario.WEB, Preconditions.NONE, Instructions.of(false, Optional.empty()));
        engine.step(List.of(new ChangesCame()));
        reportAll(TaskState.KILLED);

        assertThat(jdbc.queryForList("select type from event order by id", String.class))
                .containsExactly(
                        "group_change_success",
                        "deployment_info",
                        "instance_changed_event",
                        "status_update_event",
                        "instance_changed_event",
                        "instance_terminated_event",
                        "app_terminated_event",
                        "deployment_step_success",
                        "deployment_success",
                        "pod_version_state_changed_event");
        assertThat(jdbc.queryForObject(
                        "select body::jsonb - 'timestamp' from event where type like 'app%'", String.class))
                .isEqualTo("{\"appId\": \"/web\", \"eventType\": \"app_terminated_event\"}");
        assertThat(jdbc.queryForList(
                        "select body::jsonb ->> 'condition' from event where type = 'instance_changed_event'"
                                + " and body::jsonb ->> 'instanceId' = ? order by id",
                        String.class,
                        last.id().text()))
                .containsExactly("Running", "Killed");
    }

    @Test
    void tellsWhyADeploymentIsGivenUpBeforeItTellsThatItIs() {
        deploy(Scenario.web("2026-01-01T00:00:00Z", "", 1, "1", "1").definition());
        Instructions strict = new Instructions(
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(OnFailure.ROLLBACK),
                Optional.empty(),
                OptionalInt.of(0),
                Optional.empty(),
                Optional.empty());
        PodDefinition other =
                labelled(Scenario.web("2026-01-01T00:00:00Z", "", 1, "1", "1").definition());
        changes.replace(other, Preconditions.NONE, strict);
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));
        jdbc.update("delete from event");

        report(
                instances().stream()
                        .filter(instance -> instance.condition() == Condition.PROVISIONED)
                        .toList(),
                TaskState.FAILED);

        assertThat(jdbc.queryForList("select type from event order by id", String.class))
                .startsWith(
                        "status_update_event",
                        "instance_changed_event",
                        "instance_terminated_event",
                        "deployment_step_failure",
                        "deployment_failed",
                        "pod_version_state_changed_event",
                        "pod_version_state_changed_event",
                        "group_change_success");
        assertThat(jdbc.queryForObject(
                        "select body::jsonb #>> '{plan,steps,0,actions,0,action}' from event"
                                + " where type = 'deployment_failed'",
                        String.class))
                .isEqualTo("RestartPod");
    }

    @Test
    void remembersThatAnInstanceIsInactiveAndSinceWhenOneIsReady() {
        VersionedPod pod = Scenario.unreachable(Scenario.web("2026-01-01T00:00:00Z", "", 1), 60, 3600);
        deploy(pod.definition());
        Instant ready = now.get();
        assertThat(instances()).extracting(Instance::readySince).containsExactly(ready);
        reportAll(TaskState.UNREACHABLE);
        Instant lost = now.get();

        now.set(lost.plusSeconds(60));
        engine.step(List.of());
        crash();

        assertThat(instances())
                .filteredOn(Instance::isInactive)
                .singleElement()
                .satisfies(inactive -> assertThat(inactive.since()).isEqualTo(lost))
                .satisfies(inactive -> assertThat(inactive.tasks())
                        .extracting(Task::condition)
                        .containsExactly(Condition.UNREACHABLE_INACTIVE))
                .satisfies(inactive -> assertThat(inactive.readySince()).isNull());
        assertThat(instances()).hasSize(2);
    }

    private Version deploy(PodDefinition definition) {
        Version version = changes.create(definition, Instructions.of(false, Optional.empty()))
                .pod()
                .version();
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));
        reportAll(TaskState.RUNNING);
        return version;
    }

    private Version shownVersion() {
        return pods.find(Scenario.WEB).orElseThrow().shown().version();
    }

    private PodStatuses.View status() {
        return statuses.of(Scenario.WEB, PodStatuses.Kind.EXPOSED).orElseThrow();
    }

    private List<Instance> instances() {
        return store.load().pods().stream()
                .flatMap(pod -> pod.instances().stream())
                .toList();
    }

    private void endKilled() {
        report(instances().stream().filter(instance -> !instance.isWanted()).toList(), TaskState.KILLED);
    }

    private void reportAll(TaskState state) {
        report(
                instances().stream()
                        .filter(instance -> instance.condition() != Condition.SCHEDULED)
                        .toList(),
                state);
    }

    private void report(List<Instance> instances, TaskState state) {
        List<EngineInput> reports = new ArrayList<>();
        for (Instance instance : instances) {
            for (Task task : instance.tasks()) {
                reports.add(new Reported(new StatusReport(
                        task.id(),
                        Optional.of("S0"),
                        state,
                        Optional.empty(),
                        Optional.of("said by Mesos"),
                        Optional.empty(),
                        List.of(new NetworkAddresses(Optional.empty(), List.of("127.0.0.1"))),
                        now.get(),
                        Optional.empty())));
            }
        }
        engine.step(reports);
    }
}
