package io.muster.localmesos;

import static io.muster.localmesos.Pods.kill;
import static io.muster.localmesos.Pods.launch;
import static io.muster.localmesos.Pods.shell;
import static io.muster.localmesos.Pods.task;
import static io.muster.localmesos.Scheduler.await;
import static io.muster.localmesos.Scheduler.framework;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.muster.localmesos.wire.Encoding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.ContainerInfo;
import org.apache.mesos.v1.Protos.DurationInfo;
import org.apache.mesos.v1.Protos.Environment;
import org.apache.mesos.v1.Protos.FrameworkInfo.Capability;
import org.apache.mesos.v1.Protos.HealthCheck;
import org.apache.mesos.v1.Protos.Image;
import org.apache.mesos.v1.Protos.KillPolicy;
import org.apache.mesos.v1.Protos.Secret;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Volume;
import org.apache.mesos.v1.Protos.Volume.Source.SandboxPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes, seen from the scheduler. */
class ContainersTest {
    @TempDir
    private static Path directory;

    private static LocalMesos mesos;

    @TempDir
    private Path shared;

    private Scheduler scheduler;

    @BeforeAll
    static void start() {
        mesos = LocalMesos.start(
                LocalMesosSettings.in(directory).withIntervals(Duration.ofMillis(50), Duration.ofSeconds(15)));
    }

    @AfterAll
    static void stop() {
        mesos.close();
    }

    @BeforeEach
    void subscribe() {
        if (scheduler != null) {
            scheduler.close();
        }
        scheduler = Scheduler.subscribe(
                mesos.masterUri(),
                Encoding.PROTOBUF,
                framework(Capability.Type.TASK_KILLING_STATE).toBuilder()
                        .setFailoverTimeout(0)
                        .build());
    }

    @AfterEach
    void unsubscribe() {
        scheduler.close();
    }

    /** What the container wrote, once it has run. */
    private static String output(TaskStatus status, String file) throws IOException {
        String container = status.getContainerStatus().getContainerId().getValue();
        try (var files = Files.walk(directory)) {
            Path sandbox = files.filter(path -> path.endsWith(Path.of("containers", container)))
                    .findFirst()
                    .orElseThrow();
            return Files.readString(sandbox.resolve(file));
        }
    }

    private static TaskInfo.Builder with(TaskInfo.Builder task, Volume.Builder... volumes) {
        var container = ContainerInfo.newBuilder().setType(ContainerInfo.Type.MESOS);
        for (Volume.Builder volume : volumes) {
            container.addVolumes(volume);
        }
        return task.setContainer(container);
    }

    private static Volume.Builder ephemeral(String name, String containerPath) {
        return Volume.newBuilder()
                .setMode(Volume.Mode.RW)
                .setContainerPath(containerPath)
                .setSource(Volume.Source.newBuilder()
                        .setType(Volume.Source.Type.SANDBOX_PATH)
                        .setSandboxPath(SandboxPath.newBuilder()
                                .setType(SandboxPath.Type.PARENT)
                                .setPath("volumes/" + name)));
    }

    private static Volume.Builder host(String hostPath, String containerPath) {
        return Volume.newBuilder()
                .setMode(Volume.Mode.RW)
                .setContainerPath(containerPath)
                .setHostPath(hostPath);
    }

    private static Environment.Variable.Builder variable(String name, String value) {
        return Environment.Variable.newBuilder()
                .setName(name)
                .setType(Environment.Variable.Type.VALUE)
                .setValue(value);
    }

    private void awaitFailure(String task, String message) {
        TaskStatus failed = scheduler.awaitStatus(task, TaskState.TASK_FAILED);
        assertThat(failed.getMessage()).contains(message);
        assertThat(failed.getReason()).isEqualTo(TaskStatus.Reason.REASON_CONTAINER_LAUNCH_FAILED);
        assertThat(scheduler.states(task)).containsExactly(TaskState.TASK_STARTING, TaskState.TASK_FAILED);
    }

    @Test
    void sharesAnEphemeralVolumeBetweenTheContainersOfAPod() throws Exception {
        launch(
                scheduler,
                "volume",
                with(shell("writer", "echo shared > data/file"), ephemeral("v", "data")),
                with(
                        shell("reader", "while ! test -s deep/er/file; do sleep 0.05; done; cat deep/er/file"),
                        ephemeral("v", "deep/er")));

        TaskStatus reader = scheduler.awaitStatus("reader", TaskState.TASK_FINISHED);
        scheduler.awaitStatus("writer", TaskState.TASK_FINISHED);

        assertThat(output(reader, "stdout")).isEqualTo("shared\n");
    }

