package io.muster.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.KillOrder;
import io.muster.deploy.cluster.KnownTask;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.Reserved;
import io.muster.deploy.cluster.StatusReport;
import io.muster.deploy.cluster.TaskId;
import io.muster.deploy.cluster.TaskState;
import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.mesos.transport.Transport;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an instance, told to a master whose agents run real processes. */
class ConversationTest {

    @TempDir
    private Path work;

    private final RecordingEngine engine = new RecordingEngine();
    private LocalMesos mesos;
    private MesosCluster cluster;

    @BeforeEach
    void start() {
        mesos = LocalMesos.start(
                LocalMesosSettings.in(work).withIntervals(Duration.ofMillis(50), Duration.ofSeconds(1)));
        MesosSettings settings = reserving(MesosSettings.of(
                List.of(mesos.masterUri().getAuthority()), System.getProperty("user.name"), "127.0.0.1"));
        cluster = new MesosCluster(
                settings, transport(settings), Clock.systemUTC(), new Random(2), new SimpleMeterRegistry());
        cluster.start(engine, Optional.empty(), () -> true);
    }

    /** One that has not been opened. */
    Transport transport(MesosSettings settings) {
        return new HttpTransport(
                HttpTransportSettings.of(settings.masterAddresses(), settings.failoverTimeout()),
                Clock.systemUTC(),
                new Random(1));
    }

    @AfterEach
    void stop() {
        cluster.stop();
        mesos.close();
    }

    @Test
    void launchesAndEndsAnInstance() {
        VersionedPod pod = SamplePod.of("/talk")
                .network(NetworkMode.HOST, null)
                .container(
                        SampleContainer.named("main").shell("exec sleep 1000").endpoint("http", null, 0, "tcp"))
                .build();
        LaunchRequest request = SamplePod.request(pod, 1);
        TaskId task = request.instance().task("main");

        await().until(() -> engine.heard().stream().anyMatch(word -> word.startsWith("subscribed as ")));
        cluster.wantOffers(true);
        await().until(() -> engine.heard().contains("offers"));
        Matching matching = cluster.match(List.of(request));
        cluster.launch(matching.placements());

        awaitAndAcknowledge(task, TaskState.STARTING);
        StatusReport running = awaitAndAcknowledge(task, TaskState.RUNNING);
        assertThat(running.agentId())
                .contains(matching.placements().getFirst().agent().id());
        assertThat(running.addresses()).isNotEmpty();

        cluster.reconcile(List.of(
                new KnownTask(task, running.agentId()),
                new KnownTask(new TaskId("gone.instance-" + new UUID(0, 9) + ".x"), Optional.empty())));
        await().until(() -> engine.reports().stream()
                .anyMatch(
                        report -> report.task().equals(task) && report.reason().equals(Optional.of("RECONCILIATION"))));
        await().until(() -> engine.reports().stream().anyMatch(report -> report.state() == TaskState.UNKNOWN));

        cluster.kill(List.of(new KillOrder(task, running.agentId())));
        awaitAndAcknowledge(task, TaskState.KILLING);
        awaitAndAcknowledge(task, TaskState.KILLED);
        assertThat(engine.heard()).noneMatch(word -> word.startsWith("disconnected"));
    }

    @Test
    void aVolumeOutlivesItsInstanceUntilItIsReleased() throws IOException {
        VersionedPod pod = SamplePod.of("/db")
                .network(NetworkMode.HOST, null)
                .container(SampleContainer.named("main")
                        .shell("echo x >> data/file; exec sleep 1000")
                        .endpoint("sql", null, 0, "tcp")
                        .mount("data", "data", false))
                .volume(new Volume.Persistent("data", 16, Volume.DiskType.ROOT, null, null, List.of()))
                .build();
        InstanceId first = SamplePod.request(pod, 1).instance();
        InstanceId second = SamplePod.request(pod, 2).instance();
        await().until(() -> engine.heard().stream().anyMatch(word -> word.startsWith("subscribed as ")));
        cluster.wantOffers(true);

        Placement place = placement(SamplePod.request(pod, 1));
        assertThat(cluster.launch(List.of(place))).isEmpty();
        Reserved reserved = new Reserved(first, place.agent(), Instant.now());
        run(new LaunchRequest(first, pod, List.of(), reserved));
        run(new LaunchRequest(second, pod, List.of(), reserved));

        try (var files = Files.walk(work.resolve("volumes"))) {
            assertThat(files.filter(file -> file.endsWith("file")).findFirst().orElseThrow())
                    .hasContent("x\nx\n");
        }
        release(first);
        await().untilAsserted(() -> {
            try (var files = Files.walk(work.resolve("volumes"))) {
                assertThat(files.filter(file -> file.endsWith("file"))).isEmpty();
            }
        });
    }

    private Placement placement(LaunchRequest request) {
        return await().until(() -> cluster.match(List.of(request)).placements(), found -> !found.isEmpty())
                .getFirst();
    }

    private void run(LaunchRequest request) {
        TaskId task = request.instance().task("main");
        cluster.launch(List.of(placement(request)));
        awaitAndAcknowledge(task, TaskState.STARTING);
        StatusReport running = awaitAndAcknowledge(task, TaskState.RUNNING);
        cluster.kill(List.of(new KillOrder(task, running.agentId())));
        awaitAndAcknowledge(task, TaskState.KILLING);
        awaitAndAcknowledge(task, TaskState.KILLED);
        cluster.wantOffers(true);
    }

    private void release(InstanceId reservation) {
        List<Release> releases = await().until(
                        () -> cluster.match(List.of(), Set.of(reservation)).releases(), found -> !found.isEmpty());
        cluster.release(releases);
    }

    /** With a role and a principal, and impatient. */
    static MesosSettings reserving(MesosSettings usual) {
        return new MesosSettings(
                usual.masters(),
                usual.user(),
                usual.frameworkName(),
                "ops",
                usual.hostname(),
                usual.webuiUrl(),
                usual.failoverTimeout(),
                Duration.ZERO,
                Duration.ofMillis(100),
                usual.reviveRepetitions(),
                usual.heldOffers(),
                usual.offerLifetime(),
                usual.matching(),
                usual.gpuResources(),
                usual.bridgeNetwork(),
                usual.envVarsPrefix(),
                Optional.of("muster"),
                Set.of());
    }

    /** Updates are held back until the one before is acknowledged, so each must be. */
    private StatusReport awaitAndAcknowledge(TaskId task, TaskState state) {
        await().untilAsserted(() -> assertThat(engine.reports()).anyMatch(report -> isFrom(report, task, state)));
        StatusReport report = engine.reports().stream()
                .filter(each -> isFrom(each, task, state))
                .findFirst()
                .orElseThrow();
        cluster.acknowledge(List.of(report.receipt().orElseThrow()));
        return report;
    }

    private static boolean isFrom(StatusReport report, TaskId task, TaskState state) {
        return report.task().equals(task)
                && report.state() == state
                && report.receipt().isPresent();
    }
}
