package io.muster.db.wakeups;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to channels of PostgreSQL ({@code LISTEN}) for all of this process, on one connection and one thread of its own.
 * What is heard is a hint and nothing more: notifications are lost while the connection is, so whoever is woken must also
 * look by himself from time to time. Channels are given before {@link #start}; once connected, also again, each of them is
 * woken once.
 */
public final class Wakeups implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);

    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z_]{0,62}");
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** After so long without a word the connection is asked whether it still is one. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final Optional<Connections> connections;
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Connection open;
    private @Nullable Thread thread;

    /**
     * Not started yet.
     *
     * @param connections empty to listen to nothing: then everybody must look by himself
     */
    public Wakeups(Optional<Connections> connections) {
        this.connections = connections;
    }

    /**
     * Adds a listener.
     *
     * @param channel in lower case
     * @param listener called on the one thread of all, so it must return at once
     */
    public void listen(String channel, Runnable listener) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException("no channel can be called " + channel);
        }
        if (thread != null) {
            throw new IllegalStateException("too late to listen to " + channel);
        }
        listeners.computeIfAbsent(channel, none -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /** Begins to listen, if there is anything to listen to. */
    public void start() {
        connections
                .filter(any -> !listeners.isEmpty())
                .ifPresent(from -> thread =
                        Thread.ofPlatform().daemon().name("muster-wakeups").start(() -> run(from)));
    }

    private void run(Connections from) {
        var pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE);
        do {
            try (Connection connection = from.open()) {
                open = connection;
                if (isStopping()) {
                    return;
                }
                subscribe(connection);
                pauses.reset();
                listeners.keySet().forEach(this::wake);
                hear(connection);
            } catch (SQLException lost) {
                if (!isStopping()) {
                    LOG.warn("wake-ups of the database are not heard for now: {}", lost.getMessage());
                }
            } finally {
                open = null;
            }
        } while (pause(pauses.next()));
    }

    private void subscribe(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String channel : listeners.keySet()) {
                statement.execute("listen " + channel);
            }
        }
    }

    private void hear(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!isStopping()) {
            PGNotification @Nullable [] heard = postgres.getNotifications((int) SILENCE.toMillis());
            if (heard != null && heard.length > 0) {
                List.of(heard).stream().map(PGNotification::getName).distinct().forEach(this::wake);
            } else if (!connection.isValid((int) LONGEST_ANSWER.toSeconds())) {
                throw new SQLException("the connection does not answer");
            }
        }
    }

    private void wake(String channel) {
        for (Runnable listener : listeners.getOrDefault(channel, List.of())) {
            try {
                listener.run();
            } catch (RuntimeException failed) {
                LOG.error("a listener to {} failed", channel, failed);
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean pause(Duration pause) {
        try {
            return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the thread and its connection. */
    @Override
    public void close() {
        stopping.countDown();
        Connection listening = open;
        if (listening != null) {
            try {
                listening.abort(Runnable::run);
            } catch (SQLException gone) {
                LOG.debug("the connection was gone already", gone);
            }
        }
    }
}
