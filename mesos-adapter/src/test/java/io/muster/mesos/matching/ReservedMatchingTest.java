package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Mismatch;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Release;
import io.muster.deploy.cluster.Reserved;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.mesos.launch.ReservationMessages;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.AgentID;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Resource.DiskInfo;
import org.apache.mesos.v1.Protos.Resource.DiskInfo.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Places that are reserved first, and instances that are bound to them. */
class ReservedMatchingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:20:30Z");
    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*", "ops"), MatchPolicy.usual(100));
    private static final ReservationMessages MESSAGES = new ReservationMessages("ops", "principal");

    private final VersionedPod pod = SamplePod.of("/db")
            .container(SampleContainer.named("c")
                    .asks("0.5", "64", "0")
                    .endpoint("sql", null, 0, "tcp")
                    .mount("data", "data", false))
            .volume(new Volume.Persistent("data", 512, Volume.DiskType.ROOT, null, null, List.of()))
            .build();
    private final LaunchRequest fresh = SamplePod.request(pod, 1);
    private final Offer roomy = SampleOffer.roomy("O1", "S0");
    private final Offer shown = reserved(fresh, roomy);
    private final LaunchRequest bound = boundTo(fresh.instance(), 2);

    @Test
    void reservesWhatTheInstanceAndItsVolumesNeed() {
        Allocation allocation = Objects.requireNonNull(
                match(List.of(fresh), roomy).allocations().get(fresh.instance()));

        assertThat(allocation.containers()).isEmpty();
        assertThat(allocation.executor())
                .extracting(Resource::getName)
                .containsExactlyInAnyOrder("cpus", "mem", "disk", "ports");
        assertThat(Objects.requireNonNull(allocation.volumes().get("data"))
                        .getScalar()
                        .getValue())
                .isEqualTo(512);
        assertThat(scalar(allocation.executor(), "cpus")).isEqualTo(0.6);
        assertThat(scalar(allocation.executor(), "disk")).isEqualTo(10);
    }

    @Test
    void countsTheDiskOfVolumes() {
        Offer tight = SampleOffer.of("O1", "S0")
                .has("cpus", 4)
                .has("mem", 4096)
                .has("disk", 521)
                .ports(31_000, 31_000)
                .build();

        assertThat(match(List.of(fresh), tight).matching().unplaced().getFirst().refusals())
                .containsOnlyKeys(Refusal.INSUFFICIENT_DISK);
    }

    @Test
    void reservesOnlyWhatIsNobodys() {
        Offer own = SampleOffer.of("O1", "S0")
                .has("cpus", 4, "ops")
                .has("mem", 4096, "ops")
                .has("disk", 10_240, "ops")
                .ports(31_000, 32_000, "ops")
                .build();

        assertThat(match(List.of(fresh), own).matching().unplaced().getFirst().refusals())
                .containsOnlyKeys(Refusal.UNFULFILLED_ROLE);
    }

    @Test
    void takesAMountedDiskAsAWhole() {
        Offer disks = SampleOffer.with(roomy)
                .resource(disk(Source.Type.MOUNT, 2000, "/mnt/large"))
                .resource(disk(Source.Type.MOUNT, 1000, "/mnt/a"))
                .resource(disk(Source.Type.MOUNT, 400, "/mnt/small"))
                .resource(disk(Source.Type.PATH, 900, "/mnt/path"))
                .build();
        LaunchRequest mounted = SamplePod.request(withVolume(Volume.DiskType.MOUNT, null, null), 1);

        Resource taken = Objects.requireNonNull(Objects.requireNonNull(
                        match(List.of(mounted), disks).allocations().get(mounted.instance()))
                .volumes()
                .get("data"));

        assertThat(taken.getDisk().getSource().getMount().getRoot()).isEqualTo("/mnt/a");
        assertThat(taken.getScalar().getValue()).isEqualTo(1000);
    }

    @Test
    void aDiskOfTypePathHasRoomForAsManyVolumesAsFit() {
        Offer disks = SampleOffer.with(roomy)
                .resource(disk(Source.Type.PATH, 1100, "/mnt/path"))
                .build();
        VersionedPod path = withVolume(Volume.DiskType.PATH, null, null);

        assertThat(match(
                                List.of(
                                        SamplePod.request(path, 1),
                                        SamplePod.request(path, 2),
                                        SamplePod.request(path, 3)),
                                disks)
                        .matching()
                        .placements())
                .hasSize(2);
    }

    @Test
    void asksForPathSizeAndProfileOfADisk() {
        Offer disks = SampleOffer.with(roomy)
                .resource(disk(Source.Type.MOUNT, 1000, "/mnt/a"))
                .build();
        Constraint elsewhere = new Constraint("path", Constraint.Operator.LIKE, "/mnt/b.*");
        Constraint there = new Constraint("path", Constraint.Operator.LIKE, "/mnt/a");

        assertThat(isPlaced(withVolume(Volume.DiskType.MOUNT, 900, null), disks))
                .isFalse();
        assertThat(isPlaced(withVolume(Volume.DiskType.MOUNT, null, "fast"), disks))
                .isFalse();
        assertThat(isPlaced(withVolume(Volume.DiskType.MOUNT, null, null, elsewhere), disks))
                .isFalse();
        assertThat(isPlaced(withVolume(Volume.DiskType.MOUNT, 1000, null, there), disks))
                .isTrue();
    }

    private static boolean isPlaced(VersionedPod asking, Offer offer) {
        MatchResult found = match(List.of(SamplePod.request(asking, 1)), offer);
        if (found.matching().placements().isEmpty()) {
            assertThat(found.matching().unplaced().getFirst().refusals()).containsOnlyKeys(Refusal.INSUFFICIENT_DISK);
            return false;
        }
        return true;
    }

    private static VersionedPod withVolume(
            Volume.DiskType type, @Nullable Integer maxSize, @Nullable String profile, Constraint... constraints) {
        return SamplePod.of("/disk")
                .container(SampleContainer.named("c").asks("0.5", "64", "0").mount("data", "data", false))
                .volume(new Volume.Persistent("data", 512, type, maxSize, profile, List.of(constraints)))
                .build();
    }

    private static Resource disk(Source.Type type, double size, String root) {
        Source.Builder source = Source.newBuilder().setType(type);
        if (type == Source.Type.MOUNT) {
            source.setMount(Source.Mount.newBuilder().setRoot(root));
        } else {
            source.setPath(Source.Path.newBuilder().setRoot(root));
        }
        return SampleOffer.scalar("disk", size, "*").toBuilder()
                .setDisk(DiskInfo.newBuilder().setSource(source))
                .build();
    }

    @Test
    void launchesOnExactlyWhatIsReserved() {
        MatchResult found = match(List.of(bound), shown);

        assertThat(found.matching().placements()).hasSize(1);
        Allocation allocation = Objects.requireNonNull(found.allocations().get(bound.instance()));
        assertThat(Stream.concat(
                        allocation.executor().stream(),
                        allocation.containers().values().stream().flatMap(List::stream)))
                .allMatch(resource -> OfferedResource.role(resource).equals("ops")
                        && resource.getReservation().getLabels().getLabelsCount() == 2);
        assertThat(allocation.executor())
                .filteredOn(resource -> resource.getDisk().hasPersistence())
                .extracting(resource -> resource.getDisk().getPersistence().getId())
                .containsExactly(fresh.instance().persistenceId("data"));
    }

    @Test
    void hostPortsAreThoseReserved() {
        List<Integer> reserved =
                match(List.of(fresh), roomy).matching().placements().getFirst().hostPorts();

        assertThat(match(List.of(bound), shown)
                        .matching()
                        .placements()
                        .getFirst()
                        .hostPorts())
                .isEqualTo(reserved);
    }

    @Test
    void isFoundOnAnAgentThatCameBackUnderAnotherId() {
        Offer elsewhere = shown.toBuilder()
                .setAgentId(AgentID.newBuilder().setValue("S9"))
                .build();

        assertThat(match(List.of(bound), elsewhere)
                        .matching()
                        .placements()
                        .getFirst()
                        .agent()
                        .id())
                .isEqualTo("S9");
    }

    @Test
    void saysWhereAndSinceWhenItWaits() {
        Mismatch mismatch = match(List.of(bound), roomy)
                .matching()
                .unplaced()
                .getFirst()
                .mismatches()
                .getFirst();

        assertThat(mismatch.refusal()).isEqualTo(Refusal.NO_CORRESPONDING_RESERVATION_FOUND);
        assertThat(mismatch.describe())
                .isEqualTo(
                        "waits for what is reserved on host-of-old since " + NOW + ", which these offers do not show");
        assertThat(mismatch.offers()).isEqualTo(1);
    }

    @Test
    void aPartOfWhatIsReservedIsNotEnough() {
        Offer withoutVolume = shown.toBuilder()
                .clearResources()
                .addAllResources(shown.getResourcesList().stream()
                        .filter(resource -> !resource.getDisk().hasPersistence())
                        .toList())
                .build();

        assertThat(match(List.of(bound), withoutVolume).matching().placements()).isEmpty();
    }

    @Test
    void nobodyElseUsesWhatIsReserved() {
        Offer onlyReserved = shown.toBuilder()
                .clearResources()
                .addAllResources(shown.getResourcesList().stream()
                        .filter(Resource::hasReservation)
                        .toList())
                .build();
        VersionedPod other = SamplePod.of("/other")
                .container(SampleContainer.named("c").asks("0.1", "32", "0"))
                .build();

        assertThat(match(
                                List.of(
                                        SamplePod.request(other, 3),
                                        boundTo(SamplePod.request(pod, 7).instance(), 4)),
                                onlyReserved)
                        .matching()
                        .placements())
                .isEmpty();
    }

    @Test
    void namesWhatOffersShowAndReleasesWhatIsNotWanted() {
        MatchResult found =
                OfferMatcher.match(List.of(), Set.of(fresh.instance()), List.of(shown), SETTINGS, NOW, new Random(1));

        assertThat(found.matching().shown()).containsExactly(fresh.instance());
        assertThat(found.matching().releases()).containsExactly(new Release(fresh.instance(), "O1"));
        assertThat(match(List.of(), shown).matching().releases()).isEmpty();
    }

    @Test
    void whatOtherFrameworksReservedIsNotOurs() {
        Offer theirs = shown.toBuilder()
                .setFrameworkId(FrameworkID.newBuilder().setValue("f-2"))
                .build();

        assertThat(match(List.of(bound), theirs).matching().placements()).isEmpty();
        assertThat(match(List.of(), theirs).matching().shown()).isEmpty();
        assertThat(ReservationMessages.release(theirs, fresh.instance())).isEmpty();
    }

    private static double scalar(List<Resource> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.getName().equals(name))
                .mapToDouble(resource -> resource.getScalar().getValue())
                .sum();
    }

    private LaunchRequest boundTo(InstanceId reservation, int number) {
        return new LaunchRequest(
                SamplePod.request(pod, number).instance(),
                pod,
                List.of(),
                new Reserved(reservation, new Agent("old", "host-of-old", null, null), NOW));
    }

    private static Offer reserved(LaunchRequest request, Offer offer) {
        MatchResult found = match(List.of(request), offer);
        return ReservedOffer.after(
                offer,
                MESSAGES.reserve(
                        found.matching().placements().getFirst(),
                        Objects.requireNonNull(found.allocations().get(request.instance())),
                        offer.getFrameworkId()));
    }

    private static MatchResult match(List<LaunchRequest> requests, Offer offer) {
        return OfferMatcher.match(requests, List.of(offer), SETTINGS, NOW, new Random(1));
    }
}
