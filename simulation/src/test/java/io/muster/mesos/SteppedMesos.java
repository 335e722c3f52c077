package io.muster.mesos;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.muster.mesos.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** The adapter without a thread of its own. */
public final class SteppedMesos {

    private SteppedMesos() {}

    /**
     * A cluster that was never started.
     *
     * @param timer runs something after a while; nothing of it has to be taken back
     */
    public static MesosCluster over(
            Transport transport,
            MesosSettings settings,
            Clock clock,
            RandomGenerator random,
            BiConsumer<Duration, Runnable> timer) {
        return new MesosCluster(settings, transport, clock, random, new CompositeMeterRegistry(), new OnTimer(timer));
    }

    private static final class OnTimer implements Alarm {

        private final BiConsumer<Duration, Runnable> timer;
        private boolean closed;

        private OnTimer(BiConsumer<Duration, Runnable> timer) {
            this.timer = timer;
        }

        @Override
        public void in(Duration delay, Runnable then) {
            timer.accept(delay.isNegative() ? Duration.ZERO : delay, () -> {
                if (!closed) {
                    then.run();
                }
            });
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
