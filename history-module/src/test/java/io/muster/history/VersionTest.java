package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T11:18:13.066Z,2026-11-22T11:18:13.066Z",
        "2026-11-22T12:18:13.066+01:00,2026-11-22T11:18:13.066Z",
        "2026-11-22T11:18:13Z,2026-11-22T11:18:13.000Z",
        "2026-11-22T11:18:13.0669999Z,2026-11-22T11:18:13.066Z"
    })
    void readsAnyIsoDateTimeAndWritesThreeDigitsInUtc(String sent, String written) {
        assertThat(Version.parse(sent)).map(Version::toString).contains(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notadate", "2026-11-22", "2026-11-22T11:18:13.066", ""})
    void needsATimeAndAnOffset(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }
}
