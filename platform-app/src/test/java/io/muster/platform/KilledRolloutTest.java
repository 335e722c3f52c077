package io.muster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.db.testing.TestDatabase;
import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.localmesos.LocalMesosSettings.AgentResources;
import io.muster.localmesos.simulation.TaskScript;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * A rolling update of 50 instances whose process is killed five times at random moments. Mesos and the database go on, as
 * they would.
 */
class KilledRolloutTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String POD = "/killed";
    private static final int INSTANCES = 50;
    private static final int KILLS = 5;
    private static final long SEED = Long.getLong("muster.test.seed", 20_261_122);

    @Test
    void endsWithExactlyTheWantedInstancesAndAWholeHistory(@TempDir Path data, @TempDir Path mesosData)
            throws SQLException, InterruptedException {
        LocalMesosSettings cluster = LocalMesosSettings.in(mesosData)
                .withAgents(5, new AgentResources(16, 16_384, 16_384, 31_000, 32_000))
                .withIntervals(Duration.ofMillis(100), Duration.ofSeconds(15));
        try (TestDatabase database = TestDatabase.createEmpty();
                LocalMesos mesos = LocalMesos.startScripted(cluster)) {
            // Slow enough for a kill to meet the roll at any point of it.
            mesos.containers()
                    .scriptOthers(
                            TaskScript.runs().pullingFor(Duration.ofMillis(200)).stoppingIn(Duration.ofMillis(200)));
            Map<String, String> settings = settings(database, mesos);
            JdbcTemplate history = new JdbcTemplate(database.ownerDataSource());

            List<Instant> crashes = roll(data, settings, history);

            List<TaskInfo> running = mesos.ask(_ -> mesos.containers().running());
            assertThat(running).hasSize(INSTANCES);
            try (MusterProcess muster = MusterProcess.start(data, settings)) {
                tellsTheStory(muster);
            }
            RolloutHistory.of(history, POD).check(INSTANCES, 40, 60, crashes);
        }
    }

    private static Map<String, String> settings(TestDatabase database, LocalMesos mesos) {
        Map<String, String> settings = new HashMap<>();
        settings.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
        settings.put("SPRING_DATASOURCE_USERNAME", database.app().name());
        settings.put("SPRING_DATASOURCE_PASSWORD", database.app().password());
        settings.put("SPRING_FLYWAY_USER", database.owner().name());
        settings.put("SPRING_FLYWAY_PASSWORD", database.owner().password());
        settings.put("MUSTER_MESOS_MASTER", mesos.masterUri().toString());
        settings.put("MUSTER_MESOS_TRANSPORT", "http");
        // A killed leader keeps the others waiting for so long.
        settings.put("MUSTER_LEADERSHIP_TTL", "3s");
        settings.put("MUSTER_LEADERSHIP_MARGIN", "1s");
        settings.put("MUSTER_LEADERSHIP_POLL", "500ms");
        return settings;
    }

    /** Returns when the process was killed. */
    private static List<Instant> roll(Path data, Map<String, String> settings, JdbcTemplate database)
            throws InterruptedException {
        List<Instant> crashes = new ArrayList<>();
        MusterProcess muster = MusterProcess.start(data, settings);
        try {
            assertThat(muster.send("POST", "/v2/pods", definition("one")).statusCode())
                    .isEqualTo(201);
            muster.awaitNoDeployment();
            HttpResponse<String> accepted = muster.send("PUT", "/v2/pods" + POD, definition("two"));
            assertThat(accepted.statusCode()).isEqualTo(200);
            String deployment =
                    accepted.headers().firstValue("Marathon-Deployment-Id").orElseThrow();
            String version = MusterProcess.json(accepted).get("version").asString();
            for (int progress : moments()) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> instancesOf(version, database) >= progress);
                muster.kill();
                crashes.add(Instant.now());
                muster = MusterProcess.start(data, settings);
                if (instancesOf(version, database) < INSTANCES) {
                    assertThat(muster.deployments()).containsExactly(deployment);
                }
            }
            muster.awaitNoDeployment();
            assertThat(muster.version(POD)).contains(version);
            return crashes;
        } finally {
            muster.close();
        }
    }

    /** After so many instances of the new version were decided on the process is killed; ascending. */
    private static List<Integer> moments() {
        Random random = new Random(SEED);
        List<Integer> moments = Stream.generate(() -> 1 + random.nextInt(INSTANCES - 1))
                .distinct()
                .limit(KILLS)
                .sorted()
                .toList();
        System.out.println("seed " + SEED + ", killed after " + moments + " new instances");
        return new ArrayList<>(moments);
    }

    private static int instancesOf(String version, JdbcTemplate database) {
        Integer count = database.queryForObject(
                "select count(*) from instance where pod_id = ? and version = cast(? as timestamptz)",
                Integer.class,
                POD,
                version);
        return count == null ? 0 : count;
    }

    private static void tellsTheStory(MusterProcess muster) {
        JsonNode story = muster.json("/v2/pods" + POD + "::history?order=asc");
        List<String> happened = story.get("entries")
                .valueStream()
                .map(entry -> entry.get("what").asString())
                .toList();
        assertThat(happened).containsSubsequence("CREATED", "SUBMITTED", "EXPOSED", "SUBMITTED", "EXPOSED");
        assertThat(happened.stream().filter("EXPOSED"::equals)).hasSize(2);
        assertThat(muster.json("/v2/pods" + POD + "::status").get("status").asString())
                .isEqualTo("STABLE");
    }

    private static String definition(String value) {
        return """
                {"id": "%s", "scaling": {"kind": "fixed", "instances": %d}, "environment": {"VALUE": "%s"},
                 "containers": [{"name": "c", "exec": {"command": {"shell": "serve"}},
                                 "resources": {"cpus": 0.1, "mem": 32}}],
                 "scheduling": {"upgrade": {"minimumHealthCapacity": 0.8, "maximumOverCapacity": 0.2}}}""".formatted(POD, INSTANCES, value);
    }
}
