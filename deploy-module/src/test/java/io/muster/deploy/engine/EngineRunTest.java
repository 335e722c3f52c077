package io.muster.deploy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.Dismissal;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One term, from its beginning to its end. */
class EngineRunTest {

    private final Scenario scenario = new Scenario();

    @Test
    void takesNoNewFrameworkIdWhileInstancesHavePlaces() throws InterruptedException {
        scenario.create(Scenario.web("2026-01-01T00:00:00Z", "one", 1));
        scenario.offers();

        assertThat(lead(true))
                .contains(new Dismissed(
                        Dismissal.FRAMEWORK_ID_MISSING,
                        "instances are stored, but not the framework id that their tasks run under"));
        assertThat(scenario.cluster.said).doesNotContain("start");
    }

    @Test
    void takesAFrameworkIdWhileInstancesOnlyWaitForPlaces() throws InterruptedException {
        scenario.create(Scenario.web("2026-01-01T00:00:00Z", "one", 1));

        assertThat(lead(true)).isEmpty();
        assertThat(scenario.cluster.said).contains("start", "stop");
    }

    @Test
    void endsWhenTheFrameworkCannotGoOn() throws InterruptedException {
        scenario.cluster.dismissal = Dismissal.FRAMEWORK_REMOVED;

        assertThat(lead(false)).contains(new Dismissed(Dismissal.FRAMEWORK_REMOVED, "as told"));
        assertThat(scenario.cluster.said).endsWith("stop");
    }

    private Optional<Dismissed> lead(boolean over) throws InterruptedException {
        EngineRun run = new EngineRun(
                scenario.store,
                () -> scenario.cluster,
                EngineSettings.defaults(),
                () -> scenario.now,
                UUID::randomUUID,
                new SimpleMeterRegistry(),
                new EngineBell());
        return run.lead(1, "localhost:8080", () -> true, () -> over);
    }
}