    @Test
    void linksHostVolumesAndKeepsAbsolutePathsThatAreTheHostsOwn() throws Exception {
        Files.writeString(shared.resolve("in"), "from the host");
        launch(
                scheduler,
                "host",
                with(
                        shell("t", "cat here/in > here/out && cat " + shared + "/in"),
                        host(shared.toString(), "here"),
                        host(shared.toString(), shared.toString())));

        TaskStatus finished = scheduler.awaitStatus("t", TaskState.TASK_FINISHED);

        assertThat(shared.resolve("out")).hasContent("from the host");
        assertThat(output(finished, "stdout")).isEqualTo("from the host");
    }

    @ParameterizedTest
    @CsvSource({"/var/data,must be relative to the sandbox", "../up,does not stay in the sandbox"})
    void refusesVolumesAtPathsOutsideTheSandbox(String containerPath, String message) {
        launch(scheduler, "absolute", with(shell("t", "true"), ephemeral("v", containerPath)));

        awaitFailure("t", message);
    }

    @Test
    void refusesImages() {
        var image = Image.newBuilder()
                .setType(Image.Type.DOCKER)
                .setDocker(Image.Docker.newBuilder().setName("nginx"));
        launch(
                scheduler,
                "image",
                shell("t", "true")
                        .setContainer(ContainerInfo.newBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .setMesos(ContainerInfo.MesosInfo.newBuilder().setImage(image))),
                shell("mate", "exec sleep 1000"));

        awaitFailure("t", "local agents run commands as processes of this machine, not images");
        scheduler.awaitStatus("mate", TaskState.TASK_KILLED);
        assertThat(scheduler.states("mate"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING, TaskState.TASK_KILLED);
    }

    @Test
    void givesAContainerItsOwnEnvironmentAndAFewBasics() throws Exception {
        var command = CommandInfo.newBuilder()
                .setShell(true)
                .setValue("pwd; env")
                .setEnvironment(Environment.newBuilder()
                        .addVariables(variable("GREETING", "hello world"))
                        .addVariables(variable("MESOS_CONTAINER_IP", "overruled"))
                        .addVariables(Environment.Variable.newBuilder()
                                .setName("PASSWORD")
                                .setType(Environment.Variable.Type.SECRET)
                                .setSecret(Secret.newBuilder()
                                        .setType(Secret.Type.VALUE)
                                        .setValue(Secret.Value.newBuilder().setData(ByteString.copyFromUtf8("s3"))))));
        launch(scheduler, "env", task("t", command));

        String output = output(scheduler.awaitStatus("t", TaskState.TASK_FINISHED), "stdout");

        String sandbox = output.lines().findFirst().orElseThrow();
        assertThat(output.lines())
                .contains(
                        "GREETING=hello world",
                        "PASSWORD=s3",
                        "MESOS_CONTAINER_IP=127.0.0.1",
                        "MESOS_ALLOCATION_ROLE=*",
                        "MESOS_SANDBOX=" + sandbox,
                        "PATH=" + System.getenv("PATH"));
        assertThat(output.lines().filter(line -> !line.startsWith("/")).map(line -> line.split("=", 2)[0]))
                .isSubsetOf(
                        "GREETING",
                        "PASSWORD",
                        "MESOS_CONTAINER_IP",
                        "MESOS_ALLOCATION_ROLE",
                        "MESOS_SANDBOX",
                        "MUSTER_LOCAL_MESOS",
                        "PATH",
                        "HOME",
                        "USER",
                        "LOGNAME",
                        "LANG",
                        "TZ",
                        "TMPDIR",
                        "PWD",
                        "SHLVL",
                        "_");
    }

    @Test
    void runsArgumentsWithoutAShell() throws Exception {
        var command = CommandInfo.newBuilder().setShell(false).addAllArguments(List.of("echo", "$HOME", "a b"));
        var named =
                CommandInfo.newBuilder().setShell(false).setValue("/bin/echo").addAllArguments(List.of("ignored", "x"));
        launch(scheduler, "argv", task("t", command), task("n", named));

        assertThat(output(scheduler.awaitStatus("t", TaskState.TASK_FINISHED), "stdout"))
                .isEqualTo("$HOME a b\n");
        assertThat(output(scheduler.awaitStatus("n", TaskState.TASK_FINISHED), "stdout"))
                .isEqualTo("x\n");
    }

    @Test
    void keepsStdoutAndStderrApart() throws Exception {
        launch(scheduler, "streams", shell("t", "echo out; echo err >&2"));

        TaskStatus finished = scheduler.awaitStatus("t", TaskState.TASK_FINISHED);

        assertThat(output(finished, "stdout")).isEqualTo("out\n");
        assertThat(output(finished, "stderr")).isEqualTo("err\n");
        assertThat(finished.getMessage()).isEqualTo("Command exited with status 0");
    }

    @Test
    void copiesArtifactsOfThisMachineAndUnpacksTarArchives() throws Exception {
        Path script = Files.writeString(shared.resolve("script"), "#!/bin/sh\necho ran\n");
        Files.writeString(shared.resolve("packed"), "was packed");
        Path archive = shared.resolve("a.tar.gz");
        assertThat(new ProcessBuilder("tar", "-czf", archive.toString(), "-C", shared.toString(), "packed")
                        .start()
                        .waitFor())
                .isZero();
        var command = CommandInfo.newBuilder()
                .setShell(true)
                .setValue("bin/run; cat packed")
                .addUris(CommandInfo.URI
                        .newBuilder()
                        .setValue(script.toUri().toString())
                        .setExecutable(true)
                        .setOutputFile("bin/run"))
                .addUris(CommandInfo.URI.newBuilder().setValue(archive.toString()));
        launch(scheduler, "uris", task("t", command));

        assertThat(output(scheduler.awaitStatus("t", TaskState.TASK_FINISHED), "stdout"))
                .isEqualTo("ran\nwas packed");
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.org/a,local agents copy files of this machine",
        "/no/such/file,is not a file on this machine",
    })
    void refusesArtifactsItCannotCopy(String uri, String message) {
        var command = CommandInfo.newBuilder()
                .setShell(true)
                .setValue("true")
                .addUris(CommandInfo.URI.newBuilder().setValue(uri));
        launch(scheduler, "fetch", task("t", command));

        awaitFailure("t", message);
    }

