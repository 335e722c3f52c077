package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.db.testing.TestDatabase;
import io.muster.deploy.cluster.FrameworkId;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskState;
import io.muster.deploy.engine.EngineInput.ChangesCame;
import io.muster.deploy.engine.EngineInput.OffersCame;
import io.muster.deploy.engine.EngineInput.Reported;
import io.muster.deploy.engine.EngineInput.Subscribed;
import io.muster.deploy.model.Instance;
import io.muster.deploy.web.Statements;
import io.muster.history.PodId;
import io.muster.pods.Instructions;
import io.muster.pods.Pods;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.Preconditions;
import io.muster.pods.json.PodJson;
import io.muster.pods.model.PodDefinition;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** What a round costs does not depend on how many deployments begin or end in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementsOfARoundTest {

    @Import({EngineOnPostgresTest.Application.class, Statements.class})
    static class Application {}

    private static final Instructions NONE = Instructions.of(false, Optional.empty());

    private final TestDatabase database = TestDatabase.create();
    private ConfigurableApplicationContext context;
    private EngineStore store;
    private Engine engine;

    @BeforeAll
    void startApplication() {
        context = new SpringApplicationBuilder(Application.class)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run(database.springProperties().entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        store = context.getBean(EngineStore.class);
        engine = new Engine(
                store,
                new FakeCluster(),
                EngineSettings.defaults(),
                Decisions.usual(),
                () -> Instant.parse("2026-01-01T00:00:00Z"),
                UUID::randomUUID,
                new EngineMeters(new SimpleMeterRegistry()),
                0);
        engine.step(List.of(new Subscribed(new FrameworkId("F-1"), "127.0.0.1:5050")));
    }

    @AfterAll
    void stopApplication() throws SQLException {
        context.close();
        database.close();
    }

    @Test
    void isTheSameForManyPodsAsForOne() {
        // What the first round of a leader says beyond that of others is over then.
        statementsOfLivesOf(1);
        List<String> one = statementsOfLivesOf(1);
        List<String> many = statementsOfLivesOf(20);

        assertThat(one).hasSizeGreaterThan(10);
        assertThat(many).isEqualTo(one);
    }

    /** What the engine says from the creation of so many pods to their end. */
    private List<String> statementsOfLivesOf(int number) {
        PodChanges changes = context.getBean(PodChanges.class);
        List<PodDefinition> pods =
                IntStream.range(0, number).mapToObj(StatementsOfARoundTest::pod).toList();
        pods.forEach(pod -> changes.create(pod, NONE));
        Statements statements = context.getBean(Statements.class);
        statements.forget();
        engine.step(List.of(new ChangesCame()));
        engine.step(List.of(new OffersCame()));
        engine.step(reports(TaskState.RUNNING));
        List<Statements.Said> ofBeginning = statements.ofThisThread();
        assertThat(store.load().pods())
                .hasSize(number)
                .allMatch(pod -> pod.running().isEmpty());

        pods.forEach(pod -> changes.delete(pod.id(), Preconditions.NONE, NONE));
        List<EngineInput> ends = reports(TaskState.KILLED);
        statements.forget();
        engine.step(List.of(new ChangesCame()));
        engine.step(ends);
        List<Statements.Said> ofEnd = statements.ofThisThread();
        assertThat(context.getBean(Pods.class).list()).isEmpty();
        return Stream.concat(ofBeginning.stream(), ofEnd.stream())
                .map(Statements.Said::sql)
                .toList();
    }

    private static PodDefinition pod(int number) {
        String stored =
                PodJson.store(Scenario.web("2026-01-01T00:00:00Z", "", 1).definition());
        return PodJson.restore(stored.replace("\"/web\"", "\"" + PodId.of("/many/web" + number) + "\""));
    }

    private List<EngineInput> reports(TaskState state) {
        return store.load().pods().stream()
                .flatMap(pod -> pod.instances().stream())
                .map(Instance::tasks)
                .flatMap(List::stream)
                .<EngineInput>map(task -> new Reported(new StatusReport(
                        task.id(),
                        Optional.of("S0"),
                        state,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Instant.EPOCH,
                        Optional.empty())))
                .toList();
    }
}
