package io.muster.mesos;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Wakes somebody up later. */
interface Alarm extends AutoCloseable {

    /** Runs once; not at all after {@link #close}. */
    void in(Duration delay, Runnable then);

    @Override
    void close();

    /** On one thread of its own, which begins with the first use. */
    static Alarm onOwnThread() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("mesos-timer").daemon().factory(), new ThreadPoolExecutor.DiscardPolicy());
        return new Alarm() {
            @Override
            public void in(Duration delay, Runnable then) {
                var _ = timer.schedule(then, delay.toNanos(), TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                timer.shutdownNow();
            }
        };
    }
}