    @Test
    void letsSiblingsRunWhenAContainerFinishes() {
        launch(scheduler, "finish", shell("short", "exit 0"), shell("long", "exec sleep 1000"));

        scheduler.awaitStatus("short", TaskState.TASK_FINISHED);

        await().during(Duration.ofMillis(300))
                .until(() -> scheduler.states("long").equals(List.of(TaskState.TASK_STARTING, TaskState.TASK_RUNNING)));
        scheduler.call(kill("long"));
        scheduler.awaitStatus("long", TaskState.TASK_KILLED);
    }

    @ParameterizedTest
    @CsvSource({"exit 3,Command exited with status 3", "kill -9 $$,Command terminated with signal Killed"})
    void endsTheGroupWhenAContainerFails(String command, String message) {
        launch(scheduler, "fail", shell("bad", "sleep 0.2; " + command), shell("other", "exec sleep 1000"));

        assertThat(scheduler.awaitStatus("bad", TaskState.TASK_FAILED).getMessage())
                .isEqualTo(message);
        assertThat(scheduler.awaitStatus("other", TaskState.TASK_KILLED).getMessage())
                .isEqualTo("Command terminated with signal Terminated");
        assertThat(scheduler.states("other"))
                .containsExactly(
                        TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_KILLING, TaskState.TASK_KILLED);
    }

    @Test
    void killsAWholeTreeThatIgnoresSigtermAfterItsGracePeriod() throws Exception {
        Path pids = shared.resolve("pids");
        // A child, a grandchild whose parent ends at once, and one that leaves the session.
        String tree = "trap '' TERM; echo $$ >> " + pids + "; (trap '' TERM; sleep 1000 & echo $! >> " + pids
                + "; wait) & (sh -c 'trap \"\" TERM; echo $$ >> " + pids
                + "; exec sleep 1000' &) ; perl -MPOSIX -e 'setsid(); exec @ARGV' sh -c '"
                + "trap \"\" TERM; echo $$ >> " + pids + "; exec sleep 1000' & while :; do sleep 0.1; done";
        launch(
                scheduler,
                "stubborn",
                shell("t", tree)
                        .setKillPolicy(KillPolicy.newBuilder()
                                .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(400_000_000))));
        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
        await().until(() -> Living.hasLines(pids, 4));

        scheduler.call(kill("t"));
        scheduler.awaitStatus("t", TaskState.TASK_KILLING);
        List<Long> living = Living.pids(pids).stream().filter(Living::isAlive).toList();
        TaskStatus killed = scheduler.awaitStatus("t", TaskState.TASK_KILLED);

