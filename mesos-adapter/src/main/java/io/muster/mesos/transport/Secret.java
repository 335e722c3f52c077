package io.muster.mesos.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A password or token. Nothing but {@link #read} gives it away: it is in no message and in no text of this. */
public final class Secret {

    private static final int LARGEST_FILE = 64 * 1024;
    private static final Pattern LAST_LINE_BREAK = Pattern.compile("\\R\\z");

    private final @Nullable String text;
    private final @Nullable Path file;

    private Secret(@Nullable String text, @Nullable Path file) {
        this.text = text;
        this.file = file;
    }

    /**
     * One that is known.
     *
     * @throws IllegalArgumentException if it is empty or has control characters
     */
    public static Secret of(String text) {
        if (!isUsable(text)) {
            throw new IllegalArgumentException("a secret is empty or has control characters");
        }
        return new Secret(text, null);
    }

    /** One that a file holds in UTF-8, with or without a line break at the end. It is read whenever it is needed, since such files are replaced. */
    public static Secret in(Path file) {
        return new Secret(null, file);
    }

    /**
     * The secret itself: not empty, and without control characters.
     *
     * @throws IOException if its file cannot be read, or holds something else; the message names the file
     */
    public String read() throws IOException {
        if (text != null) {
            return text;
        }
        try (InputStream in = Files.newInputStream(Objects.requireNonNull(file))) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            String found = LAST_LINE_BREAK
                    .matcher(new String(bytes, StandardCharsets.UTF_8))
                    .replaceFirst("");
            if (bytes.length > LARGEST_FILE || !isUsable(found)) {
                throw new IOException("not a secret: " + file + " is empty, too large or has control characters");
            }
            return found;
        }
    }

    private static boolean isUsable(String text) {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public String toString() {
        return file == null ? "a secret" : "the secret in " + file;
    }
}
