package io.muster.db;

import io.muster.db.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A JVM that starts a server, says so, and keeps it until its input ends; made to be killed. */
final class ServerHolder {
    private static final String READY = "ready ";
    private static final String REFUSED = "refused ";

    private final Process jvm;
    private final String answer;

    private ServerHolder(Process jvm, String answer) {
        this.jvm = jvm;
        this.answer = answer;
    }

    /**
     * Starts the JVM, with a heap as small as it gets, and waits for its answer.
     *
     * @param tools the system's tools that it may use to run the server
     */
    static ServerHolder start(Path directory, List<String> tools) throws IOException {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerHolder.class.getName(),
                        directory.toString(),
                        String.join(",", tools))
                .redirectErrorStream(true)
                .start();
        var answer = jvm.inputReader()
                .lines()
                .filter(line -> line.startsWith(READY) || line.startsWith(REFUSED))
                .findFirst()
                .orElse("(ended without a word)");
        return new ServerHolder(jvm, answer);
    }

    public static void main(String[] arguments) throws IOException {
        var tools = List.of(arguments[1].split(",", -1));
        var host = new Host(Host.current().root(), tools::contains);
        var settings = new EmbeddedPostgres.Settings(Path.of(arguments[0]), TestDatabase.binaries(), false);
        try (var server = EmbeddedPostgres.start(settings, host)) {
            say(READY + server.pid());
            if (System.in.read() >= 0) {
                throw new IllegalStateException("Unexpected input");
            }
        } catch (EmbeddedPostgresException e) {
            say(REFUSED + e.getMessage());
        }
    }

    @SuppressWarnings("SystemOut") // its caller reads it
    private static void say(String line) {
        System.out.println(line);
    }

    /** Whether it has a server, or why not. */
    String answer() {
        return answer;
    }

    /** The server it started. */
    ProcessHandle server() {
        if (!answer.startsWith(READY)) {
            throw new IllegalStateException("No server was started: " + answer);
        }
        return ProcessHandle.of(Long.parseLong(answer.substring(READY.length())))
                .orElseThrow();
    }

    /** Kills the JVM without a chance to clean up. */
    void kill() throws InterruptedException {
        jvm.destroyForcibly().waitFor();
    }
}
