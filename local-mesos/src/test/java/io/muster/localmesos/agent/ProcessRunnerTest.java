package io.muster.localmesos.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.muster.localmesos.Living;
import io.muster.localmesos.agent.ContainerRunner.ExitStatus;
import io.muster.localmesos.agent.ContainerRunner.Launch;
import io.muster.localmesos.agent.ContainerRunner.Run;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that was started outlives the runner, or the next one where this one could not end it. */
class ProcessRunnerTest {
    /** A child, an orphan adopted by init, and a process in a session of its own; all deaf to SIGTERM. */
    private static final String TREE = "trap '' TERM; echo $$ >> PIDS; sleep 1000 & echo $! >> PIDS;"
            + " (sh -c 'echo $$ >> PIDS; exec sleep 1000' &); perl -MPOSIX -e 'setsid(); exec @ARGV' sh -c 'echo $$ >> PIDS; exec sleep 1000' & wait";

    @TempDir
    private Path work;

    @TempDir
    private Path other;

    private static Launch launch(String run, String command) {
        var task = TaskInfo.newBuilder()
                .setName("t")
                .setTaskId(TaskID.newBuilder().setValue("t"))
                .setAgentId(AgentID.newBuilder().setValue("s"))
                .setCommand(CommandInfo.newBuilder().setShell(true).setValue(command))
                .build();
        return new Launch(new Run("s", "executor " + run, run), "container-" + run, task, "*");
    }

    private static final class Listened implements ContainerRunner.Listener {
        private final CompletableFuture<Long> launched = new CompletableFuture<>();
        private final CompletableFuture<ExitStatus> exited = new CompletableFuture<>();

        @Override
        public void launched(long pid) {
            launched.complete(pid);
        }

        @Override
        public void launchFailed(String message) {
            launched.completeExceptionally(new IllegalStateException(message));
        }

        @Override
        public void exited(ExitStatus status) {
            exited.complete(status);
        }
    }

    private List<Long> startTree(ProcessRunner runner) throws Exception {
        Path pids = other.resolve("pids");
        var listened = new Listened();
        runner.launch(launch("1", TREE.replace("PIDS", pids.toString())), listened);
        listened.launched.get();
        await().until(() -> Living.hasLines(pids, 4));
        List<Long> tree = Living.pids(pids);
        assertThat(tree).allMatch(Living::isAlive);
        return tree;
    }

    @Test
    void leavesNothingBehindWhenItIsClosed() throws Exception {
        var runner = ProcessRunner.open(work, 10);
        List<Long> tree = startTree(runner);

        runner.close();

        assertThat(tree).noneMatch(Living::isAlive);
        assertThat(work.resolve("processes")).isEmptyDirectory();
    }

    @Test
    void endsAtItsStartWhatAnAbandonedRunnerLeft() throws Exception {
        List<Long> tree = startTree(ProcessRunner.open(work, 10));

        try (var next = ProcessRunner.open(work, 10)) {
            assertThat(next).isNotNull();
            assertThat(tree).noneMatch(Living::isAlive);
        }
    }

