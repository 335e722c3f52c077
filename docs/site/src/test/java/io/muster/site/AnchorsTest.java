package io.muster.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The container image | the-container-image",
                "What does not work says why | what-does-not-work-says-why",
                "`DELETE /v2/leader`, and then? | delete-v2leader-and-then",
                "muster pod list | muster-pod-list",
                "A task_id: 1 – 2 | a-task_id-1--2",
                "Über | über"
            })
    void areNamedAsGitHubNamesThem(String heading, String anchor) {
        assertThat(new Anchors().of(heading)).isEqualTo(anchor);
    }

    @Test
    void thatComeAgainAreNumbered() {
        Anchors anchors = new Anchors();

        assertThat(anchors.of("Events")).isEqualTo("events");
        assertThat(anchors.of("Events")).isEqualTo("events-1");
        assertThat(anchors.of("Events")).isEqualTo("events-2");
    }
}
