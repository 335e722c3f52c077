package io.muster.deploy.application;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.muster.deploy.HistorySettings;
import io.muster.deploy.persistence.TerminationRows;
import io.muster.deploy.persistence.TerminationRows.Position;
import io.muster.deploy.persistence.TerminationRows.Stored;
import io.muster.deploy.persistence.TerminationRows.Trimmed;
import io.muster.history.PodId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Shows how instances ended, and keeps that within its retention. Goes through the old ones a piece at a time, and begins anew when it has
 * come to the end: one of the last of its pod may have become one of many meanwhile.
 */
@Service
public class Terminations {

    /** How many are looked at by one statement. */
    private static final int PIECE = 1_000;

    /** How many pieces at once at most. */
    private static final int PIECES = 100;

    private final TerminationRows rows;
    private final HistorySettings settings;
    private final InstantSource clock;
    private final Counter removed;
    private Position position = Position.BEGINNING;

    Terminations(TerminationRows rows, HistorySettings settings, InstantSource clock, MeterRegistry meters) {
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
        removed = Counter.builder("muster.history.terminations.removed")
                .description("terminations that were older than is kept")
                .register(meters);
    }

    /** See {@link TerminationRows#page}. */
    public List<Stored> page(PodId pod, Optional<Long> before, int limit) {
        return rows.page(pod, before, limit);
    }

    /** That of one instance of a pod. The id may be of any form; empty if none is known of it. */
    public Optional<Stored> of(PodId pod, String instance) {
        // No text of PostgreSQL has this character.
        return instance.indexOf('\0') >= 0 ? Optional.empty() : rows.of(pod, instance);
    }

    /** Does a bounded part of the work: one piece, and more only while most of what it looks at has to go. */
    public synchronized void trim() {
        Trimmed last = piece();
        for (int pieces = 1; pieces < PIECES && last.removed() > PIECE / 2; pieces++) {
            last = piece();
        }
    }

    private Trimmed piece() {
        Trimmed trimmed = rows.trim(limit(), settings.terminationsKept(), position, PIECE);
        removed.increment(trimmed.removed());
        position = trimmed.looked() < PIECE ? Position.BEGINNING : trimmed.end();
        return trimmed;
    }

    private Instant limit() {
        try {
            return clock.instant().minus(settings.terminationsAge());
        } catch (DateTimeException | ArithmeticException longerThanAllCalendars) {
            return Instant.EPOCH;
        }
    }
}
