package io.muster.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrphanSettingsTest {

    @ParameterizedTest
    @CsvSource({"10m, PT10M", "0, PT0S", "PT1H, PT1H", "' 2d ', PT48H"})
    void readsADuration(String grace, Duration patience) {
        assertThat(new OrphanSettings(grace).patience()).contains(patience);
    }

    @Test
    void readsNever() {
        assertThat(new OrphanSettings("Never").patience()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "-1s"})
    void refusesWhatIsNoDuration(String grace) {
        assertThatThrownBy(() -> new OrphanSettings(grace)).hasMessageStartingWith("muster.orphans.grace must ");
    }
}
