package io.muster.deploy.model;

import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A task that Mesos runs for this framework and that belongs to no instance: that of a database which was restored, of an
 * agent which returned too late, or of somebody else who used our id. It may be of value, so it is not ended at once.
 *
 * @param agent absent when Mesos did not say
 * @param state what Mesos said last; never one in which the task has ended
 * @param firstSeen when Mesos first spoke of it
 * @param lastSeen when Mesos last spoke of it
 * @param killAsked when somebody asked for its end, or its instance was given up; absent while only time counts
 */
public record Orphan(
        TaskId task,
        @Nullable String agent,
        TaskState state,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Instant killAsked) {

    /** One that nobody has heard of before. */
    public static Orphan of(StatusReport report, Instant now) {
        return new Orphan(report.task(), report.agentId().orElse(null), report.state(), now, now, null);
    }

    /** After another word of Mesos. */
    public Orphan seen(StatusReport report, Instant now) {
        return new Orphan(task, report.agentId().orElse(agent), report.state(), firstSeen, now, killAsked);
    }

    /** With a wish for its end; the first one counts. */
    public Orphan unwanted(Instant at) {
        return killAsked == null ? new Orphan(task, agent, state, firstSeen, lastSeen, at) : this;
    }

    /**
     * From when on it is killed; empty if never.
     *
     * @param grace how long it is left alone after it was first seen; empty for ever
     */
    public Optional<Instant> killAt(Optional<Duration> grace) {
        if (killAsked != null) {
            return Optional.of(killAsked);
        }
        try {
            return grace.map(firstSeen::plus);
        } catch (DateTimeException | ArithmeticException beyondAllCalendars) {
            return Optional.empty();
        }
    }

    /** Whether a kill can reach it now. */
    public boolean isReachable() {
        return state != TaskState.UNREACHABLE && state != TaskState.LOST;
    }
}
