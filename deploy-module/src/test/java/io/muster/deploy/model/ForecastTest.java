package io.muster.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    @ParameterizedTest(name = "{0} current and {1} old, {2} wanted: {3} kept, {4} replaced, {5} started, {6} ended")
    @CsvSource(textBlock = """
            0, 0, 3, 0, 0, 3, 0
            0, 3, 3, 0, 3, 0, 0
            0, 3, 5, 0, 3, 2, 0
            0, 5, 3, 0, 3, 0, 2
            2, 3, 5, 2, 3, 0, 0
            2, 3, 3, 2, 1, 0, 2
            4, 0, 2, 2, 0, 0, 2
            2, 0, 4, 2, 0, 2, 0
            3, 2, 0, 0, 0, 0, 5
            """)
    void tellsWhatBecomesOfTheInstances(
            int current, int old, int wanted, int kept, int replaced, int started, int ended) {
        assertThat(Forecast.of(current, old, wanted)).isEqualTo(new Forecast(kept, replaced, started, ended));
    }
}
