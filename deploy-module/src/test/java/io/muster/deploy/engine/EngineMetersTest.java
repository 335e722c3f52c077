package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Timer;
import io.muster.deploy.cluster.TaskState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EngineMetersTest {

    private final Scenario scenario = new Scenario();

    @Test
    void tellsHowLongInstancesWaitedAndDeploymentsTook() {
        scenario.subscribed().create(Scenario.web("2026-01-01T00:00:00Z", "a", 1));
        scenario.pass(Duration.ofSeconds(40)).offers();
        scenario.pass(Duration.ofSeconds(2)).report(scenario.only().id(), TaskState.RUNNING);

        Timer ready = timer("muster.instances.ready");
        assertThat(ready.count()).isEqualTo(1);
        assertThat(ready.totalTime(TimeUnit.SECONDS)).isEqualTo(42);
        Timer ended = scenario.meters
                .get("muster.deployments.duration")
                .tags("kind", "create", "outcome", "succeeded")
                .timer();
        assertThat(ended.count()).isEqualTo(1);
        assertThat(ended.totalTime(TimeUnit.SECONDS)).isEqualTo(42);

        scenario.pass(Duration.ofHours(1));
        assertThat(ready.count()).as("once").isEqualTo(1);
        assertThat(timer("muster.engine.commit").count()).isPositive();
    }

    private Timer timer(String name) {
        return scenario.meters.get(name).timer();
    }
}
