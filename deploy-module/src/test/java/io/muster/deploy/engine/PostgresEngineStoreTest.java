package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.db.testing.TestDatabase;
import io.muster.deploy.application.DeploymentControl;
import io.muster.deploy.application.DeploymentViews;
import io.muster.deploy.application.InstanceKills;
import io.muster.deploy.application.LaunchQueue;
import io.muster.deploy.application.Orphans;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.model.Deployment;
import io.muster.history.PodId;
import io.muster.pods.ClientRequest;
import io.muster.pods.Instructions;
import io.muster.pods.application.PodChanges;
import io.muster.pods.application.Preconditions;
import io.muster.pods.model.PodDefinition;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The store that production has, with the services through which users reach it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresEngineStoreTest extends EngineStoreContract {

    private static final Instructions FORCED = Instructions.of(true, Optional.empty());

    private final TestDatabase database = TestDatabase.create();
    private final Users users = new Services();
    private ConfigurableApplicationContext context;

    @BeforeAll
    void startApplication() {
        context = new SpringApplicationBuilder(EngineOnPostgresTest.Application.class)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run(database.springProperties().entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    @AfterAll
    void stopApplication() throws SQLException {
        context.close();
        database.close();
    }

    /** All but the history, which nobody may take back, not even a test. */
    @BeforeEach
    void forgetEverything() {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        for (String table : List.of(
                "task",
                "instance",
                "deployment_notice",
                "launch_delay",
                "delay_reset",
                "kill_request",
                "orphan",
                "framework")) {
            jdbc.update("delete from " + table);
        }
        jdbc.update("update deployment set state = 'CANCELLED', finished_at = now() where finished_at is null");
        jdbc.update("update pod set present = false, exposed_version = null, deleted_at = now() where present");
        assertThat(store().load().pods()).isEmpty();
    }

    @Override
    EngineStore store() {
        return context.getBean(EngineStore.class);
    }

    @Override
    Users users() {
        return users;
    }

    @Override
    long epoch() {
        return Optional.ofNullable(context.getBean(JdbcTemplate.class)
                        .queryForObject("select epoch from leader_epoch", Long.class))
                .orElseThrow();
    }

    private final class Services implements Users {

        @Override
        public UUID create(PodDefinition definition) {
            return changes().create(definition, FORCED).deployment();
        }

        @Override
        public UUID replace(PodDefinition definition) {
            return changes().replace(definition, Preconditions.NONE, FORCED).deployment();
        }

        @Override
        public UUID delete(PodId pod) {
            return changes().delete(pod, Preconditions.NONE, FORCED);
        }

        private PodChanges changes() {
            return context.getBean(PodChanges.class);
        }

        @Override
        public UUID undo(UUID deployment) {
            return control()
                    .rollBack(
                            deployment,
                            Optional.empty(),
                            Optional.empty(),
                            new ClientRequest("127.0.0.1", "/v2/deployments/" + deployment))
                    .orElseThrow()
                    .deployment();
        }

        @Override
        public void pause(UUID deployment) {
            done(control().pause(deployment, Optional.empty(), Optional.of("for a test")));
        }

        @Override
        public void resume(UUID deployment) {
            done(control().resume(deployment, Optional.empty()));
        }

        @Override
        public void cancel(UUID deployment) {
            done(control().cancel(deployment, Optional.empty()));
        }

        private static void done(DeploymentControl.Outcome outcome) {
            assertThat(outcome).isEqualTo(DeploymentControl.Outcome.DONE);
        }

        private DeploymentControl control() {
            return context.getBean(DeploymentControl.class);
        }

        @Override
        public void kill(InstanceId instance) {
            assertThat(context.getBean(InstanceKills.class)
                            .request(WEB, List.of(instance.text()), false, Optional.empty()))
                    .isPresent();
        }

        @Override
        public void resetDelay(PodId pod) {
            context.getBean(LaunchQueue.class).resetDelay(pod, Optional.empty());
        }

        @Override
        public void endOrphan(TaskId orphan) {
            assertThat(context.getBean(Orphans.class).kill(orphan, Optional.empty()))
                    .isPresent();
        }

        @Override
        public Optional<Deployment> deployment(UUID id) {
            return context.getBean(DeploymentViews.class).find(id).map(DeploymentViews.View::deployment);
        }

        @Override
        public long elect() {
            context.getBean(JdbcTemplate.class).update("update leader_epoch set epoch = epoch + 1");
            return epoch();
        }
    }
}
