package io.muster.cli.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How things look. */
class TextTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table("A", "LONGER", "C").row("first", 1, "x").row("é𝄞", "", "a\tb");

        assertThat(table.lines()).containsExactly("A      LONGER  C", "first  1       x", "é𝄞     -       a b");
    }

    @Test
    void rowOfAnotherWidthIsABug() {
        assertThatThrownBy(() -> new Table("A").row("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void controlCharactersOfOthersReachNoTerminal() {
        assertThat(Plain.line("a\u001b[2Jb\nc\u009bd")).isEqualTo("a?[2Jb c?d");
        assertThat(Plain.lines("a\n\tb\r")).isEqualTo("a\n\tb?");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "-5, 0s",
        "59, 59s",
        "119, 119s",
        "120, 2m",
        "7199, 119m",
        "7200, 2h",
        "172799, 47h",
        "172800, 2d"
    })
    void timeIsToldInOneUnit(long seconds, String brief) {
        assertThat(Times.brief(Duration.ofSeconds(seconds))).isEqualTo(brief);
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "5m, 300", "1h, 3600", "1h30m, 5400", "1h5s, 3605"})
    void timeIsRead(String text, long seconds) {
        assertThat(Times.parse(text)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0s", "-1", "5 m", "m", "1d", "30m1h", "999999999", "1.5h"})
    void whatIsNoTimeIsNotRead(String text) {
        assertThat(Times.parse(text)).isEmpty();
    }

    @Test
    void textThatIsNoInstantStaysAsItIs() {
        assertThat(Times.ago("yesterday", Instant.EPOCH)).isEqualTo("yesterday");
        assertThat(Times.ago("1970-01-01T00:00:00.000Z", Instant.ofEpochSecond(7)))
                .isEqualTo("7s");
    }

    @Test
    void detailsWithoutAValueAreLeftOut() {
        assertThat(new Details()
                        .add("Pod", "/a")
                        .add("By", "")
                        .add("State", "rolling")
                        .lines())
                .containsExactly("Pod:    /a", "State:  rolling");
    }
}
