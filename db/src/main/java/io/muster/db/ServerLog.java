package io.muster.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own log. Each start begins a new file, and so does every {@link #MAX_BYTES}; the file before it is kept as
 * {@code postgres.log.1}.
 */
final class ServerLog {
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final int TAIL_BYTES = 8 * 1024;
    private static final int TAIL_LINES = 20;
    private static final Logger LOG = LoggerFactory.getLogger(ServerLog.class);

    private final Path file;

    ServerLog(Path directory) {
        this.file = directory.resolve("postgres.log");
    }

    Path file() {
        return file;
    }

    /** Copies to the end of the stream, and reads on when the file cannot be written: a full pipe would stop the server. */
    void copy(InputStream serverOutput) throws IOException {
        try {
            write(serverOutput);
        } catch (IOException e) {
            LOG.warn("The log of PostgreSQL cannot be written to {} any more: {}", file, e.toString());
            serverOutput.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void write(InputStream serverOutput) throws IOException {
        var buffer = new byte[8 * 1024];
        int read = 0;
        while (read >= 0) {
            rotate();
            try (var out = Files.newOutputStream(file)) {
                for (long written = 0; written < MAX_BYTES && read >= 0; written += read) {
                    read = serverOutput.read(buffer);
                    if (read > 0) {
                        out.write(buffer, 0, read);
                    }
                }
            }
        }
    }

    private void rotate() throws IOException {
        if (Files.exists(file)) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The last lines, oldest first; empty when nothing was logged. */
    List<String> tail() {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - TAIL_BYTES));
            var bytes = ByteBuffer.allocate(TAIL_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end
            }
            var lines = StandardCharsets.UTF_8
                    .decode(bytes.flip())
                    .toString()
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(" + file + " cannot be read: " + e + ")");
        }
    }
}
