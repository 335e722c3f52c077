package io.muster.db;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The claim of this JVM on a data directory. The operating system gives it up when the JVM ends, however it ends. */
final class DirectoryLock implements AutoCloseable {
    // Closing any channel on a locked file drops the lock of the whole process, so a second attempt in this JVM must
    // be refused before it opens the file.
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Claims a directory.
     *
     * @param directory an existing directory, as its real path
     * @throws EmbeddedPostgresException if this or another living process has it
     */
    static DirectoryLock acquire(Path directory) throws IOException {
        synchronized (HELD_HERE) {
            if (HELD_HERE.contains(directory)) {
                throw inUse(directory, "this process");
            }
            var channel = FileChannel.open(
                    directory.resolve("muster.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            @Nullable FileLock lock = null;
            try {
                lock = channel.tryLock();
                if (lock == null) {
                    throw inUse(directory, "process " + holder(channel));
                }
                channel.truncate(0);
                channel.write(StandardCharsets.US_ASCII.encode(
                        Long.toString(ProcessHandle.current().pid())));
            } finally {
                if (lock == null) {
                    channel.close();
                }
            }
            HELD_HERE.add(directory);
            return new DirectoryLock(directory, channel);
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        var text = ByteBuffer.allocate(20);
        channel.read(text);
        return StandardCharsets.US_ASCII.decode(text.flip()).toString();
    }

    private static EmbeddedPostgresException inUse(Path directory, String holder) {
        return new EmbeddedPostgresException("The data directory " + directory + " is in use by " + holder
                + ". End that process, or choose another data directory.");
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            if (channel.isOpen()) {
                HELD_HERE.remove(directory);
                channel.close();
            }
        }
    }
}
