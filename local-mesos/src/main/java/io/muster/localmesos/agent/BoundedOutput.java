package io.muster.localmesos.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Copies what a container writes into a file, up to a size: then a note ends the file, and the rest is read and thrown
 * away, so that the container is neither stopped nor held up. What matters most of a container that fails is at the
 * beginning, so nothing is rotated.
 */
final class BoundedOutput {
    private final Path file;
    private final long mostBytes;

    BoundedOutput(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    /** Copies until the source ends; what is copied is in the file at once. */
    void copy(InputStream source) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long left = mostBytes;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                if (left < 0) {
                    continue;
                }
                out.write(buffer, 0, (int) Math.min(read, left));
                left -= read;
                if (left < 0) {
                    out.write(note().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    private String note() {
        return "\n[local-mesos: the output is longer than " + mostBytes + " bytes; the rest is left out]\n";
    }
}
