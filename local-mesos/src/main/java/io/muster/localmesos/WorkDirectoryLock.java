package io.muster.localmesos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two clusters in one directory would end each other's processes as strays. */
final class WorkDirectoryLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkDirectoryLock.class);

    private final FileChannel channel;

    private WorkDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    static WorkDirectoryLock take(Path workDirectory) {
        try {
            Path file = Files.createDirectories(workDirectory).resolve("lock");
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new IOException("Another local Mesos is using the work directory " + workDirectory);
            }
            return new WorkDirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.warn("The lock of the work directory could not be given back", e);
        }
    }
}
