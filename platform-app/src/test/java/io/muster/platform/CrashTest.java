package io.muster.platform;

import static io.muster.platform.MainJobTest.pod;
import static io.muster.platform.MainJobTest.sleepers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process that is killed in the middle of an update, and what the next one makes of it. */
class CrashTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ONE_BY_ONE =
            ", \"scheduling\": {\"upgrade\": {\"minimumHealthCapacity\": 1, \"maximumOverCapacity\": 0}}";

    @TempDir
    private Path directory;

    @Test
    void losesNothingAndEndsWithTheWantedInstancesOnly() throws InterruptedException {
        String before;
        String target;
        try (MusterProcess killed = MusterProcess.start(directory)) {
            killed.send("POST", "/v2/pods", pod("/crash", 4, 3200001, ONE_BY_ONE));
            killed.send("POST", "/v2/pods", pod("/bystander", 1, 3200003, ""));
            killed.awaitNoDeployment();
            before = killed.version("/crash").orElseThrow();
            target = MusterProcess.json(killed.send("PUT", "/v2/pods/crash", pod("/crash", 4, 3200002, ONE_BY_ONE)))
                    .get("version")
                    .asString();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> sleepers("3200002") > 0 && sleepers("3200001") > 0);
            killed.kill();
        }

        try (MusterProcess next = MusterProcess.start(directory)) {
            next.awaitNoDeployment();
            assertThat(next.version("/crash")).contains(target);
            assertThat(next.json("/v2/pods/crash::versions").valueStream().map(JsonNode::asString))
                    .containsExactly(before, target);
            await().atMost(PATIENCE).until(() -> isStable(next, "/crash", 4) && isStable(next, "/bystander", 1));
            assertThat(sleepers("3200001")).as("of the old version").isZero();
            assertThat(sleepers("3200002")).as("of the new version").isEqualTo(4);
            assertThat(sleepers("3200003")).as("of the pod that nobody touched").isEqualTo(1);
        }
        assertThat(sleepers("32000")).as("left behind after the stop").isZero();
    }

    private static boolean isStable(MusterProcess muster, String pod, int instances) {
        JsonNode status = muster.json("/v2/pods" + pod + "::status");
        Set<String> seen = new TreeSet<>();
        status.get("instances")
                .forEach(instance -> seen.add(instance.get("status").asString()));
        return status.get("instances").size() == instances
                && seen.equals(Set.of("STABLE"))
                && status.get("status").asString().equals("STABLE");
    }
}
