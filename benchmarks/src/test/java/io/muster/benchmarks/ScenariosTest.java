package io.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each scenario, with few instances: that its end is right, which it checks by itself, and that it tells what it took. */
class ScenariosTest {

    private static final int AGENTS = 20;
    private static final int HEAP_MIB = 384;
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Report report = new Report();

    @Test
    void theEndsOfAllAreRight() throws IOException, SQLException, InterruptedException {
        List<Scenario> all =
                List.of(new OnePod(), new ManyPods(), new RollingUpdate(), new LostAgents(), new ManyRunning(QUIET));
        try (var installation = new Installation(AGENTS, Scenario.ROOMY, HEAP_MIB)) {
            for (Scenario scenario : all) {
                scenario.run(installation, 40, report);
            }
        }

        assertThat(report.lines())
                .extracting(Report.Line::scenario)
                .containsSubsequence("one pod, cold", "one pod", "many pods", "rolling update")
                .containsSubsequence("lost agents", "agents return", "nothing happens", "restart");
        assertThat(report.lines())
                .filteredOn(line -> line.scenario().equals("one pod"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.number("size")).isEqualTo(40);
                    assertThat(line.number("perSecond")).isPositive();
                    assertThat(line.number("statementsEach")).isPositive();
                    assertThat(line.number("walBytesEach")).isPositive();
                    assertThat(line.number("readyP99Seconds")).isPositive();
                    assertThat(line.number("reads")).isPositive();
                    assertThat(line.json()).startsWith("{\"scenario\":\"one pod\",\"size\":40,\"agents\":20,");
                });
    }

    @Test
    void aFullClusterIsFilledAndNobodyStarves() throws IOException, SQLException, InterruptedException {
        var full = new FullCluster(QUIET);
        try (var installation = new Installation(5, full.cpus(20, 5), HEAP_MIB)) {
            full.run(installation, 20, report);
        }

        assertThat(report.lines()).hasSize(2);
    }
}
