package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.db.testing.TestDatabase;
import io.muster.deploy.DeploymentSettings;
import io.muster.deploy.HistorySettings;
import io.muster.deploy.KillSettings;
import io.muster.deploy.application.Terminations;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import io.muster.deploy.leadership.CurrentLeader;
import io.muster.deploy.model.EndCause;
import io.muster.deploy.model.Instance;
import io.muster.deploy.model.Termination;
import io.muster.deploy.persistence.TerminationRows;
import io.muster.deploy.persistence.TerminationRows.Stored;
import io.muster.events.EventsModule;
import io.muster.history.HistoryModule;
import io.muster.pods.Instructions;
import io.muster.pods.PodsModule;
import io.muster.pods.application.PodChanges;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
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

/** What the real store keeps of instances that have ended, and for how long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminationsOnPostgresTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);

    @EnableAutoConfiguration
    @Import({HistoryModule.class, EventsModule.class, PodsModule.class, EngineBell.class, CurrentLeader.class})
    @ComponentScan({"io.muster.deploy.application", "io.muster.deploy.persistence"})
    @EnableConfigurationProperties({DeploymentSettings.class, KillSettings.class, HistorySettings.class})
    @EntityScan("io.muster.deploy.persistence")
    @EnableJpaRepositories("io.muster.deploy.persistence")
    static class Application {

        @Bean
        InstantSource clock() {
            return NOW::get;
        }

        @Bean
        Supplier<UUID> ids() {
            return UUID::randomUUID;
        }

        @Bean
        EngineSettings engineSettings() {
            return EngineSettings.defaults();
        }

        @Bean
        SimpleMeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    private final TestDatabase database = TestDatabase.create();
    private final FakeCluster cluster = new FakeCluster();
    private ConfigurableApplicationContext context;
    private TerminationRows rows;
    private JdbcTemplate jdbc;

    @BeforeAll
    void startApplication() {
        context = new SpringApplicationBuilder(Application.class)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run(database.springProperties().entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        rows = context.getBean(TerminationRows.class);
        jdbc = context.getBean(JdbcTemplate.class);
    }

    @AfterAll
    void stopApplication() throws SQLException {
        context.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        NOW.set(START);
        jdbc.update("delete from termination");
    }

    private Engine engine() {
        long epoch = Optional.ofNullable(jdbc.queryForObject("select epoch from leader_epoch", Long.class))
                .orElseThrow();
        Engine engine = new Engine(
                context.getBean(EngineStore.class),
                cluster,
                EngineSettings.defaults(),
                Decisions.usual(),
                NOW::get,
                UUID::randomUUID,
                new EngineMeters(new SimpleMeterRegistry()),
                epoch);
        engine.step(List.of(new Subscribed(new FrameworkId("F-1"), "master.example:5050")));
        return engine;
    }

    private static void report(Engine engine, TaskId task, TaskState state, String message) {
        engine.step(List.of(new Reported(new StatusReport(
                task,
                Optional.of("S0"),
                state,
                Optional.empty(),
                Optional.of(message),
                Optional.of("COMMAND_EXECUTOR_FAILED"),
                List.of(),
                NOW.get(),
                Optional.empty()))));
    }

    private static List<Instance> instances(Engine engine) {
        return List.copyOf(engine.world().instances());
    }

    @Test
    void remembersWhatEachContainerSaidThoughAnotherProcessHearsOfTheLastOne() {
        context.getBean(PodChanges.class)
                .create(
                        Scenario.containers(Scenario.web("2026-01-01T00:00:00Z", "", 1), "log")
                                .definition(),
                        Instructions.of(false, Optional.empty()));
        Engine first = engine();
        first.step(List.of(new ChangesCame()));
        first.step(List.of(new OffersCame()));
        Instance instance = instances(first).getFirst();
        TaskId nginx = instance.tasks().getFirst().id();
        TaskId log = instance.tasks().getLast().id();
        NOW.set(START.plusSeconds(1));
        report(first, nginx, TaskState.RUNNING, "");
        report(first, log, TaskState.RUNNING, "");
        NOW.set(START.plusSeconds(2));
        report(first, nginx, TaskState.FAILED, "Command exited with status 7");
        assertThat(rows.page(Scenario.WEB, Optional.empty(), 10)).isEmpty();

        Engine second = engine();
        assertThat(second.world().instance(instance.id()))
                .as("the end of a container and its cause survive")
                .isEqualTo(first.world().instance(instance.id()));
        NOW.set(START.plusSeconds(3));
        report(second, log, TaskState.KILLED, "Command terminated with signal Terminated");

        Termination ended =
                rows.page(Scenario.WEB, Optional.empty(), 10).getFirst().termination();
        assertThat(ended.instance()).isEqualTo(instance.id());
        assertThat(ended.version()).isEqualTo(instance.version());
        assertThat(ended.cause()).isEqualTo(EndCause.FAILED);
        assertThat(ended.message()).isEqualTo("Command exited with status 7");
        assertThat(ended.activeSince()).isEqualTo(START.plusSeconds(1));
        assertThat(ended.endedAt()).isEqualTo(START.plusSeconds(3));
        assertThat(ended.containers())
                .extracting(container -> container.name() + " " + container.exitCode() + " " + container.signal())
                .containsExactly("nginx 7 null", "log null SIGTERM");
        assertThat(ended.containers().getFirst().reason()).isEqualTo("COMMAND_EXECUTOR_FAILED");
        assertThat(rows.of(Scenario.WEB, instance.id().text()).map(Stored::termination))
                .contains(ended);
    }

    @Test
    void keepsTheLastOnesOfEachPodAndAllThatAreYoung() {
        double before = removed();
        end("/busy", 60, START);
        end("/quiet", 3, START);
        Terminations terminations = context.getBean(Terminations.class);

        NOW.set(START.plus(Duration.ofDays(89)));
        terminations.trim();
        assertThat(count("/busy")).as("young").isEqualTo(60);

        NOW.set(START.plus(Duration.ofDays(91)));
        terminations.trim();
        assertThat(count("/busy")).as("the last 50").isEqualTo(50);
        assertThat(count("/quiet")).isEqualTo(3);
        assertThat(removed() - before).isEqualTo(10);

        end("/busy", 20, NOW.get());
        terminations.trim();
        assertThat(count("/busy"))
                .as("those that others took the place of go as well")
                .isEqualTo(50);
        assertThat(jdbc.queryForObject(
                        "select count(*) from termination where ended_at = ?",
                        Integer.class,
                        Timestamp.from(NOW.get())))
                .isEqualTo(20);
    }

    @Test
    void goesThroughMoreThanOnePieceAndBeginsAnewAtTheEnd() {
        end("/crashing", 3_500, START);
        end("/last", 50, START.plusSeconds(1));
        Terminations terminations = context.getBean(Terminations.class);
        NOW.set(START.plus(Duration.ofDays(91)));

        terminations.trim();
        terminations.trim();

        assertThat(count("/crashing")).isEqualTo(50);
        assertThat(count("/last")).isEqualTo(50);
    }

    private void end(String pod, int instances, Instant at) {
        jdbc.update("""
                insert into termination (instance_id, pod_id, version, agent_id, agent_hostname, placed_at, ended_at,
                    cause, containers)
                select 'x.instance-' || gen_random_uuid(), ?, ?, 'S0', 'host', ?, ?, 'FAILED', '[]'
                from generate_series(1, ?)
                """, pod, Timestamp.from(at), Timestamp.from(at), Timestamp.from(at), instances);
    }

    private double removed() {
        return context.getBean(SimpleMeterRegistry.class)
                .get("muster.history.terminations.removed")
                .counter()
                .count();
    }

    private int count(String pod) {
        return Optional.ofNullable(
                        jdbc.queryForObject("select count(*) from termination where pod_id = ?", Integer.class, pod))
                .orElse(0);
    }
}
