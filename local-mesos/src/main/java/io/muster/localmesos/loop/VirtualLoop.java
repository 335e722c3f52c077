package io.muster.localmesos.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Callable;

/**
 * A loop whose time passes when its owner says so; tasks of the same time run in the order they were handed in. For one
 * thread.
 */
public final class VirtualLoop implements EventLoop {
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

    @Override
    public <T> T call(Callable<T> question) {
        try {
            T answer = question.call();
            settle();
            return answer;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A question to the loop failed", e);
        }
    }

    /** Lets this much time pass and runs what is due on the way. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        while (!queue.isEmpty() && !queue.element().due().isAfter(end)) {
            Entry entry = queue.remove();
            now = entry.due();
            entry.task().run();
        }
        now = end;
    }

    /** Runs what is due now. */
    public void settle() {
        pass(Duration.ZERO);
    }
}
