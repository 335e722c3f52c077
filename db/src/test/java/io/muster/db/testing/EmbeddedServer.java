package io.muster.db.testing;

import io.muster.db.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A server of this JVM, whose data is thrown away at the JVM's end. */
final class EmbeddedServer {
    private EmbeddedServer() {}

    static TestServer start() {
        var directory = Path.of(
                        "target",
                        "test-postgres",
                        Long.toString(ProcessHandle.current().pid()))
                .toAbsolutePath();
        var server = EmbeddedPostgres.start(new EmbeddedPostgres.Settings(directory, TestDatabase.binaries(), false));
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("end-test-postgres").unstarted(() -> {
                    server.close();
                    delete(directory);
                }));
        return new TestServer(server::jdbcUrl, server.administrator(), server.owner(), server.app());
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
