package io.muster.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Reserved;
import io.muster.localmesos.LocalMesos;
import io.muster.localmesos.LocalMesosSettings;
import io.muster.mesos.transport.HttpTransport;
import io.muster.mesos.transport.HttpTransportSettings;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.NetworkMode;
import io.muster.pods.model.Volume;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master and its agents make of reservations when something goes wrong. */
class ReservationConversationTest {

    private static final VersionedPod POD = SamplePod.of("/db")
            .network(NetworkMode.HOST, null)
            .container(SampleContainer.named("main")
                    .endpoint("sql", null, 0, "tcp")
                    .endpoint("admin", null, 31_007, "tcp")
                    .mount("data", "data", false)
                    .mount("wal", "wal", false))
            .volume(new Volume.Persistent("data", 16, Volume.DiskType.ROOT, null, null, List.of()))
            .volume(new Volume.Persistent("wal", 8, Volume.DiskType.ROOT, null, null, List.of()))
            .build();

    @TempDir
    private Path work;

    private final RecordingEngine engine = new RecordingEngine();
    private final LaunchRequest request = SamplePod.request(POD, 1);
    private LocalMesos mesos;
    private MesosCluster cluster;

    @BeforeEach
    void start() {
        mesos = LocalMesos.startScripted(
                LocalMesosSettings.in(work).withIntervals(Duration.ofMillis(50), Duration.ofSeconds(1)));
        MesosSettings settings = ConversationTest.reserving(
                MesosSettings.of(List.of(mesos.masterUri().getAuthority()), "nobody", "127.0.0.1"));
        cluster = new MesosCluster(
                settings,
                new HttpTransport(
                        HttpTransportSettings.of(settings.masterAddresses(), settings.failoverTimeout()),
                        Clock.systemUTC(),
                        new Random(1)),
                Clock.systemUTC(),
                new Random(2),
                new SimpleMeterRegistry());
        cluster.start(engine, Optional.empty(), () -> true);
        await().until(() -> subscriptions() == 1);
        cluster.wantOffers(true);
    }

    @AfterEach
    void stop() {
        cluster.stop();
        mesos.close();
    }

    @Test
    void volumesAndHostPortsAreReservedTogether() {
        Placement asked = reserve();

        Placement found = placement(bound(asked));

        assertThat(found.hostPorts()).isEqualTo(asked.hostPorts());
        assertThat(found.hostPorts()).contains(31_007);
    }

    @Test
    void anAgentThatWasAwayComesBackWithItsVolumes() {
        Placement asked = reserve();
        placement(bound(asked));
        mesos.control(all -> all.disconnect(all.agents().getFirst()));
        mesos.control(all -> all.reconnect(all.agents().getFirst()));
        cluster.wantOffers(true);

        assertThat(placement(bound(asked)).agent().id()).isEqualTo(asked.agent().id());
    }

    @Test
    void anotherMasterKnowsWhatIsReserved() {
        Placement asked = reserve();
        placement(bound(asked));
        mesos.control(all -> all.failOver(Duration.ofMillis(50), Duration.ofMillis(50)));
        await().atMost(Duration.ofSeconds(30)).until(() -> subscriptions() == 2);
        cluster.wantOffers(true);

        assertThat(placement(bound(asked)).hostPorts()).isEqualTo(asked.hostPorts());
    }

    @Test
    void nothingIsReservedOfAnOfferThatWasTakenBack() {
        Placement asked = placement(request);
        mesos.control(all -> all.rescindAll());
        cluster.launch(List.of(asked));
        cluster.wantOffers(true);

        LaunchRequest another = SamplePod.request(POD, 2);
        Matching later = await().until(
                        () -> cluster.match(List.of(another, bound(asked))),
                        matching -> !matching.placements().isEmpty());
        assertThat(later.placements()).extracting(Placement::request).containsExactly(another);
        assertThat(later.shown()).isEmpty();
    }

    @Test
    void whatIsReleasedIsEverybodysAgain() {
        InstanceId reserved = reserve().request().instance();
        cluster.release(
                await().until(() -> cluster.match(List.of(), Set.of(reserved)).releases(), found -> !found.isEmpty()));
        cluster.wantOffers(true);

        Placement again = placement(SamplePod.request(POD, 2));

        assertThat(again.hostPorts()).contains(31_007);
    }

    private long subscriptions() {
        return engine.heard().stream()
                .filter(word -> word.startsWith("subscribed as "))
                .count();
    }

    private Placement reserve() {
        Placement asked = placement(request);
        assertThat(cluster.launch(List.of(asked))).isEmpty();
        return asked;
    }

    private Placement placement(LaunchRequest wanted) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.match(List.of(wanted)).placements(), found -> !found.isEmpty())
                .getFirst();
    }

    private LaunchRequest bound(Placement asked) {
        return new LaunchRequest(
                SamplePod.request(POD, 9).instance(),
                POD,
                List.of(),
                new Reserved(request.instance(), asked.agent(), Instant.now()));
    }
}
