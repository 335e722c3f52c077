package io.muster.events.stream;

import io.muster.events.StreamRefusedException;
import io.muster.events.log.EventLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams that this process serves, each on the thread of its request. */
final class EventStreams {

    /**
     * Who wants a stream.
     *
     * @param resume the last event that he had; empty for what comes from now on
     */
    record Listener(String remoteAddress, EventFilter filter, Optional<ResumePoint> resume) {}

    /** Begins the answer. */
    @FunctionalInterface
    interface Answer {
        OutputStream begin() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private static final int PAGE = 200;
    private static final long CLIENTS_RETRY_MILLIS = 3000;
    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(10);
    private static final Duration RETRY_WHEN_CLOSED = Duration.ofSeconds(1);

    private final Ring ring;
    private final StreamMeters meters;
    private final EventStreamSettings settings;
    private final InstantSource clock;
    private final Replay replay;
    private final Semaphore room;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    EventStreams(Ring ring, EventLog log, StreamMeters meters, EventStreamSettings settings, InstantSource clock) {
        this.ring = ring;
        this.meters = meters;
        this.settings = settings;
        this.clock = clock;
        this.replay = new Replay(ring, seq -> log.after(seq, PAGE), log::bounds, clock, () -> !open);
        this.room = new Semaphore(settings.maxStreams());
    }

    /** From now on streams are served. */
    void open() {
        open = true;
    }

    /** Ends all streams, and serves no others. */
    void close() {
        open = false;
        replay.stop();
        wake();
    }

    /** There is something new in the ring. */
    void publish(List<Frame> frames) {
        ring.append(frames);
        wake();
    }

    private void wake() {
        threads.forEach(LockSupport::unpark);
    }

    /** Nothing will follow on what streams were sent so far; they end, and their clients come back. */
    void restart(long seq) {
        ring.restart(seq);
        wake();
    }

    /** Returns when the stream has ended, for whatever cause. */
    void serve(Listener listener, Answer answer) {
        if (!open) {
            throw StreamRefusedException.notNow("This server is stopping, or not ready yet", RETRY_WHEN_CLOSED);
        }
        if (!room.tryAcquire()) {
            meters.refused();
            throw StreamRefusedException.notNow(
                    "This server serves " + settings.maxStreams()
                            + " event streams already; try again later, or another one (muster.events.max-streams)",
                    RETRY_WHEN_FULL);
        }
        meters.opened();
        threads.add(Thread.currentThread());
        CloseCause cause = CloseCause.FAULT;
        try {
            cause = stream(listener, answer);
        } catch (IOException failed) {
            cause = CloseCause.of(failed);
            LOG.debug("a stream of events ended", failed);
        } catch (RuntimeException failed) {
            LOG.warn("a stream of events ended by a fault", failed);
        } finally {
            threads.remove(Thread.currentThread());
            room.release();
            meters.closed(cause);
            publish(List.of(Frames.detached(listener.remoteAddress(), clock.instant())));
        }
    }

    private CloseCause stream(Listener listener, Answer answer) throws IOException {
        var wire = new Wire(answer.begin(), meters, System::nanoTime, settings.heartbeat());
        Frame arrival = Frames.attached(listener.remoteAddress(), clock.instant());
        Ring.Place place = ring.join(arrival);
        wake();
        wire.write(Frames.retry(CLIENTS_RETRY_MILLIS));
        if (listener.filter().wants(arrival.type())) {
            wire.write(arrival);
        }
        wire.flush();
        Cursor cursor = listener.resume().isPresent()
                ? replay.catchUp(listener.resume().get(), listener.filter(), arrival, wire)
                : new Cursor(ring, listener.filter(), arrival, place.position(), place.seq());
        return new EventStream(wire, () -> !open, LockSupport::parkNanos).follow(cursor);
    }
}
