package io.muster.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.history.VersionLife.Facts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit of a version says of its state. */
class VersionLifeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Version VERSION = new Version(START);
    private static final UUID DEPLOYMENT = new UUID(0, 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATED SUBMITTED               | false | SUBMITTED
            SUBMITTED BEGUN                 | false | DEPLOYING
            SUBMITTED BEGUN EXPOSED         | false | EXPOSED
            SUBMITTED EXPOSED               | false | EXPOSED
            SUBMITTED BEGUN EXPOSED         | true  | RETIRED
            SUBMITTED SUPERSEDED            | false | SUPERSEDED
            SUBMITTED BEGUN SUPERSEDED      | true  | SUPERSEDED
            IMPORTED                        | false | IMPORTED
            IMPORTED ROLLBACK_ACCEPTED      | true  | IMPORTED
            SUBMITTED BEGUN EXPOSED PURGED  | true  | RETIRED
            SUBMITTED SUPERSEDED PURGED     | false | SUPERSEDED
            SUBMITTED BEGUN ROLLED_BACK     | true  | ROLLED_BACK
            SUBMITTED BEGUN PAUSED FAILED   | false | FAILED
            SUBMITTED BEGUN PAUSED RESUMED  | false | DEPLOYING
            SUBMITTED BEGUN CANCELLED EXPOSED | false | CANCELLED
            SUBMITTED BEGUN CANCELLED EXPOSED | true  | RETIRED
            SUBMITTED EXPOSED RESTART_ACCEPTED CANCELLED | false | EXPOSED
            SUBMITTED BEGUN EXPOSED RESTART_ACCEPTED BEGUN | false | EXPOSED
            """)
    void followsFromWhatHappened(String happenings, boolean retired, VersionState state) {
        assertThat(life(happenings, retired).state()).isEqualTo(state);
    }

    @Test
    void tellsWhenItWasSubmittedBegunFinishedAndRetired() {
        VersionLife life = life("CREATED SUBMITTED BEGUN EXPOSED", true);

        assertThat(life.deployment()).contains(DEPLOYMENT);
        assertThat(life.submittedAt()).contains(START.plusSeconds(1));
        assertThat(life.begunAt()).contains(START.plusSeconds(2));
        assertThat(life.finishedAt()).contains(START.plusSeconds(3));
        assertThat(life.duration()).contains(Duration.ofSeconds(2));
        assertThat(life.retiredAt()).contains(START.plusSeconds(100));
    }

    @Test
    void anImportedVersionHasNoDeployment() {
        VersionLife life = life("IMPORTED", false);

        assertThat(life.deployment()).isEmpty();
        assertThat(life.duration()).isEmpty();
    }

    private static VersionLife life(String happenings, boolean retired) {
        List<AuditEntry> entries = new ArrayList<>();
        Arrays.stream(happenings.strip().split(" ", -1))
                .map(Happening::valueOf)
                .forEach(what -> entries.add(new AuditEntry(
                        entries.size(),
                        START.plusSeconds(entries.size()),
                        new NewAuditEntry(
                                PodId.of("/web"),
                                1,
                                what,
                                Optional.of(VERSION),
                                what == Happening.IMPORTED ? Optional.empty() : Optional.of(DEPLOYMENT),
                                Optional.empty()))));
        return VersionLife.of(
                new Facts(
                        VERSION,
                        1,
                        "hash",
                        Optional.empty(),
                        Optional.empty(),
                        retired ? Optional.of(START.plusSeconds(100)) : Optional.empty()),
                entries);
    }
}
