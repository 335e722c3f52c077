package io.muster.localmesos.agent;

import io.muster.localmesos.agent.ContainerRunner.Signal;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Process trees of this machine. Each is a session of its own, led by the process that was started, and every process
 * of it inherits an environment variable, the marker; so the whole tree is found again although parents ended and
 * children were adopted by init, and although this JVM was killed and started anew.
 */
final class Processes {
    private static final Path PROC = Path.of("/proc");
    private static final String MARKER = "MUSTER_LOCAL_MESOS";
    private static final int ROUNDS = 100;
    private static final int ROUND_MILLIS = 50;

    /** In perl's words what setsid does, for machines (macOS) that have the one and not the other. */
    private static final String PERL_SETSID =
            "use POSIX (); POSIX::setsid(); exec { $ARGV[0] } @ARGV; print STDERR \"$ARGV[0]: $!\\n\"; exit 127;";

    private final List<String> inNewSession;

    /** A process seen on the machine; the handle is safe against the reuse of its number. */
    record Seen(ProcessHandle handle, long session, String environment) {
        boolean isMarked(String marker) {
            return environment.contains(MARKER + "=" + marker);
        }
    }

    private Processes(List<String> inNewSession) {
        this.inNewSession = inNewSession;
    }

    /** @throws IOException if the machine has nothing that starts a program in a session of its own */
    static Processes ofThisMachine() throws IOException {
        if (executable("setsid").isPresent()) {
            return withSetsid();
        }
        if (executable("perl").isPresent()) {
            return withPerl();
        }
        throw new IOException("Neither setsid nor perl was found: local agents need one of them to start containers");
    }

    static Processes withSetsid() throws IOException {
        return new Processes(List.of(executable("setsid").orElseThrow()));
    }

    static Processes withPerl() throws IOException {
        return new Processes(List.of(executable("perl").orElseThrow(), "-e", PERL_SETSID));
    }

    private static Optional<String> executable(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), Stream.of("/usr/bin", "/bin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    /** Starts a program as the leader of a new session; its number is that of the session and its process group. */
    Process start(
            List<String> arguments, Map<String, String> environment, String marker, Path directory, Redirect[] outputs)
            throws IOException {
        var command = new ArrayList<>(inNewSession);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(outputs[0])
                .redirectError(outputs[1]);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARKER, marker);
        return builder.start();
    }

    /** Sends a signal to the leader's group, and to those of its tree that have left the group. */
    void signal(Process leader, String marker, Signal signal) throws IOException {
        if (leader.isAlive()) {
            signalGroup(leader.pid(), signal);
        }
        for (Seen process : scan(seen -> seen.isMarked(marker) && seen.session() != leader.pid())) {
            if (signal == Signal.KILL) {
                process.handle().destroyForcibly();
            } else {
                process.handle().destroy();
            }
        }
    }

    private static void signalGroup(long group, Signal signal) throws IOException {
        // The kill built into every shell: a machine need not have it as a program.
        Process kill = new ProcessBuilder(
                        "/bin/sh", "-c", "kill -s \"$1\" -- \"-$2\"", "sh", signal.name(), Long.toString(group))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            if (kill.waitFor() != 0) {
                // The leader has not come so far as to lead a group: it is alone.
                ProcessHandle.of(group)
                        .ifPresent(signal == Signal.KILL ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
            }
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException().initCause(e);
        }
    }

    /** Kills what fits until nothing does: a process may start another one while it is looked for. */
    void killAll(Predicate<Seen> fits) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Seen> living = scan(fits);
            if (living.isEmpty()) {
                return;
            }
            living.forEach(process -> process.handle().destroyForcibly());
            TimeUnit.MILLISECONDS.sleep(Math.min(ROUND_MILLIS, 1L << Math.min(round, 10)));
        }
        // Only the numbers: environments hold secrets.
        throw new IOException("Processes of local-mesos could not be killed: "
                + scan(fits).stream().map(seen -> seen.handle().pid()).toList());
    }

    /** A process is still the one recorded if its number and, within what clocks allow, its start time are. */
    static boolean isSame(ProcessHandle handle, long startedAtMillis) {
        return handle.info()
                .startInstant()
                .filter(start -> Math.abs(start.toEpochMilli() - startedAtMillis)
                        <= Duration.ofMillis(1500).toMillis())
                .isPresent();
    }

    static List<Seen> scan(Predicate<Seen> fits) throws IOException {
        return (Files.isReadable(PROC.resolve("self/environ"))
                        ? fromProc()
                        : fromPs(List.of("ps", "-axww", "-E", "-o", "pid=,sess=,command=")))
                .stream()
                        .filter(seen ->
                                seen.handle().pid() != ProcessHandle.current().pid())
                        .filter(fits)
                        .toList();
    }

    private static List<Seen> fromProc() throws IOException {
        try (var entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .flatMap(handle -> fromProc(handle).stream())
                    .toList();
        }
    }

    private static Optional<Seen> fromProc(ProcessHandle handle) {
        Path entry = PROC.resolve(Long.toString(handle.pid()));
        try {
            String environment = Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1);
            String stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            // "pid (name) state parent group session ...": the name may hold anything, the last bracket ends it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            boolean zombie = fields[0].equals("Z");
            return zombie ? Optional.empty() : Optional.of(new Seen(handle, Long.parseLong(fields[3]), environment));
        } catch (IOException e) {
            return Optional.empty(); // it ended meanwhile, or belongs to somebody else
        }
    }

    /** Where there is no /proc, ps shows the environments of one's own processes. */
    static List<Seen> fromPs(List<String> command) throws IOException {
        Process ps = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        var seen = new ArrayList<Seen>();
        try (var lines = ps.inputReader(StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.strip().split("\\s+", 3);
                if (fields.length == 3 && fields[0].matches("\\d{1,18}")) {
                    long session = fields[1].matches("\\d{1,18}") ? Long.parseLong(fields[1]) : -1;
                    ProcessHandle.of(Long.parseLong(fields[0]))
                            .ifPresent(handle -> seen.add(new Seen(handle, session, fields[2])));
                }
            }
        }
        return seen;
    }
}
