package io.muster.mesos.matching;

import static io.muster.mesos.SampleOffer.roomy;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.deploy.cluster.Refusal;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.mesos.v1.Protos.Offer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Constraints over several placements of one round. */
class ConstrainedMatchingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*"), MatchPolicy.usual(100));

    @Test
    void countsThePlacementsOfTheSameRound() {
        Matching matching = match(
                requests(pod("hostname", Operator.UNIQUE, null), 5),
                roomy("o-1", "a-1"),
                roomy("o-2", "a-2"),
                roomy("o-3", "a-1"),
                roomy("o-4", "a-3"));

        assertThat(matching.placements())
                .extracting(placement -> placement.agent().hostname())
                .containsExactlyInAnyOrder("a-1.example", "a-2.example", "a-3.example");
        assertThat(matching.unplaced().getFirst().instances()).isEqualTo(2);
        assertThat(refusals(matching)).isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 4));
    }

    @Test
    void countsTheInstancesThereAre() {
        VersionedPod pod = pod("hostname", Operator.MAX_PER, "2");
        Agent first = new Agent("a-1", "a-1.example", null, null);

        Matching matching = match(requests(pod, 4, first, first), roomy("o-1", "a-1"), roomy("o-2", "a-2"));

        assertThat(matching.placements())
                .extracting(placement -> placement.agent().id())
                .containsExactly("a-2", "a-2");
    }

    @Test
    void followsTheFirstPlacementOfTheRoundWithCluster() {
        for (int seed = 0; seed < 20; seed++) {
            Matching matching = match(
                    seed,
                    requests(pod("rack", Operator.CLUSTER, null), 6),
                    rack("o-1", "r-1"),
                    rack("o-2", "r-2"),
                    rack("o-3", "r-1"),
                    rack("o-4", "r-2"));

            assertThat(matching.placements()).hasSize(6);
            assertThat(matching.placements())
                    .extracting(placement -> placement.agent().field("rack"))
                    .containsOnly(matching.placements().getFirst().agent().field("rack"));
        }
    }

    @Test
    void asksAnOfferAgainThatGroupByRefusedOnceTheGroupsHaveEvenedOut() {
        for (int seed = 0; seed < 20; seed++) {
            // Whichever of the first two comes second is refused at first, and needed in the end.
            Matching matching = match(
                    seed,
                    requests(pod("rack", Operator.GROUP_BY, "2"), 8),
                    rack("o-1", "r-1", "0.4"),
                    rack("o-2", "r-1", "0.4"),
                    rack("o-3", "r-2", "0.8"));

            assertThat(matching.placements()).as("seed %s", seed).hasSize(8);
        }
    }

    @Test
    void asksAgainWithinTheGroupsOnly() {
        Agent first = new Agent("a-9", "a-9.example", null, null, Map.of("rack", "r-1"));

        Matching matching =
                match(requests(pod("rack", Operator.GROUP_BY, "2"), 3, first), rack("o-1", "r-1"), rack("o-2", "r-1"));

        assertThat(matching.placements()).isEmpty();
        assertThat(refusals(matching)).isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 2));
    }

    @Test
    void countsEachOfferForOneReasonAlsoWhenItIsAskedAgain() {
        // The small one is refused by its group at first, and for its size when it is asked again.
        Offer small = SampleOffer.of("o-2", "a-2")
                .attribute("rack", "r-2")
                .has("cpus", 0.1)
                .build();
        Agent second = new Agent("a-9", "a-9.example", null, null, Map.of("rack", "r-2"));

        Matching matching = match(requests(pod("rack", Operator.GROUP_BY, "2"), 4, second), rack("o-1", "r-1"), small);

        assertThat(matching.placements()).extracting(Placement::offerId).containsExactly("o-1", "o-1");
        assertThat(refusals(matching))
                .isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 1, Refusal.INSUFFICIENT_CPUS, 1));
    }

    @Test
    void holdsOverAllVersionsOfOneConfiguration() {
        List<LaunchRequest> requests = new ArrayList<>();
        requests.add(
                SamplePod.request(builder("hostname", Operator.UNIQUE, null).build(), 1));
        requests.add(SamplePod.request(
                builder("hostname", Operator.UNIQUE, null)
                        .version("2026-11-23T00:00:00.000Z")
                        .build(),
                2));

        assertThat(match(requests, roomy("o-1", "a-1")).placements()).hasSize(1);
    }

    @Test
    void leavesOtherPodsAlone() {
        List<LaunchRequest> requests = new ArrayList<>(requests(pod("hostname", Operator.UNIQUE, null), 2));
        VersionedPod other =
                SamplePod.of("/other").container(SampleContainer.named("c")).build();
        requests.addAll(requests(other, 2));

        assertThat(match(requests, roomy("o-1", "a-1")).placements())
                .extracting(placement -> placement.request().pod().id().text())
                .containsExactly("/p", "/other", "/other");
    }

    @Test
    void namesTheRoleBeforeTheConstraintAndTheConstraintBeforeTheResources() {
        Offer empty = SampleOffer.of("o-1", "a-1").has("cpus", 0.1).build();
        Offer foreign = SampleOffer.of("o-1", "a-1").has("cpus", 4, "db").build();
        List<LaunchRequest> requests = requests(pod("hostname", Operator.IS, "elsewhere"), 1);

        assertThat(refusals(match(requests, empty))).isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 1));
        assertThat(refusals(match(requests, foreign))).isEqualTo(Map.of(Refusal.UNFULFILLED_ROLE, 1));
    }

    @Test
    void staysInTheRegionOfTheMaster() {
        Offer remote = SampleOffer.of("o-1", "a-1")
                .domain("east", "z-1")
                .has("cpus", 4)
                .has("mem", 4096)
                .has("disk", 1024)
                .build();
        MatchSettings west = SETTINGS.in("west");

        assertThat(refusals(OfferMatcher.match(
                                requests(pod("hostname", Operator.UNIQUE, null), 1),
                                List.of(remote),
                                west,
                                NOW,
                                new Random(1))
                        .matching()))
                .isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 1));
        assertThat(OfferMatcher.match(
                                requests(pod("@region", Operator.IS, "east"), 1),
                                List.of(remote),
                                west,
                                NOW,
                                new Random(1))
                        .matching()
                        .placements())
                .hasSize(1);
    }

    @Test
    @Timeout(30)
    void looksThroughAThousandOffersForTenThousandInstancesWithConstraints() {
        List<Offer> offers = IntStream.range(0, 1_000)
                .mapToObj(i -> SampleOffer.of("o-" + i, "a-" + i)
                        .attribute("rack", "r-" + i % 3)
                        .has("cpus", 64)
                        .has("mem", 65_536)
                        .has("disk", 65_536)
                        .build())
                .toList();
        List<LaunchRequest> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            VersionedPod pod = SamplePod.of("/p-" + i)
                    .constraint("rack", Operator.GROUP_BY, "3")
                    .constraint("hostname", Operator.UNIQUE, null)
                    .constraint("hostname", Operator.LIKE, "a-[0-9]+\\.example")
                    .container(SampleContainer.named("c").asks("0.1", "32", "0"))
                    .build();
            requests.addAll(requests(pod, 100));
        }

        Matching matching = OfferMatcher.match(requests, offers, SETTINGS, NOW, new Random(1))
                .matching();

        assertThat(matching.placements()).hasSize(10_000);
    }

    private static Map<Refusal, Integer> refusals(Matching matching) {
        assertThat(matching.unplaced()).hasSize(1);
        return matching.unplaced().getFirst().refusals();
    }

    private static Matching match(List<LaunchRequest> requests, Offer... offers) {
        return match(7, requests, offers);
    }

    private static Matching match(long seed, List<LaunchRequest> requests, Offer... offers) {
        return OfferMatcher.match(requests, List.of(offers), SETTINGS, NOW, new Random(seed))
                .matching();
    }

    private static VersionedPod pod(String field, Operator operator, @Nullable String value) {
        return builder(field, operator, value).build();
    }

    private static SamplePod builder(String field, Operator operator, @Nullable String value) {
        return SamplePod.of("/p")
                .constraint(field, operator, value)
                .container(SampleContainer.named("c").asks("0.1", "32", "0"));
    }

    private static List<LaunchRequest> requests(VersionedPod pod, int instances, Agent... neighbours) {
        return IntStream.range(0, instances)
                .mapToObj(number ->
                        new LaunchRequest(SamplePod.request(pod, number).instance(), pod, List.of(neighbours)))
                .toList();
    }

    private static Offer rack(String id, String rack) {
        return rack(id, rack, "4");
    }

    /** An instance takes 0.2 cpus. */
    private static Offer rack(String id, String rack, String cpus) {
        return SampleOffer.of(id, "a-" + id)
                .attribute("rack", rack)
                .has("cpus", Double.parseDouble(cpus))
                .has("mem", 4096)
                .has("disk", 1024)
                .build();
    }
}
