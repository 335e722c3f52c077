package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.deploy.cluster.Unplaced;
import io.muster.deploy.cluster.UnusedOffer;
import io.muster.deploy.cluster.UnusedOffer.Value;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.pods.model.Constraint.Operator;
import io.muster.pods.model.NetworkMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators and users of Marathon rely on, each with one small example. */
class MatchingBehaviourTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*", "prod"), MatchPolicy.usual(5));

    @Test
    void countsTheExecutorOnceBesideAllContainers() {
        SamplePod pod = SamplePod.of("/p")
                .container(SampleContainer.named("a").asks("0.5", "32", "0"))
                .container(SampleContainer.named("b").asks("0.4", "32", "0"));
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 1.0)
                .has("mem", 96)
                .has("disk", 10)
                .build();

        assertThat(match(pod.executor("0.1", "32", "10"), offer).placements()).hasSize(1);
        assertThat(explanation(match(pod.executor("0.2", "32", "10"), offer)))
                .isEqualTo("1 of /p found no place among 1 offers: needed 1.1 cpus, largest offer has 1 (1)");
    }

    @Test
    void putsFiveInstancesOnOneOfferAndTheOthersOnTheNext() {
        List<LaunchRequest> seven = requests(small(), 7);

        Matching first = match(seven, SETTINGS, roomy("o-1", "a-1").build());
        Matching second =
                match(seven.subList(5, 7), SETTINGS, roomy("o-2", "a-1").build());

        assertThat(first.placements()).hasSize(5);
        assertThat(second.placements()).hasSize(2);
    }

    @Test
    void choosesHostPortsBesideTheFixedOnesAndGivesThemToTheExecutor() {
        SamplePod pod = SamplePod.of("/p")
                .network(NetworkMode.BRIDGE, null)
                .container(SampleContainer.named("a").endpoint("any", 8080, 0))
                .container(SampleContainer.named("b").endpoint("fixed", 8081, 31_001));
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 4)
                .has("mem", 4096)
                .has("disk", 1024)
                .ports(31_000, 31_002)
                .build();

        for (int seed = 0; seed < 20; seed++) {
            MatchResult result = OfferMatcher.match(requests(pod, 1), List.of(offer), SETTINGS, NOW, new Random(seed));
            List<Integer> ports = result.matching().placements().getFirst().hostPorts();
            assertThat(ports.getFirst()).isIn(31_000, 31_002);
            assertThat(ports.getLast()).isEqualTo(31_001);
            Allocation allocation = result.allocations().values().iterator().next();
            assertThat(allocation.executor()).extracting(Resource::getName).endsWith("ports");
            assertThat(allocation.containers().values())
                    .allSatisfy(
                            own -> assertThat(own).extracting(Resource::getName).doesNotContain("ports"));
        }
    }

    @Test
    void namesTheHostPortsThatNoOfferHas() {
        SamplePod pod = SamplePod.of("/p")
                .container(SampleContainer.named("a").endpoint("http", null, 80).endpoint("admin", null, 31_000));

        Matching matching = match(
                pod,
                roomy("o-1", "a-1").build(),
                roomy("o-2", "a-2").ports(81, 90).build());

        assertThat(refusals(matching)).isEqualTo(Map.of(Refusal.INSUFFICIENT_PORTS, 2));
        assertThat(explanation(matching)).endsWith(": no offer has host port 80 (2)");
    }

    @Test
    void showsSomeOfTheRefusedOffersAsTheyCame() {
        List<Offer> offers = IntStream.range(0, 8)
                .mapToObj(i -> SampleOffer.of("o-" + i, "a-" + i)
                        .has("cpus", 0.2)
                        .ports(31_000, 31_005)
                        .attribute("rack", "r" + i)
                        .build())
                .toList();

        Matching matching = OfferMatcher.match(requests(small(), 1), offers, SETTINGS, NOW, new Random(1))
                .matching();

        List<UnusedOffer> examples = matching.unplaced().getFirst().examples();
        assertThat(examples).hasSize(Unplaced.MOST_EXAMPLES);
        UnusedOffer one = examples.getFirst();
        assertThat(one.reason()).isEqualTo(Refusal.INSUFFICIENT_MEMORY);
        assertThat(one.id().replace('o', 'a')).isEqualTo(one.agentId());
        assertThat(one.resources())
                .containsExactly(
                        new UnusedOffer.Resource("cpus", "*", Value.scalar(new BigDecimal("0.2"))),
                        new UnusedOffer.Resource(
                                "ports", "*", Value.ranges(List.of(new UnusedOffer.Range(31_000, 31_005)))));
        assertThat(one.attributes())
                .containsExactly(new UnusedOffer.Attribute(
                        "rack", Value.text("r" + one.agentId().substring(2))));
    }

    @Test
    void tellsHowManyHostPortsAreThereWhenTheyAreTooFewOrNeverTogether() {
        Offer one = bare("o-1", "a-1").ports(80, 80).build();
        Offer two = bare("o-2", "a-2").ports(81, 81).build();
        SamplePod any = SamplePod.of("/p")
                .container(SampleContainer.named("a").endpoint("x", null, 0).endpoint("y", null, 0));
        SamplePod fixed = SamplePod.of("/p")
                .container(SampleContainer.named("a").endpoint("x", null, 80).endpoint("y", null, 81));
        Offer many = bare("o-3", "a-3").ports(81, 90).build();

        assertThat(explanation(match(any, one, two))).endsWith(": needed 2 host ports, largest offer has 1 (2)");
        assertThat(explanation(match(fixed, one, many))).endsWith(": no offer has all wanted host ports together (2)");
    }

    @Test
    void placesOneInstanceOfAUniquePodOnEachHost() {
        SamplePod pod = small().constraint("@hostname", Operator.UNIQUE, null);
        Agent h1 = new Agent("a-1", "h1", null, null);

        Matching matching = match(
                requests(pod, 2, h1),
                SETTINGS,
                roomy("o-1", "a-1").host("h1").build(),
                roomy("o-2", "a-2").host("h2").build());

        assertThat(matching.placements()).extracting(Placement::offerId).containsExactly("o-2");
        assertThat(refusals(matching)).isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 2));
        assertThat(explanation(matching)).endsWith(": constraint @hostname UNIQUE does not admit h1, h2 (2)");
    }

    @Test
    void takesAMissingAttributeForUnlikeAlone() {
        Offer without = roomy("o-1", "a-1").build();

        assertThat(explanation(match(small().constraint("rack", Operator.MAX_PER, "2"), without)))
                .endsWith(": constraint rack MAX_PER 2, no such field in offers (1)");
        assertThat(match(small().constraint("rack", Operator.UNLIKE, "r1"), without)
                        .placements())
                .hasSize(1);
    }

    @Test
    void comparesTheTextOfANumber() {
        Offer offer = roomy("o-1", "a-1")
                .attribute(AttributeTextTest.scalar("gen", 2.0))
                .build();

        assertThat(match(small().constraint("gen", Operator.IS, "2"), offer).placements())
                .hasSize(1);
        assertThat(explanation(match(small().constraint("gen", Operator.LIKE, "2\\.0"), offer)))
                .endsWith(": constraint gen LIKE 2\\.0 does not admit 2 (1)");
    }

    @Test
    void groupsByAZoneNotInUseUntilThereAreEnough() {
        // A constraint on zones lifts the rule of regions.
        SamplePod pod = small().constraint("@zone", Operator.GROUP_BY, "3");
        Offer z1 = roomy("o-1", "a-1").domain("here", "z1").build();
        Offer z2 = roomy("o-2", "a-2").domain("here", "z2").build();

        assertThat(match(requests(pod, 1, in("z1")), SETTINGS, z1).placements()).isEmpty();
        assertThat(match(requests(pod, 1, in("z1")), SETTINGS, z2).placements()).hasSize(1);
        assertThat(match(requests(pod, 1, in("z1"), in("z2"), in("z3")), SETTINGS, z1)
                        .placements())
                .hasSize(1);
        assertThat(match(requests(pod, 1, in("z1"), in("z2"), in("z3")), SETTINGS, z2)
                        .placements())
                .hasSize(1);
    }

    @Test
    void groupsWithoutANumberOfGroups() {
        SamplePod pod = small().constraint("@zone", Operator.GROUP_BY, null);

        assertThat(match(
                                requests(pod, 3),
                                SETTINGS,
                                roomy("o-1", "a-1").domain("here", "z1").build())
                        .placements())
                .hasSize(3);
    }

    @Test
    void staysInTheRegionOfTheMasterUnlessThePodNamesAnother() {
        Offer remote = roomy("o-1", "a-1").domain("r2", "z1").build();
        MatchSettings home = SETTINGS.in("r1");

        assertThat(explanation(match(requests(small(), 1), home, remote)))
                .endsWith(": stays in region r1, offers are of r2 (1)");
        assertThat(explanation(match(requests(small(), 1), SETTINGS, remote)))
                .endsWith(": stays where the master is, which has no region, offers are of r2 (1)");
        assertThat(match(requests(small().constraint("@region", Operator.IS, "r2"), 1), home, remote)
                        .placements())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // begins in, lasts, draining before it (seconds), avoided
                "-1,   600, 0,   true",
                "0,    600, 0,   false",
                "60,   600, 0,   false",
                "60,   600, 120, true",
                "60,   600, 60,  false",
                "-600, 600, 0,   true",
                "-601, 600, 0,   false",
                "-601, -,   0,   true",
                "60,   -,   0,   false",
            })
    void avoidsAgentsInMaintenanceOrSoonToBe(long start, @Nullable Long duration, long draining, boolean avoided) {
        Offer offer = roomy("o-1", "a-1")
                .unavailable(NOW.plusSeconds(start), duration == null ? null : Duration.ofSeconds(duration))
                .build();
        MatchSettings drained = with(true, Duration.ofSeconds(draining));

        assertThat(match(requests(small(), 1), drained, offer).placements().isEmpty())
                .isEqualTo(avoided);
        assertThat(match(requests(small(), 1), with(false, Duration.ZERO), offer)
                        .placements())
                .as("switched off")
                .hasSize(1);
    }

    @Test
    void tellsUntilWhenMaintenanceLasts() {
        Offer ending = roomy("o-1", "a-1")
                .unavailable(NOW.minusSeconds(60), Duration.ofMinutes(10))
                .build();
        Offer endless =
                roomy("o-2", "a-2").unavailable(NOW.minusSeconds(60), null).build();

        Matching matching = match(small(), ending, endless);

        assertThat(refusals(matching)).isEqualTo(Map.of(Refusal.AGENT_MAINTENANCE, 2));
        assertThat(explanation(matching))
                .endsWith(": agents are in maintenance, the first one until 2026-11-22T12:09:00Z (2)");
        assertThat(explanation(match(small(), endless))).endsWith(": agents are in maintenance without an end (1)");
    }

    @Test
    void takesWhatAnAcceptedRoleHasAndTellsRoleAndAmountApart() {
        Offer unreserved = roomy("o-1", "a-1").build();
        Offer portsOnly = roomy("o-1", "a-1").ports(80, 80, "prod").build();
        SamplePod prod = small().acceptedRoles("prod");

        assertThat(explanation(match(prod, unreserved)))
                .endsWith(": accepts resources of role prod, offers have * (1)");
        assertThat(explanation(match(prod, portsOnly))).endsWith(": needed 0.2 cpus, largest offer has 0 (1)");
        assertThat(refusals(match(prod, unreserved))).isEqualTo(Map.of(Refusal.UNFULFILLED_ROLE, 1));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // setting, label, gpus asked for, placed
                "RESTRICTED,   -,            0, false",
                "RESTRICTED,   unrestricted, 0, true",
                "RESTRICTED,   undefined,    0, true",
                "RESTRICTED,   nonsense,     0, false",
                "RESTRICTED,   -,            1, true",
                "UNRESTRICTED, -,            0, true",
                "UNRESTRICTED, restricted,   0, false",
                "UNDEFINED,    -,            0, true",
                "UNDEFINED,    Restricted,   0, false",
            })
    void keepsGpusForThoseWhoNeedThem(GpuScheduling setting, @Nullable String label, int gpus, boolean placed) {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").gpus(gpus));
        if (label != null) {
            pod.label("GPU_SCHEDULING_BEHAVIOR", label);
        }
        MatchPolicy policy = new MatchPolicy(5, PlacementStrategy.SPREAD, setting, true, Duration.ZERO);

        Matching matching = match(
                requests(pod, 1),
                new MatchSettings(Set.of("*"), policy),
                roomy("o-1", "a-1").has("gpus", 1).build());

        assertThat(matching.placements().isEmpty()).isNotEqualTo(placed);
        if (!placed) {
            assertThat(explanation(matching))
                    .endsWith(": needs no gpus, and offers with gpus are kept for pods that do (1)");
            assertThat(refusals(matching)).isEqualTo(Map.of(Refusal.DECLINED_SCARCE_RESOURCES, 1));
        }
    }

    @Test
    void takesNoPartOfAGpu() {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").gpus(2));

        assertThat(explanation(match(pod, roomy("o-1", "a-1").has("gpus", 1.5).build())))
                .endsWith(": needed 2 gpus, largest offer has 1 (1)");
    }

    @Test
    void usesTwoRolesInOneGroupAndOfNeitherMoreThanIsOffered() {
        SamplePod pod = SamplePod.of("/p")
                .container(SampleContainer.named("a").asks("1", "32", "0"))
                .container(SampleContainer.named("b").asks("1", "32", "0"));
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 1.1, "prod")
                .has("cpus", 1, "*")
                .has("mem", 96)
                .has("disk", 10)
                .build();

        Allocation allocation = OfferMatcher.match(requests(pod, 1), List.of(offer), SETTINGS, NOW, new Random(1))
                .allocations()
                .values()
                .iterator()
                .next();

        assertThat(allocation.containers().get("a"))
                .extracting(OfferedResource::role)
                .containsExactly("prod", "*");
        assertThat(allocation.containers().get("b"))
                .extracting(OfferedResource::role)
                .containsExactly("*", "*");
    }

    @Test
    void usesWhatIsReservedForTheRolesAboveItsOwn() {
        assertThat(MatchSettings.rolesOfferedTo("*")).containsExactly("*");
        assertThat(MatchSettings.rolesOfferedTo("web")).containsExactlyInAnyOrder("*", "web");
        assertThat(MatchSettings.rolesOfferedTo("eng/web/eu"))
                .containsExactlyInAnyOrder("*", "eng", "eng/web", "eng/web/eu");
    }

    @Test
    void mixesNoResourcesThatAreAllocatedToDifferentRoles() {
        Resource elsewhere = SampleOffer.scalar("disk", 1024, "*").toBuilder()
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("other"))
                .build();
        SampleOffer offer =
                SampleOffer.of("o-1", "a-1").has("cpus", 4).has("mem", 4096).resource(elsewhere);

        assertThat(match(small(), offer.build()).placements()).hasSize(1);
        assertThat(refusals(match(small(), offer.allocatedTo("prod").build())))
                .isEqualTo(Map.of(Refusal.INSUFFICIENT_DISK, 1));
    }

    @Test
    void keepsTheAllocationOfWhatItUses() {
        Resource disk = SampleOffer.scalar("disk", 1024, "*").toBuilder()
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("prod"))
                .build();
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", 4)
                .has("mem", 4096)
                .resource(disk)
                .allocatedTo("prod")
                .build();

        List<Resource> executor = OfferMatcher.match(requests(small(), 1), List.of(offer), SETTINGS, NOW, new Random(1))
                .allocations()
                .values()
                .iterator()
                .next()
                .executor();

        assertThat(executor.getLast().getAllocationInfo().getRole()).isEqualTo("prod");
        assertThat(executor.getFirst().hasAllocationInfo()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"NaN", "-1", "Infinity", "-Infinity"})
    void takesAnAmountThatIsNoneForNothing(double amount) {
        Offer offer = SampleOffer.of("o-1", "a-1")
                .has("cpus", amount)
                .has("mem", 4096)
                .build();

        assertThat(explanation(match(small(), offer))).endsWith(": needed 0.2 cpus, largest offer has 0 (1)");
    }

    @ParameterizedTest
    @CsvSource({
        // ranges, how many ports
        "32000-31000 31000-31001, 2",
        "31000-31004 31003-31005, 6",
        "31000-31004 31000-31001, 5",
        "0-2 65535-70000,         3",
        "-5-31000 80-80,          1",
        "65000-65001 65001--1,    536",
        "70000-70001 80-80,       1",
    })
    void readsRangesThatOverlapOrLeadNowhere(String ranges, int ports) {
        SampleOffer offer = bare("o-1", "a-1");
        Resource.Builder resource = null;
        for (String range : Arrays.asList(ranges.split(" ", -1))) {
            int dash = range.indexOf('-', 1);
            long begin = Long.parseLong(range.substring(0, dash));
            long end = Long.parseLong(range.substring(dash + 1));
            Resource one = SampleOffer.portRange(begin, end, "*");
            resource = resource == null
                    ? one.toBuilder()
                    : resource.setRanges(resource.getRanges().toBuilder()
                            .addRange(one.getRanges().getRange(0)));
        }
        Offer built = resource == null
                ? offer.build()
                : offer.resource(resource.build()).build();

        assertThat(new OpenOffer(built)
                        .portsFor(Set.of("*")).stream()
                                .mapToInt(PortStock::count)
                                .sum())
                .isEqualTo(ports);
    }

    @Test
    void namesNoMoreThanTwentyValues() {
        Offer[] offers = IntStream.range(0, 30)
                .mapToObj(i -> roomy("o-" + i, "a-" + i)
                        .attribute("rack", "r-" + (10 + i))
                        .build())
                .toArray(Offer[]::new);

        String explanation = explanation(match(small().constraint("rack", Operator.IS, "x"), offers));

        assertThat(explanation).contains("does not admit r-1").endsWith(" and others (30)");
        assertThat(explanation.split("r-", -1)).hasSize(21);
    }

    @Test
    void fillsTheAgentThatIsMostUsed() {
        List<Offer> offers = new ArrayList<>(List.of(
                roomy("o-1", "empty").build(),
                roomy("o-2", "busy").executors("e-1", "e-2").build(),
                roomy("o-3", "used").executors("e-3").build()));
        MatchPolicy packed =
                new MatchPolicy(5, PlacementStrategy.BIN_PACK, GpuScheduling.UNDEFINED, true, Duration.ZERO);

        for (int seed = 0; seed < 6; seed++) {
            Collections.shuffle(offers, new Random(seed));
            Matching matching = OfferMatcher.match(
                            requests(small(), 12),
                            offers,
                            new MatchSettings(Set.of("*"), packed),
                            NOW,
                            new Random(seed))
                    .matching();

            assertThat(matching.placements())
                    .extracting(placement -> placement.agent().id())
                    .containsExactly(
                            "busy", "busy", "busy", "busy", "busy", "used", "used", "used", "used", "used", "empty",
                            "empty");
        }
    }

    private static MatchSettings with(boolean maintenance, Duration draining) {
        return new MatchSettings(
                Set.of("*"),
                new MatchPolicy(5, PlacementStrategy.SPREAD, GpuScheduling.UNDEFINED, maintenance, draining));
    }

    /** Takes 0.2 cpus with its executor. */
    private static SamplePod small() {
        return SamplePod.of("/p").container(SampleContainer.named("c").asks("0.1", "32", "0"));
    }

    private static Agent in(String zone) {
        return new Agent("a-9", "h9", "here", zone);
    }

    private static SampleOffer roomy(String id, String agent) {
        return SampleOffer.with(SampleOffer.roomy(id, agent));
    }

    /** Without ports. */
    private static SampleOffer bare(String id, String agent) {
        return SampleOffer.of(id, agent).has("cpus", 4).has("mem", 4096).has("disk", 1024);
    }

    private static List<LaunchRequest> requests(SamplePod pod, int count, Agent... neighbours) {
        return IntStream.range(0, count)
                .mapToObj(n -> new LaunchRequest(
                        SamplePod.request(pod.build(), n).instance(), pod.build(), List.of(neighbours)))
                .toList();
    }

    private static Matching match(SamplePod pod, Offer... offers) {
        return match(requests(pod, 1), SETTINGS, offers);
    }

    private static Matching match(List<LaunchRequest> requests, MatchSettings settings, Offer... offers) {
        return OfferMatcher.match(requests, List.of(offers), settings, NOW, new Random(7))
                .matching();
    }

    private static Map<Refusal, Integer> refusals(Matching matching) {
        assertThat(matching.unplaced()).hasSize(1);
        return matching.unplaced().getFirst().refusals();
    }

    private static String explanation(Matching matching) {
        return matching.unplaced().stream().map(Unplaced::describe).findFirst().orElse("placed");
    }
}
