package io.muster.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "rack-[1-3] ; rack-2 ; true",
                "rack-[1-3] ; rack-22 ; false",
                "rack-[1-3] ; a rack-2 ; false",
                "host1|host2 ; host2 ; true",
                "(a|b)?c* ; bccc ; true",
                "10\\.0\\.[0-9]{1,3}\\.\\d+ ; 10.0.12.7 ; true",
                "10\\.0\\.[0-9]{1,3}\\.\\d+ ; 10.0.1234.7 ; false",
                "(?i)SSD ; ssd ; true",
                "[^\\]]+ ; a ; true",
                "[]a]+ ; ]a ; true",
                "\\Q[\\E-\\Q] ; [-] ; true",
                "\\[31000-32000\\] ; [31000-32000] ; true",
                "\\p{Lu}.* ; Abc ; true",
            })
    void matchesWholeTexts(String expression, String text, boolean matches) {
        assertThat(ValuePattern.of(expression).matches(text)).isEqualTo(matches);
        assertThat(text.matches(expression)).as("in Java").isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "*", "a{,3}", "a)", "\\", "[]", "a{2,1}"})
    void refusesWhatIsNoExpression(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValuePattern.of(expression))
                .withMessage("is not a valid regular expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?!a).*", "(?<=a)b", "(a)\\1", "a++", "(?>a)", "[a-z&&[^b]]", "[a[bc]]", "[[:alpha:]]"})
    void refusesWhatTakesBacktrackingOrMeansSomethingElseElsewhere(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValuePattern.of(expression))
                .withMessageStartingWith("is not a valid regular expression (look-around");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(a{100}){100}",
                "(((a{10}){10}){10}){10}",
                "(?:(?:|){70}){70}",
                "a{1001}",
                "a{2000000000}",
                "a{99999999999999999999999}",
                "[abc]{5000}",
            })
    @Timeout(5)
    void refusesWhatWouldGrowWithoutMeasure(String expression) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValuePattern.of(expression))
                .withMessage("is too large a regular expression");
    }

    @Test
    void refusesLongAndDeepOnes() {
        assertThatIllegalArgumentException().isThrownBy(() -> ValuePattern.of("a".repeat(4_001)));
        assertThatIllegalArgumentException().isThrownBy(() -> ValuePattern.of("(".repeat(101) + ")".repeat(101)));
        assertThat(ValuePattern.of("a".repeat(4_000)).matches("a".repeat(4_000)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|a)*b",
                "(a|aa)+",
                "(.*a){20}",
                "(?:a?){100}a{100}",
                "(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)b"
            })
    @Timeout(20)
    void takesNoLongerForPatternsThatMakeOthersBacktrack(String expression) {
        assertThat(ValuePattern.of(expression).matches("a".repeat(10_000) + "!"))
                .isFalse();
    }
}
