package io.muster.deploy.engine;

import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Asks Mesos for the state of tasks until each was answered, with growing pauses (Mesos, docs/reconciliation.md). A missing
 * answer means that the master is in transition, never that the task is lost. Besides, it asks for all that the master
 * knows, which tells of tasks that nobody here knows: when a run has ended, and at least every ten minutes while one
 * does not end.
 */
final class Reconciliation {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final SequencedMap<TaskId, KnownTask> unanswered = new LinkedHashMap<>();
    private Duration pause = FIRST_PAUSE;
    private Instant nextNamed = Instant.MAX;
    private Instant nextAll = Instant.MAX;
    /** Nothing is asked. */
    private boolean suspended = true;
    /** A run has ended, and all was asked for. */
    private boolean resting;

    /** Begins anew with all tasks that may run. The first question is due at once. */
    void begin(List<KnownTask> tasks, Instant now) {
        unanswered.clear();
        tasks.forEach(task -> unanswered.put(task.task(), task));
        pause = FIRST_PAUSE;
        nextNamed = now;
        nextAll = now.plus(LONGEST_PAUSE);
        suspended = false;
        resting = false;
    }

    /** Without a connection nothing is asked; the next subscription begins anew. */
    void suspend() {
        unanswered.clear();
        suspended = true;
    }

    /** Mesos said something of it since the run began. */
    void answered(TaskId task) {
        unanswered.remove(task);
    }

    /** When {@link #questions} is due; empty while there is no connection. */
    Optional<Instant> next() {
        if (suspended) {
            return Optional.empty();
        }
        if (unanswered.isEmpty()) {
            return Optional.of(resting ? nextAll : Instant.MIN);
        }
        return Optional.of(nextNamed.isBefore(nextAll) ? nextNamed : nextAll);
    }

    /**
     * What to ask for now, if anything is due. An empty list asks for all that the master knows. After a rest the next run
     * begins.
     *
     * @param running all tasks that may run by then
     */
    Optional<List<KnownTask>> questions(Instant now, Supplier<List<KnownTask>> running) {
        if (next().filter(due -> !due.isAfter(now)).isEmpty()) {
            return Optional.empty();
        }
        if (resting) {
            begin(running.get(), now);
        }
        if (!unanswered.isEmpty() && !nextNamed.isAfter(now)) {
            nextNamed = now.plus(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            return Optional.of(new ArrayList<>(unanswered.values()));
        }
        resting = unanswered.isEmpty();
        nextAll = now.plus(LONGEST_PAUSE);
        return Optional.of(List.of());
    }
}
