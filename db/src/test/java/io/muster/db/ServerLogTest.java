package io.muster.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @TempDir
    private Path directory;

    @Test
    void keepsTheFileOfTheStartBefore() throws IOException {
        var log = new ServerLog(directory);

        log.copy(output("first start\n"));
        log.copy(output("second start\n"));

        assertThat(directory.resolve("postgres.log")).hasContent("second start\n");
        assertThat(directory.resolve("postgres.log.1")).hasContent("first start\n");
    }

    @Test
    void neverHoldsMoreThanTwoFilesOfBoundedSize() throws IOException {
        var log = new ServerLog(directory);
        var line = "a line of thirty-two characters\n";

        log.copy(output(line.repeat(5 * ServerLog.MAX_BYTES / 2 / line.length())));

        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2).allMatch(file -> file.toFile().length() <= 2 * ServerLog.MAX_BYTES);
        }
        assertThat(log.tail()).hasSize(20).last().isEqualTo(line.strip());
    }

    @Test
    void readsOnWhenTheFileCannotBeWritten() throws IOException {
        Files.createDirectories(directory.resolve("postgres.log.1").resolve("in the way"));
        Files.writeString(directory.resolve("postgres.log"), "old");
        var output = output("new");

        new ServerLog(directory).copy(output);

        assertThat(output.available()).isZero();
    }

    @Test
    void tailOfNoFileSaysSo() {
        assertThat(new ServerLog(directory).tail()).singleElement().asString().contains("cannot be read");
    }

    private static ByteArrayInputStream output(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
