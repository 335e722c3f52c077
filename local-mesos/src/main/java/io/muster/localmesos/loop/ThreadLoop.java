package io.muster.localmesos.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop of a running cluster: one daemon thread and real time. */
public final class ThreadLoop implements EventLoop, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ThreadLoop.class);

    private final ScheduledThreadPoolExecutor executor;
    private final InstantSource clock;

    public ThreadLoop(InstantSource clock) {
        this.clock = clock;
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("local-mesos").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void execute(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            log.debug("The loop has ended; a late task is dropped");
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        try {
            var future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            log.debug("The loop has ended; a late timer is dropped");
            return () -> {};
        }
    }

    @Override
    public <T> T call(Callable<T> question) throws InterruptedException {
        try {
            return executor.submit(question).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A question to the loop failed", e.getCause());
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("The loop has ended", e);
        }
    }

    /** A task that fails must not take the loop, and so the whole cluster, with it. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.error("A task of the loop failed", e);
            }
        };
    }

    /** Ends the loop; waiting timers are dropped, and questions without an answer fail. */
    @Override
    public void close() {
        for (Runnable dropped : executor.shutdownNow()) {
            if (dropped instanceof Future<?> future) {
                future.cancel(false);
            }
        }
    }
}
