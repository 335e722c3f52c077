package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.deploy.cluster.LaunchRequest;
import io.muster.deploy.cluster.Matching;
import io.muster.deploy.cluster.Placement;
import io.muster.mesos.SampleContainer;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.SamplePod;
import io.muster.pods.VersionedPod;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Constraint.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.Offer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several rounds over generated agents and constraints. Instances end between them, as they do; the rules are written
 * down a second time here, from the list of agents alone.
 */
class ConstraintsPropertyTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private static final MatchSettings SETTINGS = new MatchSettings(Set.of("*"), MatchPolicy.usual(1_000), "here");

    private static final List<Operator> OPERATORS = List.of(Operator.values());

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void keepsEveryConstraintAfterEveryPlacementAndMissesNoPlace(long seed) {
        Random random = new Random(seed);
        List<Constraint> constraints = constraints(random);
        VersionedPod pod = pod(constraints);
        List<Agent> placed = new ArrayList<>();

        for (int round = 0; round < 4; round++) {
            List<Offer> offers = offers(random);
            int wanted = random.nextInt(8);
            Matching matching = OfferMatcher.match(
                            requests(pod, wanted, List.copyOf(placed)), offers, SETTINGS, NOW, random)
                    .matching();

            for (Placement placement : matching.placements()) {
                assertThat(constraints)
                        .as("round %s: %s beside %s", round, placement.agent(), placed)
                        .allMatch(constraint -> holds(constraint, placement.agent(), placed));
                placed.add(placement.agent());
            }
            if (matching.placements().size() < wanted) {
                assertThat(offers)
                        .as("round %s: what is left out beside %s", round, placed)
                        .map(offer -> new OpenOffer(offer).agent())
                        .noneMatch(
                                agent -> constraints.stream().allMatch(constraint -> holds(constraint, agent, placed)));
            }
            Collections.shuffle(placed, random);
            placed.subList(0, random.nextInt(placed.size() + 1) / 2).clear();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void comesToPlacementsThatLookAsTheirOperatorsSay(long seed) {
        Random random = new Random(seed);
        List<Constraint> constraints = constraints(random);

        List<Agent> placed = OfferMatcher.match(
                        requests(pod(constraints), 12, List.of()), offers(random), SETTINGS, NOW, random)
                .matching()
                .placements()
                .stream()
                .map(Placement::agent)
                .toList();

        for (Constraint constraint : constraints) {
            Map<Optional<String>, Integer> groups = groups(constraint.fieldName(), placed);
            String value = Objects.requireNonNullElse(constraint.value(), "");
            switch (constraint.operator()) {
                case UNIQUE -> assertThat(groups.values()).allMatch(size -> size == 1);
                case MAX_PER -> assertThat(groups.values()).allMatch(size -> size <= Integer.parseInt(value));
                case CLUSTER -> assertThat(groups).hasSizeLessThanOrEqualTo(1);
                case GROUP_BY -> {
                    if (!groups.isEmpty()) {
                        int largest = Collections.max(groups.values());
                        // Nothing ended, so each new group begins at one; all others wait for the smallest.
                        assertThat(groups.size() >= Integer.parseInt("0" + value) || largest == 1)
                                .isTrue();
                    }
                }
                case LIKE ->
                    assertThat(groups.keySet()).allMatch(v -> v.orElseThrow().matches(value));
                case UNLIKE ->
                    assertThat(groups.keySet())
                            .noneMatch(v -> v.isPresent() && v.get().matches(value));
                case IS ->
                    assertThat(groups.keySet()).allMatch(v -> v.orElseThrow().equals(value));
            }
        }
    }

    /** Whether one more may be on this agent. */
    private static boolean holds(Constraint constraint, Agent agent, List<Agent> placed) {
        String field = constraint.fieldName();
        Optional<String> own = agent.field(field);
        if (own.isEmpty()) {
            return constraint.operator() == Operator.UNLIKE;
        }
        Map<Optional<String>, Integer> groups = groups(field, placed);
        int same = groups.getOrDefault(own, 0);
        String value = Objects.requireNonNullElse(constraint.value(), "");
        return switch (constraint.operator()) {
            case UNIQUE -> same == 0;
            case MAX_PER -> same < Integer.parseInt(value);
            case CLUSTER ->
                value.isEmpty()
                        ? placed.isEmpty() || placed.getFirst().field(field).equals(own)
                        : own.get().equals(value);
            case GROUP_BY ->
                same == 0
                        || (groups.size() >= Integer.parseInt("0" + value) && same == Collections.min(groups.values()));
            case LIKE -> own.get().matches(value);
            case UNLIKE -> !own.get().matches(value);
            case IS -> own.get().equals(value);
        };
    }

    private static Map<Optional<String>, Integer> groups(String field, List<Agent> placed) {
        Map<Optional<String>, Integer> groups = new HashMap<>();
        placed.forEach(agent -> groups.merge(agent.field(field), 1, Integer::sum));
        return groups;
    }

    private static List<Constraint> constraints(Random random) {
        List<Constraint> constraints = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String field = List.of("hostname", "@zone", "rack", "number").get(random.nextInt(4));
            Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
            String value = switch (operator) {
                case UNIQUE -> null;
                case MAX_PER -> Integer.toString(1 + random.nextInt(3));
                case CLUSTER -> random.nextBoolean() ? null : "v-1";
                case GROUP_BY -> random.nextBoolean() ? null : Integer.toString(random.nextInt(4));
                case LIKE, UNLIKE -> random.nextBoolean() ? "v-[01]" : ".*1|.*2\\..*";
                case IS -> "v-" + random.nextInt(3);
            };
            constraints.add(new Constraint(field, operator, value));
        }
        return constraints;
    }

    /** With room for all, so that constraints alone decide. */
    private static List<Offer> offers(Random random) {
        List<Offer> offers = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            SampleOffer offer = SampleOffer.of("o-" + i, "a-" + random.nextInt(5))
                    .has("cpus", 64)
                    .has("mem", 65_536)
                    .has("disk", 65_536);
            if (random.nextInt(4) > 0) {
                offer.attribute("rack", "v-" + random.nextInt(3));
            }
            if (random.nextInt(4) > 0) {
                offer.attribute(AttributeTextTest.scalar("number", random.nextInt(3) / 2.0));
            }
            if (random.nextInt(4) > 0) {
                offer.domain("here", "v-" + random.nextInt(3));
            }
            offers.add(offer.build());
        }
        return offers;
    }

    private static VersionedPod pod(List<Constraint> constraints) {
        SamplePod pod = SamplePod.of("/p").container(SampleContainer.named("c").asks("0.1", "32", "0"));
        constraints.forEach(
                constraint -> pod.constraint(constraint.fieldName(), constraint.operator(), constraint.value()));
        return pod.build();
    }

    private static List<LaunchRequest> requests(VersionedPod pod, int count, List<Agent> neighbours) {
        List<LaunchRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(new LaunchRequest(SamplePod.request(pod, i).instance(), pod, neighbours));
        }
        return requests;
    }
}
