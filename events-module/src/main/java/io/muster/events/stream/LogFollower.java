package io.muster.events.stream;

import io.muster.db.wakeups.Pauses;
import io.muster.events.log.EventLog;
import io.muster.events.log.LogPage;
import io.muster.events.log.LoggedEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The one thread that numbers what is committed, if nobody else does, and that reads what is new in the log, once for all
 * streams. It stops before the web server does, which would otherwise wait for streams to end by themselves.
 */
final class LogFollower implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

    private static final int PIECE = 1000;

    /** Between two pieces: waking all streams costs the same for one event as for many. */
    private static final Duration BREATH = Duration.ofMillis(10);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final EventLog log;
    private final Ring ring;
    private final EventStreams streams;
    private final StreamMeters meters;
    private final Duration poll;
    private final InstantSource clock;
    private final Semaphore bell = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable String logId;
    private @Nullable Thread thread;

    LogFollower(
            EventLog log, Ring ring, EventStreams streams, StreamMeters meters, Duration poll, InstantSource clock) {
        this.log = log;
        this.ring = ring;
        this.streams = streams;
        this.meters = meters;
        this.poll = poll;
        this.clock = clock;
    }

    /** There may be something new. Returns at once. */
    void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    @Override
    public void start() {
        LogPage now = log.after(Long.MAX_VALUE, 1);
        logId = now.logId();
        streams.restart(now.newest());
        streams.open();
        thread = Thread.ofPlatform().daemon().name("muster-events").start(this::run);
    }

    private void run() {
        var pauses = new Pauses(poll, LONGEST_PAUSE.compareTo(poll) > 0 ? LONGEST_PAUSE : poll);
        try {
            do {
                try {
                    while (step() && !isOver(BREATH)) {
                        // Until there is nothing more.
                    }
                    pauses.reset();
                    if (bell.tryAcquire(poll.toNanos(), TimeUnit.NANOSECONDS)) {
                        bell.drainPermits();
                    }
                } catch (RuntimeException failed) {
                    Duration pause = pauses.next();
                    meters.failed();
                    LOG.warn("events cannot be numbered or read; the next attempt is in {}", pause, failed);
                    isOver(pause);
                }
            } while (!isOver(Duration.ZERO));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits so long; true, and at once, if this process stops. */
    private boolean isOver(Duration pause) throws InterruptedException {
        return stopping.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Numbers a piece and reads a piece; whether there may be more to do. */
    private boolean step() {
        boolean numbered = log.number(PIECE);
        long from = ring.newestSeq();
        LogPage page = log.after(from, PIECE);
        List<LoggedEvent> events = page.events();
        boolean follows = page.logId().equals(logId)
                && page.newest() >= from
                && (events.isEmpty() ? page.newest() == from : events.getFirst().seq() == from + 1);
        if (!follows) {
            LOG.warn("the log goes on at {} after {}; all streams begin anew", page.newest(), from);
            logId = page.logId();
            streams.restart(page.newest());
        } else if (!events.isEmpty()) {
            publish(page.logId(), events);
        }
        return numbered || events.size() == PIECE;
    }

    private void publish(String of, List<LoggedEvent> events) {
        streams.publish(events.stream().map(event -> Frames.of(of, event)).toList());
        meters.published(Duration.between(events.getLast().at(), clock.instant()));
    }

    @Override
    public void stop() {
        stopping.countDown();
        ring();
        streams.close();
        Thread running = thread;
        if (running != null) {
            try {
                if (!running.join(LONGEST_GOODBYE)) {
                    LOG.warn("the numbering of events is interrupted: it did not end in {}", LONGEST_GOODBYE);
                    running.interrupt();
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }
}
