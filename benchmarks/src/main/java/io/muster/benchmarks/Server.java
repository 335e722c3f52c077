package io.muster.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Muster in a process of its own, with the embedded PostgreSQL, which syncs each commit to disk, and the local Mesos. */
final class Server implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Where a recording of the JVM is written when it ends; none if empty. */
    private static final String PROFILE = System.getProperty("muster.benchmark.profile", "");

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Process process;
    private final Path directory;
    private final Path log;
    int port;

    private Server(Process process, Path directory, Path log) {
        this.process = process;
        this.directory = directory;
        this.log = log;
    }

    /**
     * Returns when it is ready.
     *
     * @param heapMiB all the heap it gets
     */
    static Server start(int heapMiB, String... settings) throws IOException, InterruptedException {
        return start(heapMiB, Map.of(), settings);
    }

    /** The same with these environment variables, for what nobody shall read in the list of processes. */
    static Server start(int heapMiB, Map<String, String> environment, String... settings)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("muster-benchmark");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xms" + heapMiB + "m",
                "-Xmx" + heapMiB + "m",
                "--enable-native-access=ALL-UNNAMED"));
        if (!PROFILE.isEmpty()) {
            command.add("-XX:StartFlightRecording:settings=profile,filename=" + PROFILE);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.muster.MusterApplication",
                "--server.port=0",
                "--muster.data-directory=" + directory));
        command.addAll(List.of(settings));
        Path log = directory.resolve("muster.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        var server = new Server(process, directory, log);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!server.isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String end = Files.readString(log);
                server.close();
                throw new IOException("the server did not start:\n" + end);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return server;
    }

    private boolean isReady() throws IOException {
        Matcher told = PORT.matcher(Files.readString(log));
        if (!told.find()) {
            return false;
        }
        port = Integer.parseInt(told.group(1));
        try (var connection = new Connection(port)) {
            return connection.get("/actuator/health/readiness").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Sends one request, which must be answered so. */
    void send(String method, String path, String body, int expected) throws IOException {
        try (var connection = new Connection(port)) {
            connection.exchange(method, path, body).expect(expected);
        }
    }

    /** CPU time of the server since its start; that of its database is not in it. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** The most memory that the server ever had at a time, of the machine and not of its heap alone; Linux only. */
    long peakMiB() throws IOException {
        Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        return peak.find() ? Long.parseLong(peak.group(1)) >> 10 : 0;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().completeOnTimeout(process, 1, TimeUnit.MINUTES).join();
        process.destroyForcibly().onExit().join();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
