package io.muster.mesos.matching;

import static io.muster.mesos.SampleOffer.roomy;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Unplaced;
import io.muster.history.PodId;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.pods.VersionedPod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.Label;
import org.apache.mesos.v1.Protos.Labels;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferMatcherTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*", "web"), MatchPolicy.usual(100));

    @Test
    void placesAnInstanceWithItsShareOfTheOffer() {
        VersionedPod pod = SamplePod.of("/p")
                .container(SampleContainer.named("a").asks("0.5", "64", "0"))
                .container(SampleContainer.named("b").asks("0.25", "32", "8"))
                .build();
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 0.85)
                .has("mem", 128)
                .has("disk", 18)
                .domain("west", "w-2")
                .build();

        MatchResult result =
                OfferMatcher.match(requests(pod, 1), List.of(offer), SETTINGS.in("west"), NOW, new Random(7));

        Placement placement = result.matching().placements().getFirst();
        assertThat(placement.agent()).isEqualTo(new Agent("a-1", "a-1.example", "west", "w-2"));
        assertThat(placement.offerId()).isEqualTo("o-1");
        assertThat(placement.hostPorts()).isEmpty();
        Allocation allocation = result.allocations().values().iterator().next();
        assertThat(describe(allocation.executor())).containsExactly("cpus(*) 0.1", "mem(*) 32.0", "disk(*) 10.0");
        assertThat(describe(allocation, "a")).containsExactly("cpus(*) 0.5", "mem(*) 64.0");
        assertThat(describe(allocation, "b")).containsExactly("cpus(*) 0.25", "mem(*) 32.0", "disk(*) 8.0");
    }

    @Test
    void countsExactlyWhatDoublesCannot() {
        // In doubles 0.1 + 0.2 is more than 0.3, and ten of them do not fit into 3.
        VersionedPod pod = pod("0.2", "32", "0");
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 3.0)
                .has("mem", 4096)
                .has("disk", 1024)
                .build();

        assertThat(match(requests(pod, 11), List.of(offer)).matching().placements())
                .hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 4096, 1024, INSUFFICIENT_CPUS",
        "4, 63, 1024, INSUFFICIENT_MEMORY",
        "4, 4096, 9, INSUFFICIENT_DISK",
        "0.1, 1, 1, INSUFFICIENT_CPUS",
    })
    void tellsTheFirstResourceThatIsMissing(double cpus, double mem, double disk, Refusal expected) {
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", cpus)
                .has("mem", mem)
                .has("disk", disk)
                .build();
        List<LaunchRequest> requests = requests(pod("0.1", "32", "0"), 1);

        Matching matching = match(requests, List.of(offer)).matching();

        assertThat(matching.placements()).isEmpty();
        assertThat(matching.unplaced())
                .singleElement()
                .satisfies(unplaced -> assertThat(unplaced.refusals()).isEqualTo(Map.of(expected, 1)));
    }

    @Test
    void tellsHowManyOffersRefusedAConfigurationAndWhatTheyLack() {
        List<Offer> offers = List.of(
                roomy("o-1", "a-1"),
                SampleOffer.of("o-2", "a-2").has("cpus", 1).has("mem", 16).build(),
                SampleOffer.of("o-3", "a-3").has("cpus", 9).has("mem", 16).build());
        List<LaunchRequest> requests = requests(pod("3", "32", "0"), 3);

        Matching matching = match(requests, offers).matching();

        assertThat(matching.placements()).hasSize(1);
        assertThat(matching.unplaced())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("examples")
                .containsExactly(new Unplaced(
                        PodId.of("/p"),
                        "hash of /p",
                        2,
                        3,
                        List.of(
                                new Mismatch.Shortage(
                                        2,
                                        Refusal.INSUFFICIENT_CPUS,
                                        "cpus",
                                        new BigDecimal("3.100"),
                                        new BigDecimal("1.000")),
                                new Mismatch.Shortage(
                                        1,
                                        Refusal.INSUFFICIENT_MEMORY,
                                        "mem",
                                        new BigDecimal("64.000"),
                                        new BigDecimal("16.000")))));
    }

    @Test
    void findsNothingWithoutOffers() {
        List<LaunchRequest> requests = requests(pod("1", "32", "0"), 1);

        Matching matching = match(requests, List.of()).matching();

        assertThat(matching.unplaced()).containsExactly(new Unplaced(PodId.of("/p"), "hash of /p", 1, 0, List.of()));
    }

    @Test
    void putsTwoInstancesOnTwoAgents() {
        List<Offer> offers = List.of(
                roomy("o-1", "a-1"),
                roomy("o-2", "a-1"),
                roomy("o-3", "a-1"),
                roomy("o-4", "a-2"),
                roomy("o-5", "a-2"),
                roomy("o-6", "a-2"));

        IntStream.range(0, 20).forEach(seed -> {
            MatchResult result =
                    OfferMatcher.match(requests(pod("0.1", "32", "0"), 2), offers, SETTINGS, NOW, new Random(seed));
            assertThat(result.matching().placements())
                    .extracting(placement -> placement.agent().id())
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        });
    }

    @Test
    void beginsWithTheNextPodWhereTheLastOneEnded() {
        List<LaunchRequest> requests = IntStream.range(0, 3)
                .mapToObj(number -> SamplePod.request(
                        SamplePod.of("/p-" + number)
                                .container(SampleContainer.named("c"))
                                .build(),
                        number))
                .toList();
        List<Offer> offers = List.of(roomy("o-1", "a-1"), roomy("o-2", "a-2"), roomy("o-3", "a-3"));

        assertThat(match(requests, offers).matching().placements())
                .extracting(Placement::offerId)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "1.001, 1001",
        "0.1, 100",
        "1.0005, 1001",
        "1.0004, 1000",
        "0, 0",
        "NaN, 0",
        "1e300, 1000000000000000",
        "-1, 0",
        "Infinity, 0",
        "-Infinity, 0"
    })
    void readsWhatIsOfferedInRoundedThousandths(double offered, long thousandths) {
        assertThat(Thousandths.of(offered)).isEqualTo(thousandths);
    }

    @Test
    void putsManyInstancesOfManyPodsOnOneOffer() {
        VersionedPod other =
                SamplePod.of("/other").container(SampleContainer.named("c")).build();
        List<LaunchRequest> requests = new ArrayList<>(requests(pod("0.1", "32", "0"), 3));
        requests.addAll(requests(other, 3));

        MatchResult result = match(requests, List.of(roomy("o-1", "a-1")));

        assertThat(result.matching().placements())
                .extracting(Placement::request)
                .containsExactlyElementsOf(requests);
        assertThat(result.allocations()).hasSize(6);
    }

    @Test
    void putsNoMoreInstancesOnAnOfferThanAllowedAndGivesNoReasonForIt() {
        MatchSettings atMostTwo = new MatchSettings(Set.of("*"), MatchPolicy.usual(2));
        List<LaunchRequest> requests = requests(pod("0.1", "32", "0"), 3);

        Matching matching = OfferMatcher.match(requests, List.of(roomy("o-1", "a-1")), atMostTwo, NOW, new Random(1))
                .matching();

        assertThat(matching.placements()).hasSize(2);
        assertThat(matching.unplaced()).containsExactly(new Unplaced(PodId.of("/p"), "hash of /p", 1, 1, List.of()));
    }

    @Test
    void triesALaterSmallerPodWhereALargerOneDidNotFit() {
        List<LaunchRequest> requests = new ArrayList<>(requests(pod("64", "32", "0"), 1));
        VersionedPod small =
                SamplePod.of("/small").container(SampleContainer.named("c")).build();
        requests.addAll(requests(small, 1));

        assertThat(match(requests, List.of(roomy("o-1", "a-1"))).matching().placements())
                .extracting(placement -> placement.request().pod())
                .containsExactly(small);
    }

    @Test
    void usesUnreservedAndOwnResourcesButNoOthers() {
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 0.15, "web")
                .has("cpus", 8, "db")
                .has("cpus", 1, "*")
                .has("mem", 64)
                .has("disk", 10, "web")
                .build();
        VersionedPod any = pod("0.2", "32", "0");
        VersionedPod unreservedOnly = SamplePod.of("/star")
                .acceptedRoles("*")
                .container(SampleContainer.named("c").asks("0.2", "32", "0"))
                .build();
        VersionedPod foreign = SamplePod.of("/foreign")
                .acceptedRoles("batch")
                .container(SampleContainer.named("c"))
                .build();

        MatchResult result = match(requests(any, 1), List.of(offer));

        Allocation allocation = result.allocations().values().iterator().next();
        assertThat(describe(allocation.executor())).containsExactly("cpus(web) 0.1", "mem(*) 32.0", "disk(web) 10.0");
        assertThat(describe(allocation, "c")).containsExactly("cpus(web) 0.05", "cpus(*) 0.15", "mem(*) 32.0");
        assertThat(refusal(unreservedOnly, offer)).isEqualTo(Refusal.INSUFFICIENT_DISK);
        assertThat(refusal(foreign, offer)).isEqualTo(Refusal.UNFULFILLED_ROLE);
    }

    @Test
    void givesEqualAmountsOfTwoRolesToTwoContainers() {
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 1, "web")
                .has("cpus", 1.1, "*")
                .has("mem", 96)
                .has("disk", 10)
                .build();
        VersionedPod pod = SamplePod.of("/p")
                .container(SampleContainer.named("a").asks("1", "32", "0"))
                .container(SampleContainer.named("b").asks("1", "32", "0"))
                .build();

        Allocation allocation = match(requests(pod, 1), List.of(offer))
                .allocations()
                .values()
                .iterator()
                .next();

        assertThat(describe(allocation.executor())).contains("cpus(web) 0.1");
        assertThat(describe(allocation, "a")).contains("cpus(web) 0.9", "cpus(*) 0.1");
        assertThat(describe(allocation, "b")).contains("cpus(*) 1.0");
    }

    @Test
    void leavesVolumesSpecialDisksAndKeptReservationsAlone() {
        Resource disk = SampleOffer.scalar("disk", 1024, "*");
        Resource volume = disk.toBuilder()
                .setDisk(DiskInfo.newBuilder()
                        .setPersistence(DiskInfo.Persistence.newBuilder().setId("p-1")))
                .build();
        Resource mount = disk.toBuilder()
                .setDisk(DiskInfo.newBuilder()
                        .setSource(DiskInfo.Source.newBuilder().setType(DiskInfo.Source.Type.MOUNT)))
                .build();
        Resource kept = SampleOffer.scalar("disk", 1024, "web").toBuilder()
                .setReservation(Resource.ReservationInfo.newBuilder()
                        .setLabels(Labels.newBuilder()
                                .addLabels(Label.newBuilder()
                                        .setKey("marathon_task_id")
                                        .setValue("other"))))
                .build();
        Resource shared = disk.toBuilder()
                .setShared(Resource.SharedInfo.getDefaultInstance())
                .build();
        Resource revocable = disk.toBuilder()
                .setRevocable(Resource.RevocableInfo.getDefaultInstance())
                .build();

        for (Resource unusable : List.of(volume, mount, kept, shared, revocable)) {
            Offer offer = SampleOffer.of("o-1", "a-1")
                    .has("cpus", 4)
                    .has("mem", 4096)
                    .resource(unusable)
                    .build();
            assertThat(refusal(pod("1", "32", "0"), offer)).isEqualTo(Refusal.INSUFFICIENT_DISK);
        }
    }

    @Test
    void readsTheRoleOfRefinedReservations() {
        Resource refined = SampleOffer.scalar("disk", 1024, "*").toBuilder()
                .addReservations(Resource.ReservationInfo.newBuilder().setRole("outer"))
                .addReservations(Resource.ReservationInfo.newBuilder().setRole("web"))
                .build();
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 4)
                .has("mem", 4096)
                .resource(refined)
                .build();

        assertThat(match(requests(pod("1", "32", "0"), 1), List.of(offer))
                        .matching()
                        .placements())
                .hasSize(1);
    }

    @Test
    void refusesForGpusThatAreNotThere() {
        VersionedPod pod = SamplePod.of("/gpu")
                .container(SampleContainer.named("c").gpus(1))
                .build();

        assertThat(refusal(pod, roomy("o-1", "a-1"))).isEqualTo(Refusal.INSUFFICIENT_GPUS);
    }

    @Test
    void takesHugeDemandsForWhatNoAgentHas() {
        assertThat(refusal(pod("1e300", "32", "0"), roomy("o-1", "a-1"))).isEqualTo(Refusal.INSUFFICIENT_CPUS);
    }

    @Test
    @Timeout(30)
    void looksThroughTenThousandOffersForAHundredDifferentPods() {
        List<Offer> offers = IntStream.range(0, 10_000)
                .mapToObj(i -> SampleOffer.of("o-" + i, "a-" + i)
                        .has("cpus", 4)
                        .has("mem", 4096)
                        .has("disk", 5)
                        .ports(31_000, 32_000)
                        .build())
                .toList();
        List<LaunchRequest> requests = IntStream.range(0, 100)
                .mapToObj(i -> SamplePod.request(
                        SamplePod.of("/p-" + i)
                                .container(SampleContainer.named("c").endpoint("e", null, 0))
                                .build(),
                        i))
                .toList();

        Matching matching = match(requests, offers).matching();

        assertThat(matching.unplaced())
                .hasSize(100)
                .allSatisfy(unplaced ->
                        assertThat(unplaced.refusals()).isEqualTo(Map.of(Refusal.INSUFFICIENT_DISK, 10_000)));
    }

    private static MatchResult match(List<LaunchRequest> requests, List<Offer> offers) {
        return OfferMatcher.match(requests, offers, SETTINGS, NOW, new Random(7));
    }

    private static Refusal refusal(VersionedPod pod, Offer offer) {
        Map<Refusal, Integer> refusals = match(requests(pod, 1), List.of(offer))
                .matching()
                .unplaced()
                .getFirst()
                .refusals();
        assertThat(refusals).hasSize(1);
        return refusals.keySet().iterator().next();
    }

    private static VersionedPod pod(String cpus, String mem, String disk) {
        return SamplePod.of("/p")
                .container(SampleContainer.named("c").asks(cpus, mem, disk))
                .build();
    }

    private static List<LaunchRequest> requests(VersionedPod pod, int instances) {
        return IntStream.range(0, instances)
                .mapToObj(number -> SamplePod.request(pod, number))
                .toList();
    }

    private static List<String> describe(Allocation allocation, String container) {
        return describe(Objects.requireNonNull(allocation.containers().get(container)));
    }

    private static List<String> describe(List<Resource> resources) {
        return resources.stream()
                .map(resource -> resource.getName() + "(" + OfferedResource.role(resource) + ") "
                        + resource.getScalar().getValue())
                .toList();
    }
}
