package io.muster.mesos.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kinds of attributes; other tests make theirs here. */
class AttributeTextTest {

    @ParameterizedTest
    @CsvSource({
        "2.0, 2",
        "1.0005, 1",
        "1.00051, 1.001",
        "1.1005, 1.101",
        "0.1, 0.1",
        "0, 0",
        "-0.0001, 0",
        "-1.5, -1.5",
        "1e9, 1000000000",
        "100, 100",
        "NaN, NaN",
    })
    void writesNumbersWithUpToThreeDecimals(double number, String text) {
        assertThat(AttributeText.of(scalar("a", number))).isEqualTo(text);
    }

    @Test
    void writesRangesAndSetsInOrder() {
        assertThat(AttributeText.of(ranges("a", 21_000, 24_000, 3, 5))).isEqualTo("[3-5,21000-24000]");
        assertThat(AttributeText.of(set("a", "b", "c", "a"))).isEqualTo("{a,b,c}");
        assertThat(AttributeText.of(set("a"))).isEqualTo("{}");
    }

    @Test
    void leavesTextsAsTheyAre() {
        assertThat(AttributeText.of(text("a", " 2.0 "))).isEqualTo(" 2.0 ");
    }

    static Attribute text(String name, String value) {
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.TEXT)
                .setText(Value.Text.newBuilder().setValue(value))
                .build();
    }

    static Attribute scalar(String name, double value) {
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    static Attribute ranges(String name, long... bounds) {
        Value.Ranges.Builder ranges = Value.Ranges.newBuilder();
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.addRange(Value.Range.newBuilder().setBegin(bounds[i]).setEnd(bounds[i + 1]));
        }
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.RANGES)
                .setRanges(ranges)
                .build();
    }

    static Attribute set(String name, String... items) {
        return Attribute.newBuilder()
                .setName(name)
                .setType(Value.Type.SET)
                .setSet(Value.Set.newBuilder().addAllItem(List.of(items)))
                .build();
    }
}
