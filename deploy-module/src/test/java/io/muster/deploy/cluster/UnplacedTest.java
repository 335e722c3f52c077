package io.muster.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Mismatch.Values;
import io.muster.history.PodId;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Constraint.Operator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnplacedTest {

    private static final Values NONE = Values.of(List.of());

    @Test
    void countsEachReasonOverAllThatShareIt() {
        Unplaced unplaced = unplaced(
                new Mismatch.Constrained(2, new Constraint("rack", Operator.UNIQUE, null), NONE),
                new Mismatch.Region(3, "west", Values.of(List.of("east"))),
                new Mismatch.ScarceGpus(1));

        assertThat(unplaced.refusals())
                .isEqualTo(Map.of(Refusal.UNFULFILLED_CONSTRAINT, 5, Refusal.DECLINED_SCARCE_RESOURCES, 1));
        assertThat(unplaced.refusals().keySet())
                .as("in the order of the funnel")
                .containsExactly(Refusal.UNFULFILLED_CONSTRAINT, Refusal.DECLINED_SCARCE_RESOURCES);
    }

    @Test
    void describesItselfToPeople() {
        assertThat(unplaced(
                                new Mismatch.Shortage(
                                        31,
                                        Refusal.INSUFFICIENT_CPUS,
                                        "cpus",
                                        new BigDecimal("4.000"),
                                        new BigDecimal("2.500")),
                                new Mismatch.Ports(1, 1, 5, List.of(80, 443)))
                        .describe())
                .isEqualTo("2 of /shop/cart found no place among 41 offers:"
                        + " needed 4 cpus, largest offer has 2.5 (31); no offer has host port 80, 443 (1)");
        assertThat(unplaced().describe()).isEqualTo("2 of /shop/cart found no place among 41 offers");
    }

    @Test
    void keepsTheFirstTwentyOfManyValues() {
        Values values =
                Values.of(IntStream.range(10, 40).mapToObj(Integer::toString).toList());

        assertThat(values.some()).hasSize(20).isSorted().startsWith("10").endsWith("29");
        assertThat(values).hasToString(String.join(", ", values.some()) + " and others");
        assertThat(Values.of(List.of("b", "a", "b"))).hasToString("a, b");
    }

    private static Unplaced unplaced(Mismatch... mismatches) {
        return new Unplaced(PodId.of("/shop/cart"), "hash", 2, 41, List.of(mismatches));
    }
}
