package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.mesos.SampleOffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.mesos.v1.Protos.Resource;
import org.junit.jupiter.api.Test;

class PortChoiceTest {

    /** Always the last of what may be chosen. */
    private static final RandomGenerator LAST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    };

    @Test
    void takesFixedPortsAndFillsUpAroundThemWithWrapAround() {
        PortStock stock = stock(31_000, 31_004);

        PortChoice choice = PortChoice.choose(List.of(0, 31_000, 0, 0), List.of(stock), LAST)
                .orElseThrow();

        assertThat(choice.ports()).containsExactly(31_004, 31_000, 31_001, 31_002);
    }

    @Test
    void goesOnInTheNextStock() {
        PortChoice choice = PortChoice.choose(List.of(0, 0, 0), List.of(stock(10, 11), stock(20, 20)), LAST)
                .orElseThrow();

        assertThat(choice.ports()).containsExactly(20, 10, 11);
        assertThat(choice.sources().values()).containsExactly(List.of(20), List.of(10, 11));
    }

    @Test
    void findsNoneWhenAFixedPortIsTakenOrThereAreTooFew() {
        assertThat(choose(List.of(80), stock(31_000, 31_004))).isEmpty();
        assertThat(choose(List.of(0, 0, 0), stock(31_000, 31_001))).isEmpty();
        assertThat(choose(List.of(31_000, 31_000), stock(31_000, 31_001))).isEmpty();
        assertThat(choose(List.of(0, 31_001), stock(31_000, 31_001)))
                .hasValueSatisfying(choice -> assertThat(choice.ports()).containsExactly(31_000, 31_001));
    }

    @Test
    void startsAtRandom() {
        PortStock stock = stock(31_000, 31_999);
        Random random = new Random(3);

        assertThat(random.ints(20)
                        .mapToObj(_ -> PortChoice.choose(List.of(0), List.of(stock), random)
                                .orElseThrow()
                                .ports()
                                .getFirst())
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }

    @Test
    void usesPortsUpAndMergesTheirRanges() {
        PortStock stock = stock(31_000, 31_009);

        Resource taken = stock.take(List.of(31_004, 31_001, 31_003, 31_009));

        assertThat(taken.getRanges().getRangeList())
                .extracting(range -> range.getBegin() + "-" + range.getEnd())
                .containsExactly("31001-31001", "31003-31004", "31009-31009");
        assertThat(stock.count()).isEqualTo(6);
        assertThat(stock.contains(31_003)).isFalse();
        assertThat(stock.contains(31_009)).isFalse();
        assertThat(stock.contains(31_000)).isTrue();
        assertThat(stock.at(1)).isEqualTo(31_002);
        assertThat(stock.at(5)).isEqualTo(31_008);
    }

    @Test
    void offersNothingBeyondTheNumbersThatPortsHave() {
        assertThat(stock(0, 2).count()).isEqualTo(2);
        assertThat(stock(65_530, Long.MAX_VALUE).count()).isEqualTo(6);
        assertThat(stock(70_000, 80_000).count()).isZero();
        assertThat(stock(5, 4).count()).isZero();
    }

    private static Optional<PortChoice> choose(List<Integer> wanted, PortStock stock) {
        return PortChoice.choose(wanted, List.of(stock), new Random(5));
    }

    private static PortStock stock(long begin, long end) {
        return new PortStock(SampleOffer.of("o", "a").ports(begin, end).build().getResources(0));
    }
}
