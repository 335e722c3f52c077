package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulation.History.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Thousands of histories in which all goes wrong that may: nothing happens that must not, and all becomes well. */
class SimulationTest {

    private static final long FIRST = Long.getLong("muster.simulation.seed", 1);
    private static final long HISTORIES = Long.getLong("muster.simulation.histories", 2_000);
    private static final long ENOUGH_TO_SEE_ALL = 500;

    @Test
    void keepsItsPromisesAndSettlesInEveryHistory() {
        Coverage seen = new Coverage();

        List<String> failures = Simulation.play(FIRST, HISTORIES, Parts::usual, seen);

        System.out.println("Simulated seeds " + FIRST + " to " + (FIRST + HISTORIES - 1) + ": " + seen.describe());
        assertThat(failures)
                .as("replay a seed with -Dmuster.simulation.seed=… -Dmuster.simulation.histories=1")
                .isEmpty();
        if (HISTORIES >= ENOUGH_TO_SEE_ALL) {
            assertThat(Fault.values()).as("faults that never happened").allMatch(fault -> seen.times(fault) > 0);
            assertThat(Action.values()).as("what no user ever did").allMatch(action -> seen.times(action) > 0);
        }
    }

    @Test
    void replaysAHistoryFromItsSeed() {
        Outcome once = new History(FIRST, Parts::usual).run();
        Outcome again = new History(FIRST, Parts::usual).run();
        Outcome another = new History(FIRST + 1, Parts::usual).run();

        assertThat(again.hash()).isEqualTo(once.hash());
        assertThat(again.coverage().describe()).isEqualTo(once.coverage().describe());
        assertThat(another.hash()).isNotEqualTo(once.hash());
    }
}
