package io.muster.localmesos.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a work directory remembers of the processes it started, so that they can be ended by the next life of the
 * cluster: an identity that marks every process, and for each container the leader's number and start time.
 */
final class Ledger {
    private static final Logger log = LoggerFactory.getLogger(Ledger.class);

    private final String identity;
    private final Path entries;

    private Ledger(String identity, Path entries) {
        this.identity = identity;
        this.entries = entries;
    }

    static Ledger open(Path workDirectory) throws IOException {
        Path entries = Files.createDirectories(workDirectory.resolve("processes"));
        Path file = workDirectory.resolve("identity");
        if (!Files.exists(file)) {
            Path draft = workDirectory.resolve("identity.new");
            Files.writeString(draft, UUID.randomUUID().toString());
            Files.move(draft, file);
        }
        return new Ledger(Files.readString(file).strip(), entries);
    }

    /** What the marker of every process of this work directory begins with. */
    String identity() {
        return identity + "/";
    }

    /** The marker of one container's processes. */
    String marker(String containerId) {
        return identity() + containerId;
    }

    void record(String containerId, ProcessHandle leader) throws IOException {
        long startedAt = leader.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
        Files.writeString(entries.resolve(containerId), leader.pid() + " " + startedAt);
    }

    void erase(String containerId) throws IOException {
        Files.deleteIfExists(entries.resolve(containerId));
    }

    /** Kills what earlier lives left running and forgets it. */
    void endStrays(Processes processes) throws IOException, InterruptedException {
        List<Long> sessions = recordedAndAlive();
        processes.killAll(seen -> seen.isMarked(identity())
                || sessions.contains(seen.session())
                || sessions.contains(seen.handle().pid()));
        try (var files = Files.list(entries)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    /** Sessions whose leader still lives: only then can the number not be somebody else's by now. */
    private List<Long> recordedAndAlive() throws IOException {
        var sessions = new ArrayList<Long>();
        try (var files = Files.list(entries)) {
            for (Path file : files.toList()) {
                String[] fields = Files.readString(file).split(" ", -1);
                if (fields.length != 2 || !fields[0].matches("\\d{1,18}") || !fields[1].matches("-?\\d{1,18}")) {
                    log.warn("The record of a process in {} is damaged; its marker is all there is to find it", file);
                    continue;
                }
                long startedAt = Long.parseLong(fields[1]);
                ProcessHandle.of(Long.parseLong(fields[0]))
                        .filter(handle -> Processes.isSame(handle, startedAt))
                        .ifPresent(handle -> sessions.add(handle.pid()));
            }
        }
        return sessions;
    }
}
