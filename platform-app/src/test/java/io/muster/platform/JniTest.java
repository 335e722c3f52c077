package io.muster.platform;

import static io.muster.platform.MainJobTest.pod;
import static io.muster.platform.MainJobTest.sleepers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.mesos.transport.jni.Border;
import io.muster.mesos.transport.jni.OnTheBorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The whole application, which speaks with Mesos through a native library. */
class JniTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path directory;

    @OnTheBorder
    @ParameterizedTest
    @ValueSource(strings = {"v1", "v0"})
    void runsAPod(String api) {
        try (LocalMesos mesos = LocalMesos.start(LocalMesosSettings.in(directory.resolve("mesos")));
                MusterProcess muster = MusterProcess.start(
                        directory,
                        Map.of(
                                "MUSTER_MESOS_MASTER",
                                mesos.masterUri().getAuthority(),
                                "MUSTER_MESOS_TRANSPORT",
                                "jni",
                                "MUSTER_MESOS_JNIAPI",
                                api,
                                "MESOS_NATIVE_JAVA_LIBRARY",
                                Border.compiled().toString()))) {
            muster.send("POST", "/v2/pods", pod("/native", 2, 3300001, ""));
            muster.awaitNoDeployment();
            assertThat(sleepers("3300001")).isEqualTo(2);

            JsonNode health = muster.json("/actuator/health").at("/components/mesos/details");
            assertThat(health.get("transport").asString()).isEqualTo("jni");
            assertThat(health.get("api").asString()).isEqualTo(api);
            assertThat(health.get("subscribed").asBoolean()).isTrue();
            assertThat(health.get("because").asString()).startsWith("libmesos 1.11.0 was loaded from ");

            muster.send("DELETE", "/v2/pods/native", "");
            await().atMost(PATIENCE).until(() -> sleepers("3300001") == 0);
        }
    }
}