    @Test
    void endsAtItsStartWhatAKilledJvmLeft() throws Exception {
        Path pids = other.resolve("pids");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Abandoning.class.getName(),
                        work.toString(),
                        pids.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> Living.hasLines(pids, 4));
        } finally {
            jvm.destroyForcibly().waitFor();
        }
        List<Long> tree = Living.pids(pids);
        assertThat(tree).as("they survive the JVM").allMatch(Living::isAlive);

        try (var next = ProcessRunner.open(work, 10)) {
            assertThat(next).isNotNull();
            assertThat(tree).noneMatch(Living::isAlive);
        }
    }

    /** The JVM that is killed. */
    static final class Abandoning {
        private Abandoning() {}

        public static void main(String[] arguments) throws Exception {
            var runner = ProcessRunner.open(Path.of(arguments[0]), 10);
            runner.launch(launch("1", TREE.replace("PIDS", arguments[1])), new Listened());
            Thread.currentThread().join();
        }
    }

    @Test
    void leavesAProcessAloneThatOnlyHasTheNumberOfARecordedOne() throws Exception {
        ProcessRunner.open(work, 10).close();
        Process innocent = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.writeString(work.resolve("processes").resolve("container-9"), innocent.pid() + " 1000000000000");
            Files.writeString(work.resolve("processes").resolve("container-8"), "torn");

            ProcessRunner.open(work, 10).close();

            assertThat(innocent.isAlive()).isTrue();
            assertThat(work.resolve("processes")).isEmptyDirectory();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void endsARecordedProcessThatShedItsEnvironment() throws Exception {
        var listened = new Listened();
        Path pids = other.resolve("pids");
        ProcessRunner.open(work, 10)
                .launch(launch("1", "exec env -i sh -c 'sleep 1000 & echo $! > " + pids + "; wait'"), listened);
        long leader = listened.launched.get();
        await().until(() -> Living.hasLines(pids, 1));

        ProcessRunner.open(work, 10).close();

        assertThat(Living.isAlive(leader)).isFalse();
        assertThat(Living.pids(pids)).noneMatch(Living::isAlive);
    }

    @Test
    void keepsTheDirectoriesOfTheLastRunsOnly() throws Exception {
        Path treasure = Files.writeString(other.resolve("treasure"), "of the host");
        try (var runner = ProcessRunner.open(work, 2)) {
            for (String run : IntStream.range(0, 4).mapToObj(Integer::toString).toList()) {
                var listened = new Listened();
                runner.launch(launch(run, "ln -s " + other + " link"), listened);
                listened.exited.get();
                runner.ended(new Run("s", "executor " + run, run));
                await().until(() -> runs().size() <= 2);
            }
        }
        assertThat(runs()).containsExactlyInAnyOrder("2", "3");

        ProcessRunner.open(work, 1).close();

        assertThat(runs()).containsExactly("3");
        assertThat(treasure).as("links are not followed").exists();
        assertThat(work.resolve("agents/s/executors/executor 0")).doesNotExist();
    }

    private List<String> runs() throws Exception {
        var names = new ArrayList<String>();
        try (var files = Files.walk(work.resolve("agents"))) {
            files.filter(path -> String.valueOf(path.getParent()).endsWith("/runs"))
                    .forEach(path -> names.add(String.valueOf(path.getFileName())));
        }
        return names;
    }

    static List<String> waysToStart() {
        return Stream.of("setsid", "perl")
                .filter(program -> Stream.of("/usr/bin", "/bin")
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))))
                .toList();
    }

    private Process startMarked(Processes processes, Redirect output) throws Exception {
        return processes.start(
                List.of("/bin/sh", "-c", "printf '%s|' \"$@\"; exec sleep 1000", "sh", "a b", "$c"),
                Map.of("PATH", System.getenv("PATH")),
                "marker-of-this-test",
                other,
                new Redirect[] {output, Redirect.INHERIT});
    }

    @ParameterizedTest
    @MethodSource("waysToStart")
    void startsTheLeaderOfASessionWithItsArgumentsAsTheyAre(String by) throws Exception {
        Processes processes = by.equals("perl") ? Processes.withPerl() : Processes.withSetsid();
        Path out = other.resolve("out");
        Process process = startMarked(processes, Redirect.to(out.toFile()));
        try {
            await().until(() -> Files.exists(out) && Files.size(out) > 0);

            assertThat(out).hasContent("a b|$c|");
            assertThat(Processes.scan(seen -> seen.isMarked("marker-of-this-test")))
                    .extracting(Processes.Seen::session, seen -> seen.handle().pid())
                    .containsExactly(tuple(process.pid(), process.pid()));
        } finally {
            processes.killAll(seen -> seen.isMarked("marker-of-this-test"));
        }
        assertThat(Living.isAlive(process.pid())).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // the options of ps that show environments differ
    void findsMarkedProcessesWithPsWhereThereIsNoProc() throws Exception {
        Processes processes = Processes.ofThisMachine();
        Process process = startMarked(processes, Redirect.DISCARD);
        try {
            await().untilAsserted(
                            () -> assertThat(Processes.fromPs(List.of("ps", "axwwe", "-o", "pid=,sess=,command=")))
                                    .filteredOn(seen -> seen.isMarked("marker-of-this-test"))
                                    .extracting(seen -> seen.handle().pid(), Processes.Seen::session)
                                    .containsExactly(tuple(process.pid(), process.pid())));
        } finally {
            processes.killAll(seen -> seen.isMarked("marker-of-this-test"));
        }
    }
}
