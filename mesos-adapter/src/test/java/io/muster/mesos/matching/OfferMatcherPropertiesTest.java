package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Placement;
import io.muster.history.PodId;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.Endpoint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold whatever is asked and offered, tried with generated rounds. */
class OfferMatcherPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*", "web"), MatchPolicy.usual(1_000));

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void promisesNothingTwiceAndGivesWhatIsAskedFor(long seed) {
        Random random = new Random(seed);
        List<Offer> offers = offers(random);
        List<LaunchRequest> requests = requests(random);

        MatchResult result = OfferMatcher.match(requests, offers, SETTINGS, NOW, random);

        Map<String, List<Placement>> byOffer =
                result.matching().placements().stream().collect(Collectors.groupingBy(Placement::offerId));
        for (Offer offer : offers) {
            List<Placement> placements = byOffer.getOrDefault(offer.getId().getValue(), List.of());
            assertOfferIsNotOverdrawn(offer, placements, result.allocations());
        }
        result.matching()
                .placements()
                .forEach(placement -> assertDemandIsMet(
                        placement,
                        Objects.requireNonNull(
                                result.allocations().get(placement.request().instance()))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void placesOrRefusesEveryRequestOnceAndInOrder(long seed) {
        Random random = new Random(seed);
        List<Offer> offers = offers(random);
        List<LaunchRequest> requests = requests(random);

        MatchResult result = OfferMatcher.match(requests, offers, SETTINGS, NOW, random);

        List<InstanceId> placed = result.matching().placements().stream()
                .map(placement -> placement.request().instance())
                .toList();
        assertThat(placed)
                .isEqualTo(requests.stream()
                        .map(LaunchRequest::instance)
                        .filter(placed::contains)
                        .toList());
        Map<PodId, Long> unplaced = requests.stream()
                .filter(request -> !placed.contains(request.instance()))
                .collect(Collectors.groupingBy(request -> request.pod().id(), Collectors.counting()));
        assertThat(result.matching().unplaced()).hasSize(unplaced.size()).allSatisfy(found -> {
            assertThat(unplaced).containsEntry(found.pod(), (long) found.instances());
            assertThat(found.refusals().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(offers.size());
        });
        assertThat(result.allocations().keySet()).isEqualTo(Set.copyOf(placed));
    }

    private static void assertOfferIsNotOverdrawn(
            Offer offer, List<Placement> placements, Map<InstanceId, Allocation> allocations) {
        Map<Resource, BigDecimal> left = new HashMap<>();
        Set<String> freePorts = new HashSet<>();
        for (Resource resource : offer.getResourcesList()) {
            left.merge(key(resource), amount(resource), BigDecimal::add);
            freePorts.addAll(ports(resource));
        }
        for (Placement placement : placements) {
            assertThat(placement.agent().id()).isEqualTo(offer.getAgentId().getValue());
            for (Resource taken : all(
                    Objects.requireNonNull(allocations.get(placement.request().instance())))) {
                left.merge(key(taken), amount(taken).negate(), BigDecimal::add);
                assertThat(ports(taken))
                        .allSatisfy(port ->
                                assertThat(freePorts.remove(port)).as(port).isTrue());
            }
        }
        assertThat(left.values()).allSatisfy(amount -> assertThat(amount).isNotNegative());
    }

    private static void assertDemandIsMet(Placement placement, Allocation allocation) {
        VersionedPod pod = placement.request().pod();
        Set<String> roles = pod.definition()
                        .scheduling()
                        .placement()
                        .acceptedResourceRoles()
                        .isEmpty()
                ? SETTINGS.defaultRoles()
                : Set.copyOf(pod.definition().scheduling().placement().acceptedResourceRoles());
        assertThat(all(allocation)).extracting(OfferedResource::role).allMatch(roles::contains);

        assertThat(sum(allocation.executor(), "cpus"))
                .isEqualByComparingTo(pod.definition().executorResources().cpus());
        for (Container container : pod.definition().containers()) {
            List<Resource> own = Objects.requireNonNull(allocation.containers().get(container.name()));
            assertThat(sum(own, "cpus"))
                    .isEqualByComparingTo(container.resources().cpus());
            assertThat(sum(own, "mem"))
                    .isEqualByComparingTo(container.resources().mem());
            assertThat(sum(own, "disk"))
                    .isEqualByComparingTo(container.resources().disk());
            assertThat(own).allMatch(resource -> !resource.getName().equals("ports"));
        }
        List<Integer> wanted = pod.definition().containers().stream()
                .flatMap(container -> container.endpoints().stream())
                .map(Endpoint::hostPort)
                .toList();
        assertThat(placement.hostPorts()).hasSameSizeAs(wanted).doesNotHaveDuplicates();
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(wanted.get(i)).isIn(0, placement.hostPorts().get(i));
        }
        assertThat(allocation.executor().stream()
                        .flatMap(resource -> ports(resource).stream())
                        .map(port -> Integer.valueOf(port.substring(port.indexOf(' ') + 1))))
                .containsExactlyInAnyOrderElementsOf(placement.hostPorts());
    }

    private static List<Offer> offers(Random random) {
        List<Offer> offers = new ArrayList<>();
        int count = random.nextInt(8);
        for (int i = 0; i < count; i++) {
            SampleOffer offer = SampleOffer.of("o-" + i, "a-" + random.nextInt(4));
            for (String role : List.of("*", "web", "db")) {
                if (random.nextBoolean()) {
                    offer.has("cpus", random.nextInt(3_000) / 1000.0, role).has("mem", random.nextInt(512), role);
                }
                if (random.nextBoolean()) {
                    offer.has("disk", random.nextInt(200), role);
                }
            }
            if (random.nextBoolean()) {
                offer.resource(SampleOffer.scalar("cpus", random.nextInt(2_000) / 1000.0, "web").toBuilder()
                        .setReservation(Resource.ReservationInfo.newBuilder().setPrincipal("ops"))
                        .build());
            }
            offer.ports(31_000, 31_000 + random.nextInt(6));
            if (random.nextBoolean()) {
                offer.ports(80, 81, "web");
            }
            offers.add(offer.build());
        }
        return offers;
    }

    private static List<LaunchRequest> requests(Random random) {
        List<VersionedPod> pods = new ArrayList<>();
        int kinds = 1 + random.nextInt(4);
        for (int i = 0; i < kinds; i++) {
            SamplePod pod = SamplePod.of("/p-" + i);
            if (random.nextInt(3) == 0) {
                pod.acceptedRoles(random.nextBoolean() ? "*" : "web");
            }
            int containers = 1 + random.nextInt(3);
            for (int c = 0; c < containers; c++) {
                pod.container(container(random, "c-" + c, c == 0));
            }
            pods.add(pod.build());
        }
        List<LaunchRequest> requests = new ArrayList<>();
        int count = random.nextInt(25);
        for (int i = 0; i < count; i++) {
            requests.add(SamplePod.request(pods.get(random.nextInt(pods.size())), i));
        }
        return requests;
    }

    private static SampleContainer container(Random random, String name, boolean mayFixPort) {
        SampleContainer container = SampleContainer.named(name)
                .asks(
                        BigDecimal.valueOf(1 + random.nextInt(700), 3).toString(),
                        Integer.toString(1 + random.nextInt(100)),
                        Integer.toString(random.nextInt(3) * 10));
        int endpoints = random.nextInt(3);
        for (int e = 0; e < endpoints; e++) {
            container.endpoint(name + "-e-" + e, null, 0);
        }
        if (mayFixPort && random.nextInt(3) == 0) {
            container.endpoint("fixed", null, random.nextBoolean() ? 80 : 31_002);
        }
        return container;
    }

    private static List<Resource> all(Allocation allocation) {
        return Stream.concat(
                        allocation.executor().stream(),
                        allocation.containers().values().stream().flatMap(List::stream))
                .toList();
    }

    /** All but the amount: Mesos takes two resources for one exactly when this is equal. */
    private static Resource key(Resource resource) {
        return resource.toBuilder().clearScalar().clearRanges().build();
    }

    private static BigDecimal amount(Resource resource) {
        return BigDecimal.valueOf(resource.getScalar().getValue());
    }

    private static BigDecimal sum(List<Resource> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.getName().equals(name))
                .map(OfferMatcherPropertiesTest::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Each with its role, since the same number may be offered once only. */
    private static Set<String> ports(Resource resource) {
        Set<String> ports = new HashSet<>();
        for (Value.Range range : resource.getRanges().getRangeList()) {
            for (long port = range.getBegin(); port <= range.getEnd(); port++) {
                ports.add(OfferedResource.role(resource) + " " + port);
            }
        }
        return ports;
    }
}
