package io.muster.deploy.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Round after round, until the term is over. A round that fails is followed by a fresh look at what is stored. */
final class EngineLoop {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final Engine engine;
    private final Mailbox mailbox;
    private final int batch;
    private final BooleanSupplier over;
    private final Pause pause;
    private final Counter failures;

    /**
     * A loop that has not begun.
     *
     * @param batch how many inputs one round takes at most
     * @param over whether to stop; asked between rounds
     */
    EngineLoop(Engine engine, Mailbox mailbox, int batch, BooleanSupplier over, Pause pause, MeterRegistry meters) {
        this.engine = engine;
        this.mailbox = mailbox;
        this.batch = batch;
        this.over = over;
        this.pause = pause;
        failures = meters.counter("muster.engine.rounds.failed");
    }

    /**
     * Returns when the term is over.
     *
     * @throws FencedException if a later leader was elected
     */
    void run() throws InterruptedException {
        Duration next = FIRST_PAUSE;
        while (!over.getAsBoolean()) {
            List<EngineInput> inputs = mailbox.drain(batch, shorter(engine.idleTime(), LONGEST_WAIT));
            try {
                engine.step(inputs);
                next = FIRST_PAUSE;
            } catch (FencedException fenced) {
                throw fenced;
            } catch (OvertakenException overtaken) {
                LOG.info("deciding anew: {}", overtaken.getMessage());
                next = recover(Duration.ZERO);
            } catch (RuntimeException failed) {
                failures.increment();
                LOG.error("a round failed; the next one starts from what is stored", failed);
                next = recover(next);
            }
        }
    }

    /** Nothing is taken from the mailbox before the stored state is there: its inputs would be lost. */
    private Duration recover(Duration firstPause) throws InterruptedException {
        Duration next = firstPause;
        while (!over.getAsBoolean()) {
            pause.of(next);
            next = longer(next);
            try {
                engine.reload();
                return next;
            } catch (RuntimeException unreadable) {
                failures.increment();
                LOG.warn("what is stored cannot be read yet: {}", unreadable.toString());
            }
        }
        return next;
    }

    private static Duration longer(Duration last) {
        return last.isZero() ? FIRST_PAUSE : shorter(last.multipliedBy(2), LONGEST_PAUSE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
