package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.InstanceId;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Container;
import io.muster.pods.model.PodDefinition;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator decided must hold in every round; the rules are written down a second time here. */
class PolicyPropertiesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final int INSTANCES_PER_OFFER = 4;

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsToThePolicy(long seed) {
        Random random = new Random(seed);
        List<Offer> offers = offers(random);
        MatchPolicy policy = policy(random);

        for (Placement placement :
                match(requests(random), offers, policy, random).matching().placements()) {
            Offer offer = Objects.requireNonNull(byId(offers).get(placement.offerId()));
            assertThat(policy.maintenance() && isAway(offer, policy))
                    .as("%s in maintenance", offer)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesGpusToThoseWhoNeedThemUntilAllAreTaken(long seed) {
        Random random = new Random(seed);
        List<Offer> offers = offers(random);
        MatchPolicy policy = policy(random);

        MatchResult result = match(requests(random), offers, policy, random);

        Map<String, BigDecimal> gpus = new HashMap<>();
        offers.forEach(offer -> gpus.put(offer.getId().getValue(), amount(offer.getResourcesList(), "gpus")));
        for (Placement placement : result.matching().placements()) {
            PodDefinition pod = placement.request().pod().definition();
            BigDecimal left = Objects.requireNonNull(gpus.get(placement.offerId()));
            assertThat(needsGpus(pod) || !isRestricted(pod, policy) || left.signum() == 0)
                    .as("%s on %s with %s gpus", pod, placement.offerId(), left)
                    .isTrue();
            gpus.put(placement.offerId(), left.subtract(amount(all(result, placement), "gpus")));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void opensNoAgentWhileOneInUseSuits(long seed) {
        Random random = new Random(seed);
        List<Offer> offers = offers(random);
        MatchPolicy policy = new MatchPolicy(
                INSTANCES_PER_OFFER, PlacementStrategy.BIN_PACK, GpuScheduling.UNRESTRICTED, true, Duration.ZERO);

        MatchResult result = match(requests(random), offers, policy, random);

        Map<String, Left> left =
                offers.stream().collect(Collectors.toMap(o -> o.getId().getValue(), Left::new));
        Set<String> inUse = new HashSet<>();
        offers.stream()
                .filter(offer -> offer.getExecutorIdsCount() > 0)
                .forEach(offer -> inUse.add(offer.getAgentId().getValue()));
        for (Placement placement : result.matching().placements()) {
            PodDefinition pod = placement.request().pod().definition();
            if (!inUse.contains(placement.agent().id())) {
                assertThat(left.values())
                        .as(
                                "in use before %s on %s",
                                pod.id(), placement.agent().id())
                        .noneMatch(other -> inUse.contains(other.agent)
                                && !isAway(other.offer, policy)
                                && other.suits(pod, policy));
            }
            inUse.add(placement.agent().id());
            Objects.requireNonNull(left.get(placement.offerId())).take(all(result, placement));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packsTheSameWayWhateverTheOrderOfOffersAndTheChance(long seed) {
        Random random = new Random(seed);
        List<Offer> offers = offers(random);
        List<LaunchRequest> requests = requests(random);
        MatchPolicy policy = new MatchPolicy(
                INSTANCES_PER_OFFER, PlacementStrategy.BIN_PACK, GpuScheduling.UNRESTRICTED, true, Duration.ZERO);

        Map<InstanceId, String> places = places(match(requests, offers, policy, random));

        assertThat(places(match(requests, offers.reversed(), policy, random))).isEqualTo(places);
    }

    private static Map<InstanceId, String> places(MatchResult result) {
        return result.matching().placements().stream()
                .collect(Collectors.toMap(placement -> placement.request().instance(), Placement::offerId));
    }

    /** What is left of an offer, by a calculation of its own. */
    private static final class Left {

        private final Offer offer;
        private final String agent;
        private final Map<String, BigDecimal> amounts = new HashMap<>();
        private int instances;

        Left(Offer offer) {
            this.offer = offer;
            this.agent = offer.getAgentId().getValue();
            for (String name : List.of("cpus", "mem", "disk", "gpus")) {
                amounts.put(name, amount(offer.getResourcesList(), name));
            }
        }

        boolean suits(PodDefinition pod, MatchPolicy policy) {
            boolean scarce = !needsGpus(pod) && isRestricted(pod, policy) && has("gpus", BigDecimal.ONE);
            return !scarce
                    && instances < INSTANCES_PER_OFFER
                    && has(
                            "cpus",
                            sum(pod, c -> c.resources().cpus())
                                    .add(pod.executorResources().cpus()))
                    && has(
                            "mem",
                            sum(pod, c -> c.resources().mem())
                                    .add(pod.executorResources().mem()))
                    && has(
                            "disk",
                            sum(pod, c -> c.resources().disk())
                                    .add(pod.executorResources().disk()))
                    && has(
                            "gpus",
                            sum(pod, c -> BigDecimal.valueOf(c.resources().gpus())));
        }

        private boolean has(String name, BigDecimal needed) {
            return Objects.requireNonNull(amounts.get(name)).compareTo(needed) >= 0;
        }

        void take(List<Resource> taken) {
            instances++;
            amounts.replaceAll((name, amount) -> amount.subtract(amount(taken, name)));
        }

        private static BigDecimal sum(PodDefinition pod, Function<Container, BigDecimal> amount) {
            return pod.containers().stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    private static boolean isAway(Offer offer, MatchPolicy policy) {
        if (!offer.hasUnavailability()) {
            return false;
        }
        long start = offer.getUnavailability().getStart().getNanoseconds();
        long now = Duration.between(Instant.EPOCH, NOW).toNanos();
        long end = offer.getUnavailability().hasDuration()
                ? start + offer.getUnavailability().getDuration().getNanoseconds()
                : Long.MAX_VALUE;
        return now > start - policy.draining().toNanos() && now <= end;
    }

    private static boolean needsGpus(PodDefinition pod) {
        return pod.containers().stream()
                .anyMatch(container -> container.resources().gpus() > 0);
    }

    private static boolean isRestricted(PodDefinition pod, MatchPolicy policy) {
        String label = pod.labels().get("GPU_SCHEDULING_BEHAVIOR");
        return label == null ? policy.gpuScheduling() == GpuScheduling.RESTRICTED : label.equals("restricted");
    }

    private static MatchPolicy policy(Random random) {
        return new MatchPolicy(
                INSTANCES_PER_OFFER,
                random.nextBoolean() ? PlacementStrategy.SPREAD : PlacementStrategy.BIN_PACK,
                List.of(GpuScheduling.values()).get(random.nextInt(3)),
                random.nextInt(4) > 0,
                Duration.ofSeconds(random.nextInt(3) * 60L));
    }

    private static List<Offer> offers(Random random) {
        List<Offer> offers = new ArrayList<>();
        int count = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            String agent = "a-" + random.nextInt(6);
            SampleOffer offer = SampleOffer.of("o-" + i, agent)
                    .has("cpus", random.nextInt(30) / 10.0)
                    .has("mem", random.nextInt(600))
                    .has("disk", random.nextInt(100));
            if (random.nextInt(3) == 0) {
                offer.has("gpus", random.nextInt(3));
            }
            if (random.nextInt(3) == 0) {
                offer.unavailable(
                        NOW.plusSeconds(random.nextInt(-300, 300)),
                        random.nextBoolean() ? null : Duration.ofSeconds(random.nextInt(300)));
            }
            if (agent.equals("a-1") || agent.equals("a-2")) {
                offer.executors("e-1");
            }
            offers.add(offer.build());
        }
        return offers;
    }

    private static List<LaunchRequest> requests(Random random) {
        List<VersionedPod> pods = new ArrayList<>();
        int kinds = 1 + random.nextInt(4);
        for (int i = 0; i < kinds; i++) {
            SamplePod pod = SamplePod.of("/p-" + i)
                    .container(SampleContainer.named("c")
                            .asks(
                                    BigDecimal.valueOf(1 + random.nextInt(10), 1)
                                            .toString(),
                                    Integer.toString(1 + random.nextInt(100)),
                                    "0")
                            .gpus(random.nextInt(3) == 0 ? 1 : 0));
            if (random.nextInt(4) == 0) {
                pod.label("GPU_SCHEDULING_BEHAVIOR", random.nextBoolean() ? "restricted" : "unrestricted");
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

    private static MatchResult match(
            List<LaunchRequest> requests, List<Offer> offers, MatchPolicy policy, Random random) {
        return OfferMatcher.match(requests, offers, new MatchSettings(Set.of("*"), policy), NOW, random);
    }

    private static Map<String, Offer> byId(List<Offer> offers) {
        return offers.stream().collect(Collectors.toMap(offer -> offer.getId().getValue(), Function.identity()));
    }

    private static List<Resource> all(MatchResult result, Placement placement) {
        Allocation allocation = Objects.requireNonNull(
                result.allocations().get(placement.request().instance()));
        return Stream.concat(
                        allocation.executor().stream(),
                        allocation.containers().values().stream().flatMap(List::stream))
                .toList();
    }

    private static BigDecimal amount(List<Resource> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.getName().equals(name))
                .map(resource -> BigDecimal.valueOf(resource.getScalar().getValue()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
