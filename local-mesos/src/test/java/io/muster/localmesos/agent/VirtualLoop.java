package io.muster.localmesos.agent;

import io.muster.localmesos.loop.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop whose time passes when a test says so; tasks of the same time run in the order they were handed in. */
final class VirtualLoop implements EventLoop {
    private final PriorityQueue<Entry> queue =
            new PriorityQueue<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long count;

    private record Entry(Instant due, long number, Runnable task) {}

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var entry = new Entry(now.plus(delay), count++, task);
        queue.add(entry);
        return () -> queue.remove(entry);
    }

    /** Lets this much time pass and runs what is due on the way. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        while (!queue.isEmpty() && !queue.element().due().isAfter(end)) {
            Entry entry = queue.remove();
            now = entry.due();
            entry.task().run();
        }
        now = end;
    }

    /** Runs what is due now. */
    void settle() {
        pass(Duration.ZERO);
    }
}
