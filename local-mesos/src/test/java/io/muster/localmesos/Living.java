package io.muster.localmesos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Whether processes live, for tests; one that has ended and was not collected by its parent does not. */
public final class Living {
    private Living() {}

    public static boolean isAlive(long pid) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return !Files.isDirectory(Path.of("/proc/self"))
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        }
    }

    /** The numbers of processes that a script wrote to a file, one a line. */
    public static List<Long> pids(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(line -> Long.parseLong(line.strip())).toList();
        }
    }

    /** Whether the file is there with so many complete lines. */
    public static boolean hasLines(Path file, int count) throws IOException {
        return Files.exists(file)
                && Files.readString(file).lines().count() == count
                && Files.readString(file).endsWith("\n");
    }
}
