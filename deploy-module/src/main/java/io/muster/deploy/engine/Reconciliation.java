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
 * Asks Mesos for the state of tasks until each was answered, with growing pauses (Mesos, docs/reconciliation.md). A missing answer
 * means that the master is in transition, never that the task is lost.
 */
final class Reconciliation {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final SequencedMap<TaskId, KnownTask> unanswered = new LinkedHashMap<>();
    private Duration pause = FIRST_PAUSE;
    private Optional<Instant> next = Optional.empty();
    private boolean resting;

    /** Begins anew with all tasks that may run. The first question is due at once. */
    void begin(List<KnownTask> tasks, Instant now) {
        unanswered.clear();
        tasks.forEach(task -> unanswered.put(task.task(), task));
        pause = FIRST_PAUSE;
        resting = false;
        next = Optional.of(now);
    }

    /** Without a connection nothing is asked; the next subscription begins anew. */
    void suspend() {
        unanswered.clear();
        next = Optional.empty();
    }

    void answered(TaskId task) {
        unanswered.remove(task);
    }

    /** When {@link #questions} is due; empty while there is no connection. */
    Optional<Instant> next() {
        return next;
    }

    /**
     * What to ask for now, if anything is due. An empty list asks for all that the master knows: it ends each run, and
     * the next one begins after a rest.
     *
     * @param running all tasks that may run by then
     */
    Optional<List<KnownTask>> questions(Instant now, Supplier<List<KnownTask>> running) {
        if (next.isEmpty() || next.get().isAfter(now)) {
            return Optional.empty();
        }
        if (unanswered.isEmpty() && resting) {
            begin(running.get(), now);
        }
        if (unanswered.isEmpty()) {
            resting = true;
            next = Optional.of(now.plus(LONGEST_PAUSE));
        } else {
            next = Optional.of(now.plus(pause));
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
        return Optional.of(new ArrayList<>(unanswered.values()));
    }
}
