package io.muster.cli.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the last lines begin. */
class TailTest {

    @SuppressWarnings("ArrayRecordComponent") // read once, compared never
    private record InMemory(byte[] bytes) implements LogFile {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public byte[] read(long offset, int length) {
            int end = (int) Math.min(bytes.length, offset + length);
            return Arrays.copyOfRange(bytes, (int) offset, end);
        }
    }

    private static String tail(String text, int lines) throws InterruptedException {
        byte[] bytes = text.getBytes(UTF_8);
        int begin = (int) Tail.begin(new InMemory(bytes), lines);
        return new String(bytes, begin, bytes.length - begin, UTF_8).replace('\n', '/');
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c/, 1, c/",
        "a/b/c/, 2, b/c/",
        "a/b/c/, 9, a/b/c/",
        "a/b/c, 1, c",
        "a/b/c/, 0, ''",
        "'', 3, ''",
        "//, 1, /"
    })
    void lastLineCountsWithAndWithoutItsEnd(String text, int lines, String expected) throws InterruptedException {
        assertThat(tail(text.replace('/', '\n'), lines)).isEqualTo(expected);
    }

    @Test
    void linesMayBeLongerThanAPiece() throws InterruptedException {
        String line = "x".repeat(2 * Tail.PIECE + 17) + "\n";

        assertThat(tail("first\n" + line + line, 2)).hasSize(2 * line.length());
        assertThat(tail("first\n" + line + line, 3)).startsWith("first/");
    }
}
