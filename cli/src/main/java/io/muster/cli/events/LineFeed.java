package io.muster.cli.events;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** The lines of a stream, read by a thread of their own so that waiting for one can be given up. */
final class LineFeed implements AutoCloseable {

    /** So many lines are read ahead at most; then the server waits. */
    private static final int AHEAD = 1_000;

    private final InputStream in;
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;

    LineFeed(InputStream in) {
        this.in = in;
        this.reader = Thread.ofVirtual().name("muster-events").start(this::read);
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            try {
                for (String line = text.readLine(); line != null; line = text.readLine()) {
                    lines.put(Optional.of(line));
                }
            } finally {
                lines.put(Optional.empty());
            }
        } catch (IOException broken) {
            // that the stream has ended was said already, and it is all that matters
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The next line without its end.
     *
     * @return empty if the stream has ended, or nothing came in time
     */
    Optional<String> next(Duration patience) throws InterruptedException {
        Optional<String> line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return line == null ? Optional.empty() : line;
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            in.close();
        } catch (IOException broken) {
            // nobody wants anything of it any more
        }
    }
}
