package io.muster.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.mesos.translate.Flaw;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BadInputTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void givesEachLineAnIdAndWritesNoMoreThanAFewInAMinute() {
        Clock[] clock = {Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC)};
        BadInput badInput = new BadInput(
                registry,
                new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return clock[0].instant();
                    }
                },
                new Random(1));
        Flaw flaw = new Flaw(Flaw.Kind.RESOURCE, "resource 'cpus' is NaN\nforged line");

        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(_ -> badInput.noticed(flaw))
                        .filter(id -> !id.isEmpty()))
                .hasSize(BadInput.LINES_A_MINUTE)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[0-9a-f]{8}"));
        assertThat(badInput.noticed(new Flaw(Flaw.Kind.OFFER, "another kind"))).isNotEmpty();
        clock[0] = Clock.offset(clock[0], Duration.ofSeconds(61));
        assertThat(badInput.noticed(flaw)).isNotEmpty();
        assertThat(registry.counter("muster.mesos.events.malformed", "kind", "resource")
                        .count())
                .isEqualTo(1_001);
    }
}
