package io.muster.mesos.translate;

import com.google.protobuf.Message;
import java.util.List;

/** Values of enums that are newer than the messages used here: protobuf keeps their numbers aside. */
final class Unknown {

    private Unknown() {}

    static boolean has(Message message, int field) {
        return !numbers(message, field).isEmpty();
    }

    /** The number in this field; {@code none} if there is none. */
    static String number(Message message, int field) {
        List<Long> numbers = numbers(message, field);
        return numbers.isEmpty() ? "none" : numbers.getLast().toString();
    }

    private static List<Long> numbers(Message message, int field) {
        return message.getUnknownFields().getField(field).getVarintList();
    }
}
