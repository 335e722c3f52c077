package io.muster.localmesos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedOutputTest {
    @TempDir
    private Path directory;

    private String copied(String written, long most) throws IOException {
        Path file = directory.resolve("stdout");
        var source = new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8));
        new BoundedOutput(file, most).copy(source);
        assertThat(source.available()).as("nothing is left to block the writer").isZero();
        return Files.readString(file);
    }

    @Test
    void keepsWhatFits() throws IOException {
        assertThat(copied("", 3)).isEmpty();
        assertThat(copied("abc", 3)).isEqualTo("abc");
    }

    @Test
    void endsWithANoteWhatDoesNotFitAndReadsTheRest() throws IOException {
        assertThat(copied("abcd" + "x".repeat(100_000), 3))
                .isEqualTo("abc\n[local-mesos: the output is longer than 3 bytes; the rest is left out]\n");
    }

    @Test
    void cutsInTheMiddleOfALongOutput() throws IOException {
        assertThat(copied("x".repeat(100_000), 50_000))
                .startsWith("x".repeat(50_000) + "\n[local-mesos: ")
                .hasSizeLessThan(50_200);
    }
}
