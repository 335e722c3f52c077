package io.muster.platform;

import static io.muster.platform.MainJobTest.pod;
import static io.muster.platform.MainJobTest.sleepers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.db.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on a database that the settings name: both serve, one leads, and the other takes over. */
class ConfiguredDatabaseTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void theOtherReplicaGoesOnWhenTheLeaderIsKilled(@TempDir Path one, @TempDir Path other)
            throws SQLException, InterruptedException {
        try (TestDatabase database = TestDatabase.createEmpty()) {
            Map<String, String> settings = Map.of(
                    "SPRING_DATASOURCE_URL", database.jdbcUrl(),
                    "SPRING_DATASOURCE_USERNAME", database.app().name(),
                    "SPRING_DATASOURCE_PASSWORD", database.app().password(),
                    "SPRING_FLYWAY_USER", database.owner().name(),
                    "SPRING_FLYWAY_PASSWORD", database.owner().password());
            try (MusterProcess leader = MusterProcess.start(one, settings)) {
                await().atMost(PATIENCE).until(() -> leads(leader));
                try (MusterProcess follower = MusterProcess.start(other, settings)) {
                    assertThat(one.resolve("postgres"))
                            .as("nothing is embedded")
                            .doesNotExist();
                    assertThat(leads(follower)).isFalse();
                    follower.send("POST", "/v2/pods", pod("/shared", 1, 3300001, ""));
                    follower.awaitNoDeployment();
                    String version = follower.version("/shared").orElseThrow();
                    assertThat(leader.version("/shared")).contains(version);

                    leader.kill();

                    await().atMost(PATIENCE).until(() -> leads(follower));
                    await().atMost(PATIENCE)
                            .until(() -> follower.json("/v2/pods/shared::status?view=live")
                                    .at("/instances/0/agentId")
                                    .asString("")
                                    .startsWith(agentOf(other)));
                    assertThat(follower.version("/shared")).contains(version);
                    try (MusterProcess returned = MusterProcess.start(one, settings)) {
                        assertThat(leads(returned)).isFalse();
                        assertThat(sleepers("3300001"))
                                .as("its local Mesos has ended what the killed one left behind")
                                .isEqualTo(1);
                    }
                }
            }
        }
        assertThat(sleepers("3300001")).as("left behind").isZero();
    }

    private static boolean leads(MusterProcess muster) {
        return muster.json("/actuator/health/leadershipHealth")
                .at("/details/leading")
                .asBoolean(false);
    }

    private static String agentOf(Path directory) {
        String[] agents = directory.resolve("mesos/agents").toFile().list();
        return agents == null || agents.length == 0 ? "none yet" : agents[0];
    }
}
