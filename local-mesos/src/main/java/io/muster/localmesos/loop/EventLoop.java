package io.muster.localmesos.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/**
 * Where master and agents decide: one thing at a time, in order, with a clock. Everything that blocks happens elsewhere
 * and comes back as a task. A virtual clock can stand behind it.
 */
public interface EventLoop {
    Instant now();

    /** Runs the task after those handed in before; from any thread. A task handed in after the end is dropped. */
    void execute(Runnable task);

    /** Runs the task once, not before the delay is over. */
    Timer schedule(Duration delay, Runnable task);

    /** Runs the question on the loop and waits for its answer; never to be called from the loop itself. */
    <T> T call(Callable<T> question) throws InterruptedException;

    /** A task that waits for its time. */
    interface Timer {
        /** Takes the task back; nothing happens if it ran already. */
        void cancel();
    }
}
