package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deploy.cluster.Agent;
import io.muster.mesos.SampleOffer;
import io.muster.mesos.matching.PodConstraints.Verdict;
import io.muster.pods.model.Constraint;
import io.muster.pods.model.Constraint.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.Offer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodConstraintsTest {

    /** A kind of field with two different values of it, x and y, each as an offer has it and in its text form. */
    enum Field {
        HOSTNAME("hostname", "x.example", "y.example"),
        AT_HOSTNAME("@hostname", "x.example", "y.example"),
        REGION("@region", "x", "y"),
        ZONE("@zone", "x", "y"),
        TEXT("a", "x", "y"),
        SCALAR("a", "1.5", "2"),
        RANGES("a", "[1-3,5-9]", "[1-3]"),
        SET("a", "{b,c}", "{c}");

        private final String name;
        private final String x;
        private final String y;

        Field(String name, String x, String y) {
            this.name = name;
            this.x = x;
            this.y = y;
        }

        String text(char value) {
            return value == 'x' ? x : y;
        }

        SampleOffer offer(char value) {
            SampleOffer offer = SampleOffer.of("o-1", "a-1");
            boolean isX = value == 'x';
            return switch (this) {
                case HOSTNAME, AT_HOSTNAME -> offer.host(text(value));
                case REGION -> offer.domain(text(value), "any");
                case ZONE -> offer.domain("any", text(value));
                case TEXT -> offer.attribute(AttributeTextTest.text("a", text(value)));
                case SCALAR -> offer.attribute(AttributeTextTest.scalar("a", isX ? 1.4999 + 0.0001 : 2));
                case RANGES ->
                    offer.attribute(
                            isX ? AttributeTextTest.ranges("a", 5, 9, 1, 3) : AttributeTextTest.ranges("a", 1, 3));
                case SET ->
                    offer.attribute(isX ? AttributeTextTest.set("a", "c", "b") : AttributeTextTest.set("a", "c"));
            };
        }

        Agent agent(char value) {
            if (value == '-') {
                return new Agent("a-0", "none", null, null);
            }
            return new OpenOffer(offer(value).build()).agent();
        }
    }

    record Row(Operator operator, @Nullable String value, String placed, char offered, Verdict verdict) {}

    /**
     * One column for each: the operator; its value, where x and y stand for the texts of the field; the values of the
     * instances there are, in order, - for one where the field is missing; the value of the offer; the verdict.
     */
    private static final String TABLE = """
            UNIQUE   .   .     x  FITS
            UNIQUE   .   y     x  FITS
            UNIQUE   .   yy-   x  FITS
            UNIQUE   .   x     x  NEVER
            UNIQUE   .   yx    x  NEVER
            CLUSTER  .   .     x  FITS
            CLUSTER  .   x     x  FITS
            CLUSTER  .   y     x  NEVER
            CLUSTER  .   xy    x  FITS
            CLUSTER  .   -x    x  NEVER
            CLUSTER  x   .     x  FITS
            CLUSTER  x   .     y  NEVER
            CLUSTER  x   y     x  FITS
            CLUSTER  x   y     y  NEVER
            GROUP_BY .   .     x  FITS
            GROUP_BY .   x     x  FITS
            GROUP_BY .   x     y  FITS
            GROUP_BY .   xy    x  FITS
            GROUP_BY .   xxy   x  NOT_NOW
            GROUP_BY .   xxy   y  FITS
            GROUP_BY .   xxyy  x  FITS
            GROUP_BY .   x-    x  FITS
            GROUP_BY .   xx-   x  NOT_NOW
            GROUP_BY 2   .     x  FITS
            GROUP_BY 2   x     x  NOT_NOW
            GROUP_BY 2   x     y  FITS
            GROUP_BY 2   xy    x  FITS
            GROUP_BY 2   x-    x  FITS
            GROUP_BY 3   xy    x  NOT_NOW
            GROUP_BY 3   xy-   x  FITS
            GROUP_BY -1  x     x  FITS
            MAX_PER  2   .     x  FITS
            MAX_PER  2   x     x  FITS
            MAX_PER  2   xx    x  NEVER
            MAX_PER  2   xyxx  y  FITS
            MAX_PER  2   --    x  FITS
            MAX_PER  0   .     x  NEVER
            LIKE     x   .     x  FITS
            LIKE     x   xx    x  FITS
            LIKE     x   .     y  NEVER
            LIKE     .*  .     y  FITS
            LIKE     ..  .     y  NEVER
            UNLIKE   x   .     x  NEVER
            UNLIKE   x   x     y  FITS
            UNLIKE   .*  .     y  NEVER
            IS       x   .     x  FITS
            IS       x   .     y  NEVER
            IS       x   y     x  FITS
            """;

    static Stream<Arguments> rows() {
        return TABLE.lines()
                .map(line -> List.of(line.trim().replaceAll(" +", " ").split(" ", -1)))
                .map(cells -> new Row(
                        Operator.valueOf(cells.get(0)),
                        cells.get(1).equals(".") ? null : cells.get(1),
                        cells.get(2).equals(".") ? "" : cells.get(2),
                        cells.get(3).charAt(0),
                        Verdict.valueOf(cells.get(4))))
                .flatMap(row -> Stream.of(Field.values())
                        // There is no agent without a hostname.
                        .filter(field -> !field.name.endsWith("hostname")
                                || !row.placed().contains("-"))
                        .map(field -> Arguments.of(row, field)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void judgesByFieldOperatorAndPlaces(Row row, Field field) {
        List<Agent> placed =
                row.placed().chars().mapToObj(c -> field.agent((char) c)).toList();
        PodConstraints constraints = constraints(placed, new Constraint(field.name, row.operator(), value(row, field)));

        assertThat(constraints
                        .judge(new OpenOffer(field.offer(row.offered()).build()))
                        .verdict())
                .isEqualTo(row.verdict());
    }

    private static @Nullable String value(Row row, Field field) {
        String value = row.value();
        if (value == null) {
            return null;
        }
        return switch (value) {
            case "x", "y" -> {
                String text = field.text(value.charAt(0));
                boolean expression = row.operator() == Operator.LIKE || row.operator() == Operator.UNLIKE;
                yield expression ? text.replaceAll("([\\[\\]{}.])", "\\\\$1") : text;
            }
            case ".." -> ".".repeat(field.y.length() + 1);
            default -> value;
        };
    }

    @ParameterizedTest
    @EnumSource(Operator.class)
    void satisfiesOnlyUnlikeWhereTheFieldIsMissing(Operator operator) {
        String value = switch (operator) {
            case UNIQUE, CLUSTER, GROUP_BY -> null;
            case MAX_PER -> "2";
            case LIKE, UNLIKE, IS -> "x";
        };
        Verdict expected = operator == Operator.UNLIKE ? Verdict.FITS : Verdict.NEVER;

        for (List<Agent> placed : List.of(List.<Agent>of(), List.of(Field.TEXT.agent('x'), Field.TEXT.agent('-')))) {
            assertThat(constraints(placed, new Constraint("a", operator, value))
                            .judge(roomy())
                            .verdict())
                    .isEqualTo(expected);
            assertThat(constraints(placed, new Constraint("@zone", operator, value))
                            .judge(roomy())
                            .verdict())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.5, FITS", "1.500, FITS", "1.50049, FITS", "1.6, NEVER", "01.5, FITS", "1.5.0, NEVER", "-1.5, NEVER"})
    void comparesNumbersAsNumbersWithIs(String value, Verdict verdict) {
        OpenOffer offer = new OpenOffer(Field.SCALAR.offer('x').build());

        assertThat(constraints(List.of(), new Constraint("a", Operator.IS, value))
                        .judge(offer)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void takesClusterValuesLiterally() {
        OpenOffer offer = new OpenOffer(Field.SCALAR.offer('x').build());

        assertThat(constraints(List.of(), new Constraint("a", Operator.CLUSTER, "1.50"))
                        .judge(offer)
                        .verdict())
                .isEqualTo(Verdict.NEVER);
    }

    @Test
    void takesAnEmptyValueForNoneWithClusterAndForAnEmptyTextWithIs() {
        OpenOffer text = new OpenOffer(Field.TEXT.offer('x').build());
        OpenOffer empty =
                new OpenOffer(SampleOffer.of("o-1", "a-1").attribute("a", "").build());

        assertThat(judge(text, "a", Operator.CLUSTER, "")).isEqualTo(Verdict.FITS);
        assertThat(judge(text, "a", Operator.IS, "")).isEqualTo(Verdict.NEVER);
        assertThat(judge(empty, "a", Operator.IS, "")).isEqualTo(Verdict.FITS);
        assertThat(judge(empty, "a", Operator.IS, null)).isEqualTo(Verdict.FITS);
    }

    @Test
    void isSatisfiedByNoValueWithoutAnExpression() {
        OpenOffer text = new OpenOffer(Field.TEXT.offer('x').build());

        for (String unusable : List.of("", "(?!a).*", "[")) {
            assertThat(judge(text, "a", Operator.LIKE, unusable)).isEqualTo(Verdict.NEVER);
            assertThat(judge(text, "a", Operator.UNLIKE, unusable)).isEqualTo(Verdict.NEVER);
            assertThat(judge(roomy(), "a", Operator.UNLIKE, unusable)).isEqualTo(Verdict.FITS);
        }
    }

    @Test
    @Timeout(10)
    void isNotHeldUpByExpressionsThatMakeOthersBacktrack() {
        OpenOffer offer = new OpenOffer(SampleOffer.of("o-1", "a-1")
                .attribute("a", "a".repeat(50_000) + "!")
                .build());

        assertThat(judge(offer, "a", Operator.LIKE, "(a+)+$")).isEqualTo(Verdict.NEVER);
        assertThat(judge(offer, "a", Operator.UNLIKE, "(a+)+$")).isEqualTo(Verdict.FITS);
    }

    @Test
    void readsTheFirstOfSeveralAttributesWithOneName() {
        Offer offer = SampleOffer.of("o-1", "a-1")
                .attribute("a", "first")
                .attribute("a", "second")
                .build();

        assertThat(judge(new OpenOffer(offer), "a", Operator.IS, "first")).isEqualTo(Verdict.FITS);
        assertThat(judge(new OpenOffer(offer), "a", Operator.IS, "second")).isEqualTo(Verdict.NEVER);
    }

    @Test
    void wantsAllConstraintsToHoldAndTellsForGoodWhatNoPlacementCanHeal() {
        Agent x = Field.TEXT.agent('x');
        Constraint even = new Constraint("a", Operator.GROUP_BY, "2");
        Constraint here = new Constraint("hostname", Operator.IS, "a-1.example");
        Constraint elsewhere = new Constraint("hostname", Operator.IS, "elsewhere");
        OpenOffer offer = new OpenOffer(Field.TEXT.offer('x').build());

        assertThat(constraints(List.of(x), even, here).judge(offer).verdict()).isEqualTo(Verdict.NOT_NOW);
        assertThat(constraints(List.of(x), even, elsewhere).judge(offer).verdict())
                .isEqualTo(Verdict.NEVER);
        assertThat(constraints(List.of(x), elsewhere, even).judge(offer).verdict())
                .isEqualTo(Verdict.NEVER);
        assertThat(constraints(List.of(), even, here).judge(offer).verdict()).isEqualTo(Verdict.FITS);
    }

    @Test
    void saysWhenGroupsHaveEvenedOut() {
        PodConstraints constraints = constraints(List.of(), new Constraint("a", Operator.GROUP_BY, "2"));
        List<Boolean> again = new ArrayList<>();
        for (char value : "xxyyyxx".toCharArray()) {
            again.add(constraints.placed(Field.TEXT.agent(value)));
        }

        // The third makes enough groups, the fourth and the sixth even them out.
        assertThat(again).containsExactly(false, false, true, true, false, true, false);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // master, offer, constrained field, verdict
                "west, west, -,       FITS",
                "west, east, -,       NEVER",
                "west, -,    -,       FITS",
                "-,    west, -,       NEVER",
                "-,    -,    -,       FITS",
                "west, east, hostname, NEVER",
                "west, east, @region, FITS",
                "west, east, @zone,   FITS",
            })
    void staysInTheRegionOfTheMasterUnlessThePodSpeaksOfRegionsOrZones(
            @Nullable String master, @Nullable String offered, @Nullable String field, Verdict verdict) {
        SampleOffer offer = SampleOffer.of("o-1", "a-1");
        if (offered != null) {
            offer.domain(offered, "z-1");
        }
        List<Constraint> constraints = field == null ? List.of() : List.of(new Constraint(field, Operator.LIKE, ".*"));

        assertThat(PodConstraints.of(constraints, List.of(), master)
                        .judge(new OpenOffer(offer.build()))
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void keepsTheTextsOfAllAttributesWithTheAgent() {
        List<Attribute> attributes = List.of(
                AttributeTextTest.text("rack", "r-1"),
                AttributeTextTest.scalar("speed", 2.50),
                AttributeTextTest.ranges("slots", 5, 9),
                AttributeTextTest.set("disks", "ssd", "hdd"));
        SampleOffer offer = SampleOffer.of("o-1", "a-1");
        attributes.forEach(offer::attribute);

        assertThat(new OpenOffer(offer.build()).agent())
                .isEqualTo(new Agent(
                        "a-1",
                        "a-1.example",
                        null,
                        null,
                        Map.of("rack", "r-1", "speed", "2.5", "slots", "[5-9]", "disks", "{hdd,ssd}")));
    }

    private static Verdict judge(OpenOffer offer, String field, Operator operator, @Nullable String value) {
        return constraints(List.of(), new Constraint(field, operator, value))
                .judge(offer)
                .verdict();
    }

    private static PodConstraints constraints(List<Agent> placed, Constraint... constraints) {
        // In the table regions are fields like any other.
        return PodConstraints.of(List.of(constraints), placed, "any");
    }

    private static OpenOffer roomy() {
        return new OpenOffer(SampleOffer.roomy("o-1", "a-1"));
    }
}
