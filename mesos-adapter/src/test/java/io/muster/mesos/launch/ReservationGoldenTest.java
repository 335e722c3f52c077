package io.muster.mesos.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Reserved;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.mesos.matching.MatchPolicy;
import io.muster.mesos.matching.MatchResult;
import io.muster.mesos.matching.MatchSettings;
import io.muster.mesos.matching.OfferMatcher;
import io.muster.mesos.matching.ReservedOffer;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Offer.Operation;
import org.junit.jupiter.api.Test;

/** The operations of one pod with two volumes, from the first offer to the last, as a person can read them. */
class ReservationGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/io/muster/mesos/launch/golden");
    private static final ReservationMessages MESSAGES = new ReservationMessages("ops", "muster-principal");
    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");
    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*", "ops"), MatchPolicy.usual(100));

    private final VersionedPod pod = SamplePod.of("/shop/db")
            .container(SampleContainer.named("postgres")
                    .mount("data", "data", false)
                    .mount("wal", "wal", false))
            .volume(new Volume.Persistent("data", 512, Volume.DiskType.ROOT, null, null, List.of()))
            .volume(new Volume.Persistent("wal", 64, Volume.DiskType.ROOT, null, null, List.of()))
            .build();
    private final LaunchRequest request = SamplePod.request(pod, 1);
    private final Offer roomy = SampleOffer.roomy("O1", "S0");

    private MatchResult match(LaunchRequest wanted, Offer offer) {
        return OfferMatcher.match(List.of(wanted), List.of(offer), SETTINGS, NOW, new Random(1));
    }

    private List<Operation> reserve() {
        MatchResult found = match(request, roomy);
        return MESSAGES.reserve(
                found.matching().placements().getFirst(),
                Objects.requireNonNull(found.allocations().get(request.instance())),
                roomy.getFrameworkId());
    }

    @Test
    void reservesAllAndMakesTheVolumes() throws IOException {
        check("reserve-and-create", reserve());
    }

    @Test
    void launchesOnWhatIsReserved() throws IOException {
        Offer shown = ReservedOffer.after(roomy, reserve());
        InstanceId other = SamplePod.request(pod, 2).instance();
        LaunchRequest bound = new LaunchRequest(
                other,
                pod,
                List.of(),
                new Reserved(
                        request.instance(),
                        match(request, roomy).matching().placements().getFirst().agent(),
                        NOW));

        MatchResult found = match(bound, shown);

        check(
                "launch-on-a-reservation",
                List.of(TaskGroups.launchGroup(
                        found.matching().placements().getFirst(),
                        Objects.requireNonNull(found.allocations().get(other)),
                        roomy.getFrameworkId(),
                        SampleLaunch.SETTINGS)));
    }

    @Test
    void destroysTheVolumesAndEndsTheReservation() throws IOException {
        Offer shown = ReservedOffer.after(roomy, reserve());

        check("destroy-and-unreserve", ReservationMessages.release(shown, request.instance()));
    }

    private static void check(String name, List<Operation> operations) throws IOException {
        Path golden = GOLDEN.resolve(name + ".textproto");
        String text = operations.stream().map(MessageText::of).collect(Collectors.joining("---\n"));
        if (Boolean.getBoolean("muster.golden.write")) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }
}
