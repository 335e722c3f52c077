package io.muster.mesos.matching;

import java.time.Duration;
import java.time.Instant;
import org.apache.mesos.v1.Protos.Unavailability;
import org.jspecify.annotations.Nullable;

/**
 * When an agent is worked on.
 *
 * @param end null where it has none
 */
record MaintenanceWindow(Instant start, @Nullable Instant end) {

    static MaintenanceWindow of(Unavailability unavailability) {
        Instant start = Instant.EPOCH.plusNanos(unavailability.getStart().getNanoseconds());
        return new MaintenanceWindow(
                start,
                unavailability.hasDuration()
                        ? start.plusNanos(unavailability.getDuration().getNanoseconds())
                        : null);
    }

    /** Whether nothing new is to begin there: in the window, and for so long before it (Marathon, ResourceMatcher.scala). */
    boolean isNear(Instant now, Duration draining) {
        return Duration.between(now, start).compareTo(draining) < 0 && (end == null || !now.isAfter(end));
    }
}
