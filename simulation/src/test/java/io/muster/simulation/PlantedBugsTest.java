package io.muster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulation.History.Outcome;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation is not blind: each of these bugs is found within a few histories. */
class PlantedBugsTest {

    private static final long SEEDS = 300;

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void isFound(PlantedBug bug) {
        Optional<String> found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> new History(seed, bug::plant).run())
                .map(Outcome::failure)
                .flatMap(Optional::stream)
                .findFirst();

        assertThat(found).as(bug + " within " + SEEDS + " histories").isPresent();
        String firstLine = found.get().lines().findFirst().orElseThrow();
        System.out.println(bug + " is found by " + firstLine);
        assertThat(firstLine).containsPattern(bug.symptom());
    }
}
