package io.muster.platform.security;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a file says, which others may replace at any time. It is looked at every few seconds, when somebody asks. A change
 * that cannot be used is told once, and what was there before goes on.
 *
 * @param <T> what is made of its text
 */
final class WatchedFile<T> {

    static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);
    private static final int MAX_BYTES = 1 << 20;

    private final Path file;
    private final String property;
    private final Function<String, T> parser;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();

    /** The text of the last look, or what kept it from being read. */
    private volatile String seen;

    private volatile Instant next;
    private volatile T value;

    /**
     * Reads it for the first time.
     *
     * @param property who names the file
     * @param parser throws {@link UnusableSecurityException}
     * @throws UnusableSecurityException if it cannot be read, or the parser says so
     */
    WatchedFile(Path file, String property, Function<String, T> parser, InstantSource clock) {
        this.file = file;
        this.property = property;
        this.parser = parser;
        this.clock = clock;
        this.seen = read();
        this.value = parser.apply(seen);
        this.next = clock.instant().plus(PAUSE);
    }

    T value() {
        if (!clock.instant().isBefore(next) && looking.tryLock()) {
            try {
                look();
                next = clock.instant().plus(PAUSE);
            } finally {
                looking.unlock();
            }
        }
        return value;
    }

    private void look() {
        String before = seen;
        try {
            String text = read();
            if (text.equals(before)) {
                return;
            }
            seen = text;
            value = parser.apply(text);
            LOG.info("{} was read again: it has changed", file);
        } catch (UnusableSecurityException unusable) {
            if (seen.equals(before)) {
                seen = unusable.problem();
            }
            if (!seen.equals(before)) {
                LOG.warn("What is in force stays in force: {}", unusable.problem());
            }
        }
    }

    private String read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnusableSecurityException(
                        property + ": " + file + " is larger than a mebibyte", "Name another file.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UnusableSecurityException(
                    property + ": " + file + " cannot be read (" + unreadable + ")",
                    "Set " + property + " to a file that Muster may read.");
        }
    }
}