        assertThat(living).as("they live through their grace period").hasSize(4);
        assertThat(killed.getMessage()).isEqualTo("Command terminated with signal Killed");
        assertThat(Living.pids(pids)).noneMatch(Living::isAlive);
    }

    @Test
    void endsWhatAContainerLeavesBehind() throws Exception {
        Path pids = shared.resolve("pids");
        launch(scheduler, "orphan", shell("t", "sleep 1000 & echo $! > " + pids));

        scheduler.awaitStatus("t", TaskState.TASK_FINISHED);

        assertThat(Living.pids(pids)).noneMatch(Living::isAlive);
    }

    @Test
    void takesTheGracePeriodOfTheCallOverThatOfTheTask() {
        launch(
                scheduler,
                "grace",
                shell("t", "trap '' TERM; while :; do sleep 0.05; done")
                        .setKillPolicy(KillPolicy.newBuilder()
                                .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(3_600_000_000_000L))));
        scheduler.awaitStatus("t", TaskState.TASK_RUNNING);
        var kill = kill("t");
        kill.getKillBuilder()
                .setKillPolicy(KillPolicy.newBuilder()
                        .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(100_000_000)));

        scheduler.call(kill);

        scheduler.awaitStatus("t", TaskState.TASK_KILLED);
    }

    private static HealthCheck.Builder check() {
        return HealthCheck.newBuilder()
                .setDelaySeconds(0)
                .setIntervalSeconds(0.1)
                .setTimeoutSeconds(5)
                .setGracePeriodSeconds(0)
                .setConsecutiveFailures(1000);
    }

    private TaskStatus awaitHealth(String task, boolean healthy) {
        return scheduler
                .await(event ->
                        event.getUpdate().getStatus().getTaskId().getValue().equals(task)
                                && event.getUpdate().getStatus().hasHealthy()
                                && event.getUpdate().getStatus().getHealthy() == healthy)
                .getUpdate()
                .getStatus();
    }

    @Test
    void checksByCommandInTheContainersSandboxAndEnvironment() {
        var command = CommandInfo.newBuilder()
                .setShell(true)
                .setValue("test -e ok && test \"$MESOS_CONTAINER_IP\" = 127.0.0.1");
        launch(
                scheduler,
                "command",
                shell("t", "sleep 0.5; touch ok; exec sleep 1000")
                        .setHealthCheck(
                                check().setType(HealthCheck.Type.COMMAND).setCommand(command)));

        TaskStatus unhealthy = awaitHealth("t", false);
        TaskStatus healthy = awaitHealth("t", true);

        assertThat(unhealthy.getState()).isEqualTo(TaskState.TASK_RUNNING);
        assertThat(unhealthy.getReason()).isEqualTo(TaskStatus.Reason.REASON_TASK_HEALTH_CHECK_STATUS_UPDATED);
        assertThat(healthy.getTimestamp()).isGreaterThan(unhealthy.getTimestamp());
    }

    @Test
    void checksByHttpAndTcp() throws Exception {
        var status = new AtomicInteger(302);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ready", exchange -> {
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            launch(
                    scheduler,
                    "connections",
                    shell("http", "exec sleep 1000")
                            .setHealthCheck(check().setType(HealthCheck.Type.HTTP)
                                    .setHttp(HealthCheck.HTTPCheckInfo.newBuilder()
                                            .setPort(port)
                                            .setPath("/ready"))),
                    shell("tcp", "exec sleep 1000")
                            .setHealthCheck(check().setType(HealthCheck.Type.TCP)
                                    .setTcp(HealthCheck.TCPCheckInfo.newBuilder()
                                            .setPort(port))));
            awaitHealth("http", true);
            awaitHealth("tcp", true);

            status.set(500);
            awaitHealth("http", false);
        } finally {
            server.stop(0);
        }
        awaitHealth("tcp", false);
    }

    @Test
    void killsATaskWhoseChecksFailTooOftenAndSaysSoOfItsSiblingsToo() {
        var command = CommandInfo.newBuilder().setShell(true).setValue("exit 1");
        launch(
                scheduler,
                "sick",
                shell("sick", "exec sleep 1000")
                        .setHealthCheck(check().setType(HealthCheck.Type.COMMAND)
                                .setCommand(command)
                                .setConsecutiveFailures(2)),
                shell("mate", "exec sleep 1000"));

        TaskStatus sick = scheduler.awaitStatus("sick", TaskState.TASK_KILLED);
        TaskStatus mate = scheduler.awaitStatus("mate", TaskState.TASK_KILLED);

        assertThat(sick.hasHealthy()).isTrue();
        assertThat(sick.getHealthy()).isFalse();
        assertThat(mate.getHealthy()).isFalse();
        assertThat(scheduler.statuses("sick").stream()
                        .filter(status -> status.getState() == TaskState.TASK_RUNNING && status.hasHealthy()))
                .hasSize(2)
                .noneMatch(TaskStatus::getHealthy);
    }

    @Test
    void endsACheckThatTakesTooLong() throws Exception {
        Path pids = shared.resolve("pids");
        var command = CommandInfo.newBuilder()
                .setShell(true)
                .setValue("echo $$ >> " + pids + "; sleep 1000 & echo $! >> " + pids + "; wait");
        launch(
                scheduler,
                "slow",
                shell("t", "exec sleep 1000")
                        .setHealthCheck(check().setType(HealthCheck.Type.COMMAND)
                                .setCommand(command)
                                .setTimeoutSeconds(0.3)
                                .setIntervalSeconds(1000)));

        awaitHealth("t", false);

        assertThat(Living.pids(pids)).hasSize(2).noneMatch(Living::isAlive);
    }
}
