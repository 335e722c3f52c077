package io.muster.localmesos.agent;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one container writes, on its way into the files {@code stdout} and {@code stderr} of its sandbox. */
final class Outputs {
    private static final Logger log = LoggerFactory.getLogger(Outputs.class);

    /** How long output that was written before the end of a container may take to arrive. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(5);

    private static final long STACK_BYTES = 256 * 1024;

    private final Thread stdout;
    private final Thread stderr;

    private Outputs(Thread stdout, Thread stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /** Begins to copy; of each of the two at most so many bytes. */
    static Outputs follow(Process process, Path sandbox, long mostBytes) {
        return new Outputs(
                copy(process.getInputStream(), sandbox.resolve("stdout"), mostBytes),
                copy(process.getErrorStream(), sandbox.resolve("stderr"), mostBytes));
    }

    /** On a platform thread: reading from a pipe would hold the thread that carries a virtual one. */
    private static Thread copy(InputStream source, Path file, long mostBytes) {
        return Thread.ofPlatform()
                .daemon()
                .name("local-mesos-output")
                .stackSize(STACK_BYTES)
                .start(() -> {
                    try (source) {
                        new BoundedOutput(file, mostBytes).copy(source);
                    } catch (IOException e) {
                        log.warn("Output is missing from {}", file, e);
                    }
                });
    }

    /** Waits until all of it is in the files, after every process that could write has ended. */
    void await() throws InterruptedException {
        if (!stdout.join(LAST_OUTPUT) || !stderr.join(LAST_OUTPUT)) {
            log.warn("Somebody still holds the output of a container that has ended");
        }
    }
}
