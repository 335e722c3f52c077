package io.muster.mesos.matching;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import org.apache.mesos.v1.Protos.Attribute;
import org.apache.mesos.v1.Protos.Value;

/** The text form of attributes, in which constraints compare them (Marathon, Constraints.scala). */
final class AttributeText {

    private AttributeText() {}

    /** A text as it is, a number with up to three decimals, {@code [begin-end,…]} or {@code {item,…}} in order. */
    static String of(Attribute attribute) {
        return switch (attribute.getType()) {
            case TEXT -> attribute.getText().getValue();
            case SCALAR -> ofNumber(attribute.getScalar().getValue());
            case RANGES ->
                attribute.getRanges().getRangeList().stream()
                        .sorted(Comparator.comparingLong(Value.Range::getBegin))
                        .map(range -> range.getBegin() + "-" + range.getEnd())
                        .collect(joining(",", "[", "]"));
            case SET -> attribute.getSet().getItemList().stream().sorted().collect(joining(",", "{", "}"));
        };
    }

    /** Rounded half to even by the exact value of the double: 1.0005 gives 1, and 1.1005 gives 1.101. */
    static String ofNumber(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded = new BigDecimal(number).setScale(3, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
