package io.muster.mesos;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.mesos.translate.Flaw;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what Mesos should not have said, and writes it to the log with an id that can be searched for. All is counted;
 * of each kind only a few in a minute are written, since a master that is broken is broken all the time.
 */
final class BadInput {

    private static final Logger LOG = LoggerFactory.getLogger(BadInput.class);

    static final int LINES_A_MINUTE = 10;
    private static final int LONGEST_LINE = 500;

    private final Clock clock;
    private final RandomGenerator ids;
    private final Map<Flaw.Kind, Counter> counters = new EnumMap<>(Flaw.Kind.class);
    private final Map<Flaw.Kind, Minute> minutes = new EnumMap<>(Flaw.Kind.class);

    /** How many lines were written since then. */
    private record Minute(Instant begin, int lines) {}

    BadInput(MeterRegistry registry, Clock clock, RandomGenerator ids) {
        this.clock = clock;
        this.ids = ids;
        for (Flaw.Kind kind : Flaw.Kind.values()) {
            counters.put(
                    kind,
                    Counter.builder("muster.mesos.events.malformed")
                            .description("what Mesos said and should not have said")
                            .tag("kind", kind.label())
                            .register(registry));
            minutes.put(kind, new Minute(Instant.EPOCH, 0));
        }
    }

    /** Returns the id of the incident; empty text if nothing was written of it. */
    synchronized String noticed(Flaw flaw) {
        Objects.requireNonNull(counters.get(flaw.kind())).increment();
        Instant now = clock.instant();
        Minute minute = Objects.requireNonNull(minutes.get(flaw.kind()));
        if (now.isAfter(minute.begin().plus(Duration.ofMinutes(1)))) {
            minute = new Minute(now, 0);
        }
        minutes.put(flaw.kind(), new Minute(minute.begin(), minute.lines() + 1));
        if (minute.lines() >= LINES_A_MINUTE) {
            return "";
        }
        String incident = String.format("%08x", ids.nextInt());
        boolean last = minute.lines() == LINES_A_MINUTE - 1;
        LOG.warn(
                "Incident {}: Mesos said what cannot be used ({}): {}{}",
                incident,
                flaw.kind().label(),
                harmless(flaw.what()),
                last ? "; more of this kind are only counted for a minute" : "");
        return incident;
    }

    /** Text of others must not look like lines of ours. */
    private static String harmless(String text) {
        String line = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "…" : text;
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
